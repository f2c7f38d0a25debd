import type { PatrolFinding } from "@onegrid/contract";
import { db, type StoredSpot } from "../storage/database.ts";
import { enqueue } from "./enqueue.ts";
import { kickSender } from "./run-sender.ts";

/** The phone's own day: what the worker calls today. */
export function dayHere(now = new Date()): string {
  const part = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`;
}

/** One tap: this place was looked at today. It counts on the phone at once. */
export async function enqueueLook(
  spot: StoredSpot,
  finding: PatrolFinding,
  title: string,
): Promise<void> {
  const { accountId, scopeCode } = spot;
  const lookedOn = dayHere();
  await enqueue(
    {
      kind: "look",
      accountId,
      title,
      ...(scopeCode && { scopeCode }),
      look: { spot: spot.spot, lookedOn, finding },
    },
    [],
  );
  const key: [string, string] = [accountId, spot.spot];
  await db.spots.update(key, { lastLookedOn: lookedOn, lastFinding: finding });
  kickSender();
}
