import { isDue, todaysRound } from "@onegrid/domain";
import { dayHere } from "../outbox/enqueue-look.ts";
import { db, type StoredSpot } from "../storage/database.ts";
import { useLive } from "../storage/use-live.ts";

export type Round = {
  /** Suggested for today, in walking order. */
  round: StoredSpot[];
  /** Due as well, for another day. */
  otherDue: StoredSpot[];
  /** Looked at in time. */
  later: StoredSpot[];
  /** Looked at today. */
  doneToday: number;
};

/** The account's places by what the day asks; undefined until they are read. Works offline. */
export const useRound = (accountId: string): Round | undefined =>
  useLive(async () => {
    const spots = await db.spots.where({ accountId }).toArray();
    const today = dayHere();
    const round = todaysRound(spots, today);
    const inRound = new Set(round);
    const due = spots.filter((spot) => isDue(spot, today));
    return {
      round,
      otherDue: due.filter((spot) => !inRound.has(spot)),
      later: spots.filter((spot) => !due.includes(spot)),
      doneToday: spots.filter((spot) => spot.lastLookedOn === today).length,
    };
  }, accountId);
