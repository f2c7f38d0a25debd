import { areaM2 } from "../area.ts";
import { boundsOf, type Area, type LngLat } from "../lng-lat.ts";
import { mergeAreas } from "./overlay.ts";
import { isInArea } from "./segments.ts";
import { splitByLine } from "./split.ts";

/** Something that makes work, where it is: an estate with its households, an open case. */
export type WeightedPlace = { at: LngLat; weight: number };

export type BalancedPiece = { area: Area; weight: number };

/** Directions that are tried for a cut, over half a turn. */
const DIRECTIONS = 8;
/** Halvings of the search for where a cut divides an area as wanted: a thousandth of its width. */
const HALVINGS = 12;
/** A cut that is twice as long counts like a tenth of imbalance. */
const LENGTH_COST = 0.1;
/** Slits of a merged face that are filled, m². */
const SLIT_M2 = 1;

type Measure = (area: Area) => number;

/** Weight of the places inside; the area itself while there is nothing to weigh. */
const measureOf = (whole: Area, places: readonly WeightedPlace[]): Measure => {
  const inside = places.filter(({ at, weight }) => weight > 0 && isInArea(whole, at));
  const total = inside.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return areaM2;
  // Equal weights leave room: of two such cuts the one with more equal areas is better.
  const perM2 = (total * 1e-3) / areaM2(whole);
  return (area) =>
    inside.reduce((sum, { at, weight }) => sum + (isInArea(area, at) ? weight : 0), 0) +
    areaM2(area) * perM2;
};

/** The faces of a cut, joined until two are left, each in one piece. */
const twoOf = (pieces: readonly Area[], measure: Measure): [Area, Area] | undefined => {
  let left = pieces.toSorted((a, b) => measure(a) - measure(b));
  while (left.length > 2) {
    const [smallest, ...others] = left as [Area, ...Area[]];
    const beside = others.findIndex((other) => "area" in mergeAreas([smallest, other], SLIT_M2));
    const merged = mergeAreas([smallest, others[beside] ?? []], SLIT_M2);
    if (beside === -1 || !("area" in merged)) return undefined;
    left = others.with(beside, merged.area).toSorted((a, b) => measure(a) - measure(b));
  }
  const [a, b] = left;
  return a === undefined || b === undefined ? undefined : [a, b];
};

type Cut = { line: [LngLat, LngLat]; length: number };

/** A straight line across the area, `share` of the way through it, at an angle of a map. */
const lineAcross = (area: Area, angle: number, share: number): Cut => {
  const [west, south, east, north] = boundsOf(area);
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [cx, cy] = [(west + east) / 2, (south + north) / 2];
  const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
  const along = (area.flat(2) as LngLat[]).map(
    ([lng, lat]) => (lng - cx) * squeeze * nx + (lat - cy) * ny,
  );
  const [low, high] = [Math.min(...along), Math.max(...along)];
  const reach = Math.hypot((east - west) * squeeze, north - south);
  const offset = low + share * (high - low);
  const end = (side: 1 | -1): LngLat => [
    cx + (offset * nx - side * reach * ny) / squeeze,
    cy + offset * ny + side * reach * nx,
  ];
  return { line: [end(1), end(-1)], length: reach / (high - low || 1) };
};

/** Whether a place lies on the near side of a cut, from which the share is counted. */
const isBefore = ([a, b]: [LngLat, LngLat], [x, y]: LngLat): boolean =>
  (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) <= 0;

/** The best cut of one direction: halves the interval by what lies before the line. */
const cutAlong = (area: Area, angle: number, wanted: number, measure: Measure) => {
  let [low, high] = [0, 1];
  let best: { pieces: [Area, Area]; off: number } | undefined;
  for (let step = 0; step < HALVINGS; step++) {
    const share = (low + high) / 2;
    const { line } = lineAcross(area, angle, share);
    const split = splitByLine(area, line);
    if ("refused" in split) {
      low = share;
      continue;
    }
    const before = split.pieces
      .filter((piece) => isBefore(line, insideOf(piece)))
      .reduce((sum, piece) => sum + measure(piece), 0);
    const pieces = twoOf(split.pieces, measure);
    if (pieces !== undefined) {
      const [a, b] = pieces.map(measure) as [number, number];
      const total = a + b;
      const off = Math.min(Math.abs(a / total - wanted), Math.abs(b / total - wanted));
      if (best === undefined || off < best.off) {
        const firstIsWanted = Math.abs(a / total - wanted) <= Math.abs(b / total - wanted);
        best = { pieces: firstIsWanted ? pieces : [pieces[1], pieces[0]], off };
      }
    }
    const whole = split.pieces.reduce((sum, piece) => sum + measure(piece), 0);
    if (before / whole < wanted) low = share;
    else high = share;
  }
  return best;
};

/** A corner average lies on the right side of a straight cut for each of its faces. */
const insideOf = (piece: Area): LngLat => {
  const corners = (piece[0]?.[0] ?? []).slice(1);
  const sum = corners.reduce(([x, y], [lng, lat]): LngLat => [x + lng, y + lat], [0, 0] as LngLat);
  return [sum[0] / corners.length, sum[1] / corners.length];
};

const divide = (area: Area, pieces: number, measure: Measure): Area[] => {
  if (pieces === 1) return [area];
  const first = Math.floor(pieces / 2);
  const candidates = Array.from({ length: DIRECTIONS }, (_, index) => {
    const angle = (index * Math.PI) / DIRECTIONS;
    const found = cutAlong(area, angle, first / pieces, measure);
    const { length } = lineAcross(area, angle, 0.5);
    return found && { ...found, cost: found.off + LENGTH_COST * Math.log2(1 + length) };
  }).filter((candidate) => candidate !== undefined);
  const [best] = candidates.toSorted((a, b) => a.cost - b.cost);
  if (best === undefined) return [area];
  return [
    ...divide(best.pieces[0], first, measure),
    ...divide(best.pieces[1], pieces - first, measure),
  ];
};

/**
 * Proposes how to divide an area into `count` pieces of about equal weight, each in one piece, by
 * straight cuts: the area is cut in two as evenly and as shortly as eight directions allow, and
 * each half again. Without any weight inside, areas are made equal. The same input gives the same
 * answer. Fewer pieces come back only where an area cannot be cut at all.
 */
export const balancedSplit = (
  area: Area,
  count: number,
  places: readonly WeightedPlace[],
): BalancedPiece[] =>
  divide(area, count, measureOf(area, places)).map((piece) => ({
    area: piece,
    weight: places.reduce((sum, { at, weight }) => sum + (isInArea(piece, at) ? weight : 0), 0),
  }));
