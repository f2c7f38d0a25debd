import { useQueueCounts } from "../queue/use-queue.ts";
import { askForPersistence } from "../storage/persistence.ts";
import { useStorageState } from "../storage/use-storage-state.ts";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words.ts";

const MB = 1024 * 1024;
const sizeWords = (bytes: number): string =>
  bytes >= 1024 * MB ? `${(bytes / 1024 / MB).toFixed(1)} GB` : `${(bytes / MB).toFixed(1)} MB`;

/** Whether the browser promises to keep the queue, asked and answered in plain words. */
export const StoragePart = ({ accountId }: { accountId: string }) => {
  const { t } = useWords();
  const { all } = useQueueCounts(accountId);
  const { state, read } = useStorageState(all);
  if (state === undefined) return null;
  const { isPersistent, usedBytes, quotaBytes } = state;
  const promise = isPersistent === null ? "unknown" : isPersistent ? "persistent" : "evictable";
  return (
    <section className="card">
      <h2>{t("me>storage")}</h2>
      <p className={promise === "persistent" ? undefined : "place-bad"}>{t(`me>${promise}`)}</p>
      {usedBytes !== null && quotaBytes !== null && (
        <p className="weak">
          {t("me>used", { used: sizeWords(usedBytes), quota: sizeWords(quotaBytes) })}
        </p>
      )}
      <p className="weak">{t("banner>waiting", { count: all })}</p>
      {isPersistent === false && (
        <Button onClick={() => void askForPersistence().then(read)}>{t("me>askAgain")}</Button>
      )}
    </section>
  );
};
