import { ApiProblem, NoAnswer } from "@onegrid/client";
import type { Account } from "@onegrid/contract";
import { runSender } from "../outbox/run-sender.ts";
import { checkSession } from "../session/session-calls.ts";
import { sessionNow, setReachable, subscribeSession } from "../session/session.ts";
import { askForPersistence } from "../storage/persistence.ts";
import { readAlerts } from "./read-alerts.ts";
import { readReference } from "./read-reference.ts";
import { readSpots } from "./read-spots.ts";
import { readTasks } from "./read-tasks.ts";

const EVERY_MS = 60_000;
const REFERENCE_EVERY_MS = 6 * 60 * 60_000;

let referenceReadAt = 0;

async function read(account: Account): Promise<void> {
  const session = await checkSession();
  if (session.accountId !== account.accountId || session.status !== "valid") return;
  try {
    const standingIn = await readTasks(account.accountId);
    await readAlerts(account.accountId);
    const scopes = standingIn.map(({ scopeCode }) => scopeCode);
    await readSpots(account.accountId, [undefined, ...scopes]);
    if (Date.now() - referenceReadAt > REFERENCE_EVERY_MS) {
      await readReference(account);
      referenceReadAt = Date.now();
    }
    setReachable(true);
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 401) await checkSession();
    else if (error instanceof NoAnswer || error instanceof ApiProblem) setReachable(false);
    else throw error;
  }
}

let underWay: Promise<void> | null = null;

/** Reads what the account needs, if its session is good. Quiet offline: the banner says it. */
export function refresh(account: Account): Promise<void> {
  underWay ??= read(account).finally(() => {
    underWay = null;
  });
  return underWay;
}

/** Keeps sending and reading while the app is open. Answers the function that stops it. */
export function startWork(account: Account): () => void {
  referenceReadAt = 0;
  const look = () => {
    if (document.visibilityState === "visible" && navigator.onLine) void refresh(account);
  };
  void refresh(account);
  void askForPersistence();
  const stopSending = runSender(account.accountId);
  const timer = setInterval(look, EVERY_MS);
  let wasValid = sessionNow().status === "valid";
  const unsubscribe = subscribeSession(() => {
    const isValid = sessionNow().status === "valid";
    if (isValid && !wasValid) look();
    wasValid = isValid;
  });
  globalThis.addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  return () => {
    stopSending();
    clearInterval(timer);
    unsubscribe();
    globalThis.removeEventListener("online", look);
    document.removeEventListener("visibilitychange", look);
  };
}
