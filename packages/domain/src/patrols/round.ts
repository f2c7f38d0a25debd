import type { PatrolSpot } from "@onegrid/contract";
import { dayNumberOf } from "../calendar/local-day.ts";

/** What a round asks of a spot. */
export type DueSpot = Pick<
  PatrolSpot,
  "spot" | "lng" | "lat" | "everyDays" | "lastLookedOn" | "repeatedCases"
>;

/** As many as can be looked at on the way through a grid. */
export const ROUND_MOST = 12;

/**
 * Whole days since a spot became due: 0 on the day, negative before. A spot that nobody ever
 * looked at is due since one interval.
 */
export function daysPastDue(
  spot: Pick<DueSpot, "everyDays" | "lastLookedOn">,
  today: string,
): number {
  if (spot.lastLookedOn === null) return spot.everyDays;
  const since = (dayNumberOf(today) ?? 0) - (dayNumberOf(spot.lastLookedOn) ?? 0);
  return since - spot.everyDays;
}

export const isDue = (spot: Pick<DueSpot, "everyDays" | "lastLookedOn">, today: string): boolean =>
  daysPastDue(spot, today) >= 0;

/** In intervals, so that a weekly point three days late comes before a monthly one as late. */
const urgency = (spot: DueSpot, today: string): number =>
  daysPastDue(spot, today) / spot.everyDays + spot.repeatedCases / 10;

/** Squared distance on a map of the latitude, in degrees of latitude; only compared. */
const apart = (a: DueSpot, b: DueSpot): number => {
  const x = (a.lng - b.lng) * Math.cos((a.lat * Math.PI) / 180);
  const y = a.lat - b.lat;
  return x * x + y * y;
};

/** Each next one is the nearest to the last: short enough on foot, and never a surprise. */
function inWalkingOrder<S extends DueSpot>(spots: readonly S[]): S[] {
  const [first, ...rest] = spots;
  if (first === undefined) return [];
  const way = [first];
  const left = new Set(rest);
  for (let here = first; left.size > 0;) {
    let next: S | undefined;
    for (const spot of left) {
      if (next === undefined || apart(here, spot) < apart(here, next)) next = spot;
    }
    if (next === undefined) break;
    left.delete(next);
    way.push(next);
    here = next;
  }
  return way;
}

/**
 * 今日巡查: the due spots, the most urgent ones when there are more than `most`, beginning at the
 * most urgent and going on to the nearest. A suggestion: nobody is measured by it.
 */
export function todaysRound<S extends DueSpot>(
  spots: readonly S[],
  today: string,
  most = ROUND_MOST,
): S[] {
  const urgent = spots
    .filter((spot) => isDue(spot, today))
    .toSorted((a, b) => urgency(b, today) - urgency(a, today) || (a.spot < b.spot ? -1 : 1))
    .slice(0, most);
  return inWalkingOrder(urgent);
}
