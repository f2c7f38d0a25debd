import type { CaseAction, CaseDetail, CommandDetails } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import { db } from "../storage/database.ts";
import type { CommandItem, JoinItem, LookItem, OutboxItem, ReportItem } from "./item.ts";

/** A photo on its way into the queue; `photoId` was chosen when it was taken. */
export type TakenPhoto = { photoId: string; blob: Blob };

type Entry =
  | Pick<ReportItem, "kind" | "accountId" | "title" | "report">
  | Pick<LookItem, "kind" | "accountId" | "title" | "look" | "scopeCode">
  | Pick<JoinItem, "kind" | "accountId" | "title" | "caseId">
  | Pick<
      CommandItem,
      "kind" | "accountId" | "title" | "command" | "caseId" | "seenState" | "scopeCode"
    >;

const FRESH = { state: "waiting", attempts: 0, retryAt: 0, problem: null, reuploads: 0 } as const;

/** The youngest waiting command on a case: the next one builds on it. */
async function predecessor(accountId: string, caseId: string): Promise<string | null> {
  const same = await db.items.where({ caseId }).toArray();
  const waiting = same
    .filter((i) => i.accountId === accountId && i.kind === "command" && i.state === "waiting")
    .sort((a, b) => a.seq - b.seq);
  return waiting.at(-1)?.id ?? null;
}

/**
 * The version a new command builds on. The screen may still show the case as it was before the
 * worker's own last step was acknowledged: that step is followed, anybody else's is not.
 */
async function followOwnSteps(accountId: string, caseId: string, seen: number): Promise<number> {
  const receipts = await db.sent.where({ caseId }).toArray();
  let version = seen;
  for (const receipt of receipts.sort((a, b) => a.version - b.version)) {
    const isOwn = receipt.accountId === accountId && receipt.baseVersion === version;
    if (isOwn) version = receipt.version;
  }
  return version;
}

async function build(entry: Entry, photoIds: string[]): Promise<OutboxItem> {
  const id = newId();
  const seq = ((await db.meta.get("seq"))?.value ?? 0) + 1;
  await db.meta.put({ key: "seq", value: seq });
  const common = { ...FRESH, id, seq, photoIds, madeAt: new Date().toISOString() };
  if (entry.kind === "join") return { ...common, ...entry };
  if (entry.kind !== "command") return { ...common, ...entry, caseId: id };
  const { accountId, caseId, command } = entry;
  const after = await predecessor(accountId, caseId);
  const baseVersion =
    after === null
      ? await followOwnSteps(accountId, caseId, command.baseVersion)
      : command.baseVersion;
  return { ...common, ...entry, command: { ...command, baseVersion }, after };
}

/**
 * Puts a report or a command into the outbox with its photos, in one transaction: after it
 * resolves, a dead battery loses nothing. Answers the item. Rejects with the browser's
 * QuotaExceededError when the phone is full; then nothing is stored.
 */
export function enqueue(entry: Entry, photos: readonly TakenPhoto[]): Promise<OutboxItem> {
  return db.transaction("rw", db.items, db.photos, db.meta, db.sent, async () => {
    const item = await build(
      entry,
      photos.map(({ photoId }) => photoId),
    );
    await db.items.add(item);
    await db.photos.bulkAdd(
      photos.map(({ photoId, blob }) => ({
        photoId,
        blob,
        itemId: item.id,
        accountId: entry.accountId,
        uploaded: false,
        tries: 0,
        sha256: null,
      })),
    );
    return item;
  });
}

/** Puts an action on a case into the outbox, as of the version the worker looked at. */
export async function enqueueAction(
  accountId: string,
  seen: CaseDetail,
  action: CaseAction,
  given: { note: string | null; details: CommandDetails | null; photos: readonly TakenPhoto[] },
): Promise<OutboxItem> {
  const capturedAt = new Date().toISOString();
  const { note, details, photos } = given;
  const stored = await db.cases.get([accountId, seen.caseId]);
  return enqueue(
    {
      kind: "command",
      accountId,
      title: seen.categoryName,
      caseId: seen.caseId,
      seenState: seen.state,
      ...(stored?.scopeCode && { scopeCode: stored.scopeCode }),
      command: { action, note, details, baseVersion: seen.version, capturedAt },
    },
    photos,
  );
}
