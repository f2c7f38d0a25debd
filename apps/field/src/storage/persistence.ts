/** What the browser promises about the data of this page. */
export type StorageState = {
  /** True: kept until the user removes it; false: may be evicted; null: the browser does not say. */
  isPersistent: boolean | null;
  usedBytes: number | null;
  quotaBytes: number | null;
};

/** Asks the browser not to evict the queue; it may answer no, and the worker is told so. */
export async function askForPersistence(): Promise<void> {
  if (!navigator.storage?.persist) return;
  if (await navigator.storage.persisted()) return;
  await navigator.storage.persist();
}

/** Reads the present promise and how much is used. */
export async function readStorageState(): Promise<StorageState> {
  const { storage } = navigator;
  if (!storage?.persisted) return { isPersistent: null, usedBytes: null, quotaBytes: null };
  const [isPersistent, estimate] = await Promise.all([storage.persisted(), storage.estimate()]);
  return {
    isPersistent,
    usedBytes: estimate.usage ?? null,
    quotaBytes: estimate.quota ?? null,
  };
}
