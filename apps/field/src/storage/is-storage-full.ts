/** Whether an error says that the phone is full; Dexie wraps the browser's own, sometimes twice. */
export function isStorageFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "QuotaExceededError") return true;
  return "inner" in error && error.inner !== error && isStorageFull(error.inner);
}
