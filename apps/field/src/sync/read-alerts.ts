import { listAlerts, readAlerts as tellRead } from "@onegrid/contract";
import { api } from "../session/api.ts";
import { db, type StoredAlert } from "../storage/database.ts";

/** As many as a worker looks back through; older ones stay on the server. */
const KEPT = "50";

const isReadHere = ({ readHere, readAt }: StoredAlert): boolean =>
  readHere === true && readAt === null;

/** Tells the server what was read on this phone, then reads the newest alerts. Rejects like the client. */
export async function readAlerts(accountId: string): Promise<void> {
  const before = await db.alerts.where({ accountId }).toArray();
  const alertIds = before.filter(isReadHere).map(({ alertId }) => alertId);
  if (alertIds.length > 0) await api.call(tellRead, { body: { what: "some", alertIds } });
  const { alerts } = await api.call(listAlerts, { query: { limit: KEPT } });
  await db.transaction("rw", db.alerts, async () => {
    const meanwhile = await db.alerts.where({ accountId }).filter(isReadHere).toArray();
    const isRead = new Set(meanwhile.map(({ alertId }) => alertId));
    await db.alerts.where({ accountId }).delete();
    await db.alerts.bulkPut(
      alerts.map((alert) => ({
        ...alert,
        accountId,
        // Read here while the list was on its way: told with the next reading.
        ...(isRead.has(alert.alertId) && { readHere: true }),
      })),
    );
  });
}
