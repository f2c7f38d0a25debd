import { useEffect, useState } from "react";
import { useQueueCounts } from "../queue/use-queue.ts";
import { askForPersistence, readStorageState, type StorageState } from "../storage/persistence.ts";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words.ts";

const MB = 1024 * 1024;
const sizeWords = (bytes: number): string =>
  bytes >= 1024 * MB ? `${(bytes / 1024 / MB).toFixed(1)} GB` : `${(bytes / MB).toFixed(1)} MB`;

/** Whether the browser promises to keep the queue, asked and answered in plain words. */
export const StoragePart = ({ accountId }: { accountId: string }) => {
  const { t } = useWords();
  const { all } = useQueueCounts(accountId);
  const [state, setState] = useState<StorageState>();
  const read = () => void readStorageState().then(setState);
  // The queue's length is not read here, but with it the space that is used changes.
  useEffect(() => {
    void readStorageState().then(setState);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [all]);
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
