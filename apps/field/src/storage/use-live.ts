import { liveQuery } from "dexie";
import { useEffect, useState } from "react";

/**
 * The result of a query over the phone's database, kept up to date, also by other tabs; undefined
 * until it is first known. `key` names what the query depends on: another key asks anew.
 */
export function useLive<T>(query: () => Promise<T>, key: string): T | undefined {
  const [known, setKnown] = useState<{ key: string; value: T }>();
  useEffect(() => {
    const subscription = liveQuery(query).subscribe({
      next: (value) => setKnown({ key, value }),
      error: (error) => {
        // Rethrown out of the subscription, so that it is heard of.
        queueMicrotask(() => {
          throw error;
        });
      },
    });
    return () => subscription.unsubscribe();
    // oxlint-disable-next-line react/exhaustive-deps -- the key stands for what the query reads
  }, [key]);
  return known?.key === key ? known.value : undefined;
}
