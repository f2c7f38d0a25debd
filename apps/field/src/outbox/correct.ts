import { v7 as newId } from "uuid";
import { db } from "../storage/database.ts";
import { kickSender } from "./run-sender.ts";
import type { CommandItem, OutboxItem, ReportItem } from "./item.ts";

/** What the worker may change of a refused item before it is sent again. */
export type Correction = {
  /** Words of the report, or the note of the command. */
  words?: string;
  categoryCode?: string;
  title?: string;
  /** Version to act on now, after looking at the case as it is. */
  baseVersion?: number;
  /** Give up the phone's own time and take the server's: its clock is wrong. */
  dropCapturedAt?: boolean;
};

const correctedReport = (item: ReportItem, c: Correction): ReportItem["report"] => ({
  ...item.report,
  ...(c.words !== undefined && { description: c.words }),
  ...(c.categoryCode !== undefined && { categoryCode: c.categoryCode }),
  ...(c.dropCapturedAt && { capturedAt: null }),
});

const correctedCommand = (item: CommandItem, c: Correction): CommandItem["command"] => ({
  ...item.command,
  ...(c.words !== undefined && { note: c.words === "" ? null : c.words }),
  ...(c.baseVersion !== undefined && { baseVersion: c.baseVersion }),
  ...(c.dropCapturedAt && { capturedAt: null }),
});

/**
 * Sends a refused item again, corrected. It keeps its place in the order, so that what was made on
 * top of it still follows, but gets a new id: the server may remember the old one with the old
 * words. Photos stay on the phone and are uploaded again under new ids for the same reason.
 */
export async function resend(item: OutboxItem, correction: Correction): Promise<void> {
  const id = newId();
  await db.transaction("rw", db.items, db.photos, async () => {
    const photos = await db.photos.where({ itemId: item.id }).toArray();
    const renamed = photos.map((photo) => ({
      ...photo,
      photoId: newId(),
      itemId: id,
      uploaded: false,
      tries: 0,
    }));
    const fresh = {
      id,
      photoIds: renamed.map(({ photoId }) => photoId),
      state: "waiting",
      problem: null,
      attempts: 0,
      retryAt: 0,
      reuploads: 0,
    } as const;
    await db.photos.where({ itemId: item.id }).delete();
    await db.photos.bulkAdd(renamed);
    await db.items.delete(item.id);
    if (item.kind === "report") {
      await db.items.add({
        ...item,
        ...fresh,
        caseId: id,
        title: correction.title ?? item.title,
        report: correctedReport(item, correction),
      });
    } else if (item.kind === "look") {
      await db.items.add({ ...item, ...fresh, caseId: id });
    } else if (item.kind === "join") {
      await db.items.add({ ...item, ...fresh });
    } else {
      await db.items.add({
        ...item,
        ...fresh,
        after: null,
        command: correctedCommand(item, correction),
      });
      await db.items.where({ caseId: item.caseId }).modify((next) => {
        if (next.kind === "command" && next.after === item.id) next.after = id;
      });
    }
  });
  kickSender();
}

/** Items that go when this one is given up: itself and what was made on top of it. */
export async function chainOf(item: OutboxItem): Promise<OutboxItem[]> {
  if (item.kind !== "command") return [item];
  const same = await db.items.where({ caseId: item.caseId }).toArray();
  return same.filter((other) => other.accountId === item.accountId && other.seq >= item.seq);
}

/** Gives up an item and what was made on top of it; only ever by the worker's hand. */
export async function discard(item: OutboxItem): Promise<void> {
  await db.transaction("rw", db.items, db.photos, async () => {
    for (const { id } of await chainOf(item)) {
      await db.photos.where({ itemId: id }).delete();
      await db.items.delete(id);
    }
  });
  kickSender();
}
