import { useEffect, useSyncExternalStore } from "react";

const SHOWN_MS = 4_000;
let message = "";
let count = 0;
const listeners = new Set<() => void>();

/** Says something that needs no answer, on screen and aloud. */
export function say(words: string): void {
  message = words;
  count += 1;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where `say` is heard; mounted once. */
export const Toast = () => {
  const shown = useSyncExternalStore(subscribe, () => count);
  useEffect(() => {
    if (message === "") return undefined;
    const timer = setTimeout(() => {
      if (count === shown) say("");
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return <output className="toast">{message && <span>{message}</span>}</output>;
};
