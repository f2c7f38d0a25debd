import { agoWords } from "@onegrid/ui";
import { hrefOf } from "../router.ts";
import { db } from "../storage/database.ts";
import { useLive } from "../storage/use-live.ts";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../words.ts";

const SHOWN = 10;

/** What arrived lately, with the number it was given. */
export const SentList = ({ accountId, now }: { accountId: string; now: Date }) => {
  const { t } = useWords();
  const sent = useLive(async () => {
    const oldestFirst = await db.sent
      .where("[accountId+sentAt]")
      .between([accountId, ""], [accountId, "\uffff"])
      .toArray();
    return oldestFirst.slice(-SHOWN).toReversed();
  }, accountId);
  if (!sent?.length) return null;
  return (
    <section className="sent" aria-labelledby="sent-title">
      <h2 id="sent-title">{t("queue>sentTitle")}</h2>
      <ul>
        {sent.map((receipt) => (
          <li key={receipt.id}>
            <Icon name="check" />
            <span>
              {receipt.kind === "look" || receipt.kind === "join" ? (
                t(`queue>${receipt.kind}Of`, { title: receipt.title })
              ) : receipt.number === null ? (
                <a href={hrefOf({ name: "task", caseId: receipt.caseId })}>
                  {t("queue>actionOf", {
                    action: t(`action>${receipt.action}`),
                    title: receipt.title,
                  })}
                </a>
              ) : (
                t("queue>sentReport", { title: receipt.title, number: receipt.number })
              )}
              <span className="weak"> · {agoWords(t, receipt.sentAt, now)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
