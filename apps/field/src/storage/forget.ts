import { db } from "./database.ts";

/** Name of the service worker's cache of small pictures; see vite.config.ts. */
const THUMBS = "onegrid-thumbs";

/**
 * Removes what an account has read from the server: cases and pictures are for its eyes. What it
 * has written and not sent stays, and is sent when it signs in again.
 */
export async function forgetAccountData(accountId: string): Promise<void> {
  const tables = [db.cases, db.marks, db.references, db.spots, db.alerts];
  await db.transaction("rw", tables, async () => {
    await db.cases.where({ accountId }).delete();
    await db.spots.where({ accountId }).delete();
    await db.alerts.where({ accountId }).delete();
    await db.marks.delete(accountId);
    await db.references.delete(accountId);
  });
  if ("caches" in globalThis) await caches.delete(THUMBS);
}
