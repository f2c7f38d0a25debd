import type { Problem } from "@onegrid/contract";
import { checkSession } from "../session/session-calls.ts";
import { sessionNow, setReachable, setSession } from "../session/session.ts";
import { db } from "../storage/database.ts";
import { deliverPhoto } from "./deliver-photo.ts";
import { deliver } from "./deliver.ts";
import type { OutboxItem } from "./item.ts";
import { itemsOf } from "./items-of.ts";
import { nextStep, type Step } from "./next-step.ts";
import { acknowledge, postpone, refuse, uploadAgain } from "./settle.ts";
import { verdictOfError, verdictOfProblem, type Verdict } from "./verdict.ts";

/** Why a round of sending ended. `wait`: the oldest item may be tried again then. */
export type RoundEnd = { kind: "empty" } | { kind: "wait"; untilMs: number } | { kind: "sign_in" };

/** One sender over all tabs of this phone. */
const LOCK = "onegrid-field-sender";
const REUPLOADS_MOST = 2;

async function step(accountId: string): Promise<Step> {
  const items = await itemsOf(accountId);
  const uploaded = await db.photos
    .where({ accountId })
    .filter((p) => p.uploaded)
    .primaryKeys();
  return nextStep(items, new Set(uploaded), Date.now());
}

async function settleProblem(item: OutboxItem, problem: Problem): Promise<void> {
  const isPhotoLost = problem.code === "cases.unknown_attachment";
  if (isPhotoLost && item.photoIds.length > 0 && item.reuploads < REUPLOADS_MOST) {
    await uploadAgain(item);
  } else {
    await refuse(item, problem);
  }
}

/** Writes down what a verdict means for the item; answers whether the round may go on. */
async function settleVerdict(item: OutboxItem, verdict: Verdict): Promise<RoundEnd | null> {
  switch (verdict.kind) {
    case "sign_in":
      setSession({ status: "expired", csrfToken: null, accountId: null });
      return { kind: "sign_in" };
    case "renew": {
      await postpone(item, null);
      const session = await checkSession();
      return session.accountId === item.accountId ? null : { kind: "sign_in" };
    }
    case "retry":
      await postpone(item, verdict.afterMs);
      return null;
    case "refused":
      await settleProblem(item, verdict.problem);
      return null;
  }
}

async function take(next: Extract<Step, { item: OutboxItem }>): Promise<RoundEnd | null> {
  const { item } = next;
  try {
    if (next.kind === "upload") {
      await deliverPhoto(next.photoId);
    } else {
      const answer = await deliver(item);
      if ("refused" in answer) return settleVerdict(item, verdictOfProblem(answer.refused));
      await acknowledge(item, answer.taken);
    }
    setReachable(true);
    return null;
  } catch (error) {
    const verdict = verdictOfError(error);
    if (verdict.kind === "retry" && verdict.afterMs === null) setReachable(false);
    return settleVerdict(item, verdict);
  }
}

async function round(accountId: string): Promise<RoundEnd> {
  // The token belongs to the session that was just read: should another account sign in on this
  // phone meanwhile, the server refuses the token, so nothing is ever sent under its name.
  const session = sessionNow().accountId === accountId ? sessionNow() : await checkSession();
  if (session.status === "unreachable") return { kind: "wait", untilMs: Date.now() + 5_000 };
  if (session.accountId !== accountId) return { kind: "sign_in" };
  for (;;) {
    const next = await step(accountId);
    if (next.kind === "idle") return { kind: "empty" };
    if (next.kind === "wait") return next;
    const end = await take(next);
    if (end !== null) return end;
  }
}

/**
 * Sends what waits for one account until nothing is left, the network fails or a session is
 * needed. Waits its turn when another tab is sending.
 */
export function sendRound(accountId: string): Promise<RoundEnd> {
  return navigator.locks.request(LOCK, () => round(accountId));
}
