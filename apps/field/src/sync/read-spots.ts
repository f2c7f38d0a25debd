import { listPatrolSpots } from "@onegrid/contract";
import { api, inScope } from "../session/api.ts";
import { db, type StoredSpot } from "../storage/database.ts";

/** Reads the places to look at in the account's own grid and those it stands in for. */
export async function readSpots(
  accountId: string,
  scopes: readonly (string | undefined)[],
): Promise<void> {
  const read: StoredSpot[] = [];
  for (const scopeCode of scopes) {
    const inGrid = scopeCode === undefined ? {} : { scopeCode };
    const { spots } = await api.call(listPatrolSpots, {}, inScope(inGrid));
    read.push(...spots.map((spot) => ({ ...spot, accountId, ...inGrid })));
  }
  await db.transaction("rw", db.spots, db.items, async () => {
    const waiting = (await db.items.toArray()).flatMap((item) =>
      item.kind === "look" && item.accountId === accountId ? [item.look] : [],
    );
    await db.spots.where({ accountId }).delete();
    await db.spots.bulkPut(
      read.map((spot) => {
        // What was looked at here and is not sent yet counts already.
        const own = waiting.findLast((look) => look.spot === spot.spot);
        return own && (spot.lastLookedOn ?? "") < own.lookedOn
          ? { ...spot, lastLookedOn: own.lookedOn, lastFinding: own.finding }
          : spot;
      }),
    );
  });
}
