import type { CaseState, Problem, Tier } from "@onegrid/contract";
import { db } from "../storage/database.ts";
import { predictAfter } from "../tasks/predict.ts";
import { backoffMs } from "./backoff.ts";
import type { OutboxItem, SentItem } from "./item.ts";

/** How many receipts of one account are kept. */
const SENT_KEPT = 30;

/** What the server said when it took an item. */
export type Acknowledgement = {
  version: number;
  /** Null of a look, which is about no case, and of a join, which moves none. */
  state: CaseState | null;
  /** Null where the answer does not say: a report's tier follows from its grid. */
  tier: Tier | null;
  /** Number given to a report, or of the case joined; null for commands. */
  number: string | null;
};

async function keepReceipt(item: OutboxItem, { number, version }: Acknowledgement): Promise<void> {
  const receipt: SentItem = {
    id: item.id,
    accountId: item.accountId,
    kind: item.kind,
    title: item.title,
    action: item.kind === "command" ? item.command.action : null,
    caseId: item.caseId,
    number,
    baseVersion: item.kind === "command" ? item.command.baseVersion : null,
    version,
    sentAt: new Date().toISOString(),
  };
  await db.sent.put(receipt);
  const range = [
    [item.accountId, ""],
    [item.accountId, "\uffff"],
  ] as const;
  const oldestFirst = await db.sent
    .where("[accountId+sentAt]")
    .between(...range)
    .primaryKeys();
  await db.sent.bulkDelete(oldestFirst.slice(0, -SENT_KEPT));
}

/** Commands that were made on top of this one now know which version it led to. */
async function advanceSuccessor(item: OutboxItem, version: number): Promise<void> {
  const same = await db.items.where({ caseId: item.caseId }).toArray();
  for (const next of same) {
    if (next.kind !== "command" || next.after !== item.id) continue;
    await db.items.put({
      ...next,
      after: null,
      command: { ...next.command, baseVersion: version },
    });
  }
}

/** The stored case moves on at once; reading it again brings the new log a moment later. */
async function moveStoredCase(item: OutboxItem, to: Acknowledgement): Promise<void> {
  if (item.kind !== "command") return;
  const stored = await db.cases.get([item.accountId, item.caseId]);
  if (stored === undefined) return;
  const { version, state } = to;
  if (state === null) return;
  const moved = { version, state, ...(to.tier && { tier: to.tier }) };
  const detail = stored.detail && {
    ...predictAfter(stored.detail, item.command.action, item.command.details),
    ...moved,
  };
  await db.cases.put({ ...stored, item: { ...stored.item, ...moved }, detail });
}

/** The server has it: removed with its photos, receipt kept, successors moved on. One transaction. */
export function acknowledge(item: OutboxItem, answer: Acknowledgement): Promise<void> {
  return db.transaction("rw", db.items, db.photos, db.sent, db.cases, async () => {
    await advanceSuccessor(item, answer.version);
    await moveStoredCase(item, answer);
    await keepReceipt(item, answer);
    await db.photos.where({ itemId: item.id }).delete();
    await db.items.delete(item.id);
  });
}

/** Nothing was decided: try again later. `afterMs` is the server's own wish, if it had one. */
export async function postpone(item: OutboxItem, afterMs: number | null): Promise<void> {
  const attempts = item.attempts + 1;
  const waitMs = Math.max(afterMs ?? 0, backoffMs(attempts, Math.random()));
  await db.items.update(item.id, { attempts, retryAt: Date.now() + waitMs });
}

/** The server's no: kept, with what it said, until the worker decides. */
export async function refuse(item: OutboxItem, problem: Problem): Promise<void> {
  await db.items.update(item.id, { state: "refused", problem, attempts: 0, retryAt: 0 });
}

/** The server no longer has the photos (unused ones are deleted after a time): send them again. */
export function uploadAgain(item: OutboxItem): Promise<void> {
  return db.transaction("rw", db.items, db.photos, async () => {
    await db.photos.where({ itemId: item.id }).modify({ uploaded: false, tries: 0 });
    await db.items.update(item.id, { reuploads: item.reuploads + 1 });
  });
}

/** Forgets the waits of an account's items, e.g. when the network is back. */
export async function retryNow(accountId: string): Promise<void> {
  await db.items
    .where("[accountId+seq]")
    .between([accountId, 0], [accountId, Number.MAX_SAFE_INTEGER])
    .modify({ retryAt: 0 });
}
