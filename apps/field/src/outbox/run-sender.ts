import { subscribeSession, sessionNow } from "../session/session.ts";
import { backoffMs } from "./backoff.ts";
import { retryNow } from "./settle.ts";
import { sendRound, type RoundEnd } from "./sender.ts";

const kicks = new EventTarget();
const KICK = "kick";

/** Something new waits, or the worker pressed "send now". */
export const kickSender = (): void => void kicks.dispatchEvent(new Event(KICK));

/** Timers longer than this are cut: a phone's clock may jump while it sleeps. */
const LONGEST_NAP_MS = 60_000;

/**
 * Keeps sending an account's queue while the app is open: at once when something is queued, when
 * the network or a session comes back or the app is looked at, else by the items' own backoff.
 * Answers the function that stops it.
 */
export function runSender(accountId: string): () => void {
  let isRunning = false;
  let isWanted = false;
  const stopped = new AbortController();
  let blindTries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const napMs = (end: RoundEnd): number | null => {
    if (end.kind !== "wait") return null;
    if (sessionNow().accountId !== accountId) {
      blindTries += 1;
      return backoffMs(blindTries, Math.random());
    }
    return Math.max(0, end.untilMs - Date.now());
  };

  const turn = async (): Promise<void> => {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (isWanted && !stopped.signal.aborted) {
        isWanted = false;
        clearTimeout(timer);
        const end = await sendRound(accountId);
        if (end.kind === "empty") blindTries = 0;
        const nap = napMs(end);
        if (nap !== null && !stopped.signal.aborted)
          timer = setTimeout(() => void turn(), Math.min(nap, LONGEST_NAP_MS));
      }
    } finally {
      isRunning = false;
    }
  };

  const onKick = () => void turn();
  const onBack = () => void retryNow(accountId).then(turn);
  const onLook = () => {
    if (document.visibilityState === "visible") void turn();
  };
  let wasValid = sessionNow().status === "valid";
  const unsubscribe = subscribeSession(() => {
    const isValid = sessionNow().status === "valid";
    if (isValid && !wasValid) onBack();
    wasValid = isValid;
  });

  kicks.addEventListener(KICK, onKick);
  globalThis.addEventListener("online", onBack);
  document.addEventListener("visibilitychange", onLook);
  void turn();
  return () => {
    stopped.abort();
    clearTimeout(timer);
    unsubscribe();
    kicks.removeEventListener(KICK, onKick);
    globalThis.removeEventListener("online", onBack);
    document.removeEventListener("visibilitychange", onLook);
  };
}
