import { useSyncExternalStore } from "react";

const TICK_MS = 30_000;
let now = new Date();

const subscribe = (changed: () => void) => {
  const timer = setInterval(() => {
    now = new Date();
    changed();
  }, TICK_MS);
  return () => clearInterval(timer);
};

/** The present, moving on twice a minute while somebody looks. */
export const useNow = (): Date => useSyncExternalStore(subscribe, () => now);
