import { useCallback, useEffect, useState } from "react";
import { readStorageState, type StorageState } from "./persistence.ts";

/**
 * What the browser promises about the data on this phone and how much is used; undefined until it
 * is read. Read anew when the length of the queue changes, because with it the space changes.
 */
export function useStorageState(queued: number): {
  state: StorageState | undefined;
  read: () => void;
} {
  const [state, setState] = useState<StorageState>();
  const read = useCallback(() => void readStorageState().then(setState), []);
  useEffect(() => {
    read();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the space follows the queue
  }, [queued, read]);
  return { state, read };
}
