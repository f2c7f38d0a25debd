import { difference, intersection, union } from "polyclip-ts";
import type { Area, PolygonRings, Ring } from "../lng-lat.ts";
import { shareCorners } from "./corners.ts";
import { planeM2 } from "./segments.ts";

type Clippable = [number, number][][][];
const clippable = (area: Area): Clippable => area as unknown as Clippable;
const areaOf = (found: Clippable): Area => found as Area;

/** What both areas hold. */
export const commonOf = (a: Area, b: Area): Area =>
  areaOf(intersection(clippable(a), clippable(b)));

/** What the first area holds and none of the others does. */
export const withoutAreas = (area: Area, others: readonly Area[]): Area =>
  others.length === 0 ? area : areaOf(difference(clippable(area), ...others.map(clippable)));

/** What the areas hold together. */
export const togetherOf = (areas: readonly Area[]): Area => {
  const [first, ...others] = areas.map(clippable);
  return first === undefined ? [] : areaOf(union(first, ...others));
};

/**
 * One area of two or more neighbours, their common boundaries gone. Holes up to the tolerance that
 * come about between them are filled: they are inaccuracies of the survey, and belong to nobody.
 * Refused when they do not hang together along a boundary.
 */
export const mergeAreas = (
  areas: readonly Area[],
  toleranceM2: number,
): { area: Area } | { refused: "not_neighbours" } => {
  const shared = shareCorners(new Map(areas.map((area, index) => [String(index), area])));
  const merged = togetherOf([...shared.values()]).map(([shell, ...holes]): PolygonRings => [
    shell as Ring,
    ...holes.filter((hole) => planeM2([hole]) > toleranceM2),
  ]);
  const parts = areas.reduce((sum, area) => sum + area.length, 0);
  return merged.length > parts - (areas.length - 1)
    ? { refused: "not_neighbours" }
    : { area: merged };
};

/** An area without its parts up to the tolerance; empty when nothing else is left. */
export const withoutSlivers = (area: Area, toleranceM2: number): Area =>
  area.filter((polygon) => planeM2(polygon) > toleranceM2);
