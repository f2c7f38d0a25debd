import type { Account } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { exportQueue } from "../outbox/export.ts";
import { kickSender } from "../outbox/run-sender.ts";
import { retryNow } from "../outbox/settle.ts";
import { ScreenHead } from "../shell/screen-head.tsx";
import { useStorageState } from "../storage/use-storage-state.ts";
import { useReference } from "../sync/use-reference.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Icon } from "../ui/icons.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useNow } from "../ui/use-now.ts";
import { useWords } from "../words.ts";
import { ImportPart } from "./import-part.tsx";
import { QueueItem } from "./queue-item.tsx";
import { SentList } from "./sent-list.tsx";
import { shownState, useQueue } from "./use-queue.ts";

/** Hands the queue to the worker as a file. */
async function saveToFile(accountId: string, name: string): Promise<void> {
  const url = URL.createObjectURL(await exportQueue(accountId));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}-${instantWords(new Date().toISOString(), "UTC").replace(/\D/g, "")}.json`;
  link.click();
  // The browser reads the file after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** 待发送: what is on the phone and not yet on the server, and what arrived lately. */
export const QueueScreen = ({ account }: { account: Account }) => {
  const { t } = useWords();
  const { accountId } = account;
  const now = useNow(1_000);
  const items = useQueue(accountId);
  const timeZone = useReference(accountId)?.county.timeZone ?? "Asia/Shanghai";
  const { state: storage } = useStorageState(items?.length ?? 0);
  const hasWaiting = items?.some((i) => i.state === "waiting") ?? false;
  const sendNow = () => void retryNow(accountId).then(kickSender);
  return (
    <>
      <ScreenHead title={t("queue>title")} />
      {items === undefined ? (
        <Skeleton />
      ) : items.length === 0 ? (
        <Empty icon="check" title={t("queue>empty")} hint={t("queue>emptyHint")} />
      ) : (
        <>
          {storage?.isPersistent === false && (
            <p className="notice notice-amber">
              <Icon name="warn" />
              <span>{t("queue>evictable")}</span>
            </p>
          )}
          <div className="row">
            {hasWaiting && (
              <Button look="primary" icon="queue" onClick={sendNow}>
                {t("queue>sendNow")}
              </Button>
            )}
            <Button onClick={() => void saveToFile(accountId, t("queue>file"))}>
              {t("queue>export")}
            </Button>
          </div>
          <ol className="queue">
            {items.map((item) => (
              <QueueItem
                key={item.id}
                account={account}
                item={item}
                shown={shownState(item, items, now)}
                now={now}
                timeZone={timeZone}
              />
            ))}
          </ol>
        </>
      )}
      <ImportPart accountId={accountId} />
      <SentList accountId={accountId} now={now} />
    </>
  );
};
