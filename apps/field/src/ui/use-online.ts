import { useSyncExternalStore } from "react";
import { sessionNow, subscribeSession, type SessionState } from "../session/session.ts";

function subscribe(listener: () => void): () => void {
  globalThis.addEventListener("online", listener);
  globalThis.addEventListener("offline", listener);
  return () => {
    globalThis.removeEventListener("online", listener);
    globalThis.removeEventListener("offline", listener);
  };
}

/** What the device says of its network; true does not mean that our server answers. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

export const useSession = (): SessionState => useSyncExternalStore(subscribeSession, sessionNow);
