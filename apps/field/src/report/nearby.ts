import type { CaseListItem, CaseState, Category, LngLat, MeTooReach } from "@onegrid/contract";
import { DEFAULT_CASE_RULES, isEnded } from "@onegrid/domain";
import { COARSE_M, type ReportDraft } from "./draft.ts";

/** An open case that may be the same thing as what is being reported. */
export type MaybeSame = {
  caseId: string;
  number: string;
  state: CaseState;
  gridName: string;
  distanceM: number;
  reportedAt: string;
};

const METRES_A_DEGREE = 111_320;

/** Metres between two points near each other. */
const metresBetween = (a: LngLat, b: LngLat): number => {
  const squeeze = Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot((a.lng - b.lng) * squeeze, a.lat - b.lat) * METRES_A_DEGREE;
};

/** How near and how recent counts; without a word from the category, as most counties have it. */
export const reachOf = ({ meToo }: Category): MeTooReach =>
  // Categories that an older app stored have no such field.
  meToo ?? {
    distanceM: DEFAULT_CASE_RULES.meTooDistanceM,
    hours: DEFAULT_CASE_RULES.meTooHours,
  };

/** The place that can be compared: no coarse fix, no bare address. */
export const comparable = ({ place }: ReportDraft): LngLat | null =>
  place === null || (place.kind === "fix" && place.accuracyM > COARSE_M)
    ? null
    : { lng: place.lng, lat: place.lat };

/** Of the cases that lie on the phone, those near in place and time, nearest first. */
export function maybeSame(
  stored: readonly CaseListItem[],
  category: Category,
  at: LngLat,
  now: Date,
): MaybeSame[] {
  const { distanceM: reachM, hours } = reachOf(category);
  const since = now.getTime() - hours * 3_600_000;
  return stored
    .flatMap((item) => {
      const { lng, lat, categoryCode, state } = item;
      const isOther = categoryCode !== category.categoryCode || isEnded(state);
      if (isOther || lng === null || lat === null) return [];
      const distanceM = Math.round(metresBetween(at, { lng, lat }));
      if (distanceM > reachM || Date.parse(item.reportedAt) < since) return [];
      const { caseId, number, gridName, reportedAt } = item;
      return [{ caseId, number, state, gridName, distanceM, reportedAt }];
    })
    .sort((a, b) => a.distanceM - b.distanceM);
}
