import type { Account } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import type { TFunction } from "i18next";
import { useState } from "react";
import type { OutboxItem } from "../outbox/item.ts";
import { BlobImage } from "../photos/blob-image.tsx";
import { db } from "../storage/database.ts";
import { useLive } from "../storage/use-live.ts";
import { Button } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icons.tsx";
import { useWords } from "../words.ts";
import { Conflict } from "./conflict.tsx";
import { CorrectSheet, wordsOf } from "./correct-sheet.tsx";
import { DiscardDialog } from "./discard-dialog.tsx";
import { ServerSaid } from "./server-said.tsx";
import type { Shown } from "./use-queue.ts";

const ICONS: Record<Shown, IconName> = {
  sending: "queue",
  waiting: "clock",
  retry: "offline",
  held: "clock",
  refused: "warn",
  conflict: "warn",
};

/** 上报：路灯不亮 or 签收：路灯不亮. */
export const titleOf = (t: TFunction, item: OutboxItem): string =>
  item.kind === "command"
    ? t("queue>actionOf", { action: t(`action>${item.command.action}`), title: item.title })
    : t(`queue>${item.kind}Of`, { title: item.title });

function leftWords(t: TFunction, item: OutboxItem, now: Date): string {
  const seconds = Math.max(1, Math.ceil((item.retryAt - now.getTime()) / 1000));
  return seconds < 90
    ? t("queue>seconds", { n: seconds })
    : t("queue>minutes", { n: Math.round(seconds / 60) });
}

const Photos = ({ itemId }: { itemId: string }) => {
  const { t } = useWords();
  const photos = useLive(() => db.photos.where({ itemId }).toArray(), itemId);
  if (!photos?.length) return null;
  return (
    <ul className="thumbs thumbs-small">
      {photos.map(({ photoId, blob }, i) => (
        <li key={photoId}>
          <BlobImage blob={blob} alt={t("photo>alt", { n: i + 1 })} />
        </li>
      ))}
    </ul>
  );
};

type QueueItemProps = {
  account: Account;
  item: OutboxItem;
  shown: Shown;
  now: Date;
  timeZone: string;
};

/** One item of the outbox: what it is, where it stands, and what the worker can do about it. */
export const QueueItem = ({ account, item, shown, now, timeZone }: QueueItemProps) => {
  const { t } = useWords();
  const [open, setOpen] = useState<"correct" | "discard">();
  const isRefused = item.state === "refused";
  const words = wordsOf(item);
  return (
    <li className={isRefused ? "card card-red" : "card"}>
      <p className={`queue-state queue-${shown}`}>
        <Icon name={ICONS[shown]} />
        {t(`queue>state>${shown}`, { left: leftWords(t, item, now) })}
      </p>
      <h2>{titleOf(t, item)}</h2>
      {words && <p className="clamp">{words}</p>}
      <Photos itemId={item.id} />
      <p className="weak">{t("queue>madeAt", { at: instantWords(item.madeAt, timeZone) })}</p>
      {item.problem && <ServerSaid problem={item.problem} />}
      {shown === "conflict" && item.kind === "command" && (
        <Conflict account={account} item={item} onCorrect={() => setOpen("correct")} />
      )}
      {isRefused && (
        <div className="row">
          {shown !== "conflict" && (
            <Button look="primary" onClick={() => setOpen("correct")}>
              {t("queue>resend")}
            </Button>
          )}
          <Button look="danger" onClick={() => setOpen("discard")}>
            {t("queue>discard")}
          </Button>
        </div>
      )}
      {open === "correct" && (
        <CorrectSheet account={account} item={item} onClose={() => setOpen(undefined)} />
      )}
      {open === "discard" && <DiscardDialog item={item} onClose={() => setOpen(undefined)} />}
    </li>
  );
};
