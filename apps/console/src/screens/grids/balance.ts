import type { WorkPlaces } from "@onegrid/contract";
import { isInArea, type Area, type LngLat, type WeightedPlace } from "@onegrid/geo/edit";

/** What an even split is to balance. */
export const BALANCES = ["households", "cases", "area"] as const;
export type Balance = (typeof BALANCES)[number];

const at = ({ lng, lat }: { lng: number; lat: number }): LngLat => [lng, lat];

/** What each place weighs: an estate its households, a case one, and nothing where area decides. */
export const weightsOf = (balance: Balance, work: WorkPlaces | null): WeightedPlace[] => {
  if (work === null || balance === "area") return [];
  if (balance === "cases") {
    return [...work.open, ...work.ended].map((place) => ({ at: at(place), weight: 1 }));
  }
  return work.estates.map((place) => ({ at: at(place), weight: place.households }));
};

/** The first of households, cases and area that anything is known of inside. */
export const bestBalance = (work: WorkPlaces | null, area: Area | undefined): Balance =>
  BALANCES.find(
    (balance) =>
      area !== undefined &&
      weightsOf(balance, work).some((place) => place.weight > 0 && isInArea(area, place.at)),
  ) ?? "area";

/** Households of the estates whose place is inside. */
export const householdsIn = (work: WorkPlaces, area: Area): number =>
  work.estates.reduce((sum, place) => sum + (isInArea(area, at(place)) ? place.households : 0), 0);
