import { db, type StoredAlert } from "../storage/database.ts";
import { useLive } from "../storage/use-live.ts";

/** Not read yet, on this phone or elsewhere. */
export const isUnread = ({ readAt, readHere }: StoredAlert): boolean =>
  readAt === null && readHere !== true;

/** The account's alerts as they lie on the phone, newest first; undefined until they are read. */
export const useAlerts = (accountId: string): StoredAlert[] | undefined =>
  useLive(async () => {
    const all = await db.alerts.where({ accountId }).toArray();
    return all.sort((a, b) => b.raisedAt.localeCompare(a.raisedAt));
  }, accountId);

/** Marks alerts as read on this phone; the server is told with the next reading. */
export async function markRead(alerts: readonly StoredAlert[]): Promise<void> {
  await db.transaction("rw", db.alerts, async () => {
    for (const { accountId, alertId } of alerts) {
      await db.alerts.update([accountId, alertId], { readHere: true });
    }
  });
}
