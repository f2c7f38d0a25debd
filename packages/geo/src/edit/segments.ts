import { orient2d } from "robust-predicates";
import type { Area, LngLat, PolygonRings, Ring } from "../lng-lat.ts";

/**
 * How far a position may lie from another one, or from an edge, and still be on it: some tenths of
 * a millimetre, which is what drawing tools that keep nine decimals leave of a snapped position.
 */
export const SAME_PLACE_DEG = 2e-9;

export type Segment = readonly [from: LngLat, to: LngLat];

export const keyOf = ([lng, lat]: LngLat): string => `${lng},${lat}`;

export const isSame = (a: LngLat, b: LngLat): boolean => a[0] === b[0] && a[1] === b[1];

export const isNear = (a: LngLat, b: LngLat): boolean =>
  Math.abs(a[0] - b[0]) <= SAME_PLACE_DEG && Math.abs(a[1] - b[1]) <= SAME_PLACE_DEG;

/** Where the foot of a place lies along a segment: 0 at its beginning, 1 at its end. */
export const alongOf = ([from, to]: Segment, place: LngLat): number => {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length2 = dx * dx + dy * dy;
  return length2 === 0 ? 0 : ((place[0] - from[0]) * dx + (place[1] - from[1]) * dy) / length2;
};

/** Whether the place lies on the segment, strictly between its ends. */
export const isOnSegment = (segment: Segment, place: LngLat): boolean => {
  const [from, to] = segment;
  const [w, e] = from[0] < to[0] ? [from[0], to[0]] : [to[0], from[0]];
  const [s, n] = from[1] < to[1] ? [from[1], to[1]] : [to[1], from[1]];
  const [x, y] = place;
  if (x < w - SAME_PLACE_DEG || x > e + SAME_PLACE_DEG) return false;
  if (y < s - SAME_PLACE_DEG || y > n + SAME_PLACE_DEG) return false;
  if (isNear(place, from) || isNear(place, to)) return false;
  const along = alongOf(segment, place);
  if (!(along > 0 && along < 1)) return false;
  const foot: LngLat = [from[0] + along * (to[0] - from[0]), from[1] + along * (to[1] - from[1])];
  return isNear(foot, place);
};

/** Place where two segments cross, each inside the other; undefined when they only touch or miss. */
export const crossingOf = ([a, b]: Segment, [c, d]: Segment): LngLat | undefined => {
  const side = (p: LngLat, q: LngLat, r: LngLat) => orient2d(p[0], p[1], q[0], q[1], r[0], r[1]);
  const [c1, d1] = [side(a, b, c), side(a, b, d)];
  if (c1 === 0 || d1 === 0 || c1 > 0 === d1 > 0) return undefined;
  const [a1, b1] = [side(c, d, a), side(c, d, b)];
  if (a1 === 0 || b1 === 0 || a1 > 0 === b1 > 0) return undefined;
  const share = a1 / (a1 - b1);
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
};

/** Edges of a ring, without those of no length. */
export const segmentsOf = (ring: readonly LngLat[]): Segment[] =>
  ring
    .slice(1)
    .map((to, index): Segment => [ring[index] as LngLat, to])
    .filter(([from, to]) => !isSame(from, to));

/** Edges of every ring of an area. */
export const edgesOf = (area: Area): Segment[] =>
  area.flatMap((polygon) => polygon.flatMap(segmentsOf));

/** Twice the signed area in square degrees: positive when the ring turns counter-clockwise. */
export const turnOf = (ring: readonly LngLat[]): number => {
  const [x, y] = ring[0] ?? [0, 0];
  return segmentsOf(ring).reduce(
    (sum, [a, b]) => sum + (a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y),
    0,
  );
};

const M_A_DEGREE = 111_320;
const RAD = Math.PI / 180;

/**
 * Area of a polygon in m² on a plane, good to a percent, and exact about slivers: an edge that has
 * a corner more than its neighbour bends on the ellipsoid, and `areaM2` counts that as ground.
 */
export const planeM2 = (polygon: PolygonRings): number => {
  const scale = M_A_DEGREE ** 2 * Math.cos((polygon[0]?.[0]?.[1] ?? 0) * RAD);
  const [shell, ...holes] = polygon.map((ring) => (Math.abs(turnOf(ring)) / 2) * scale);
  return holes.reduce((sum, hole) => sum - hole, shell ?? 0);
};

/** The rings of an area with the inside on their left: shells counter-clockwise, holes clockwise. */
export const insideLeft = (area: Area): Ring[] =>
  area.flatMap((polygon) =>
    polygon.map((ring, index) => (turnOf(ring) > 0 === (index === 0) ? ring : ring.toReversed())),
  );

/** Whether the place lies inside the ring; on its edge either answer may come. */
export const isInRing = (ring: readonly LngLat[], [x, y]: LngLat): boolean => {
  let inside = false;
  for (const [a, b] of segmentsOf(ring)) {
    if (a[1] > y === b[1] > y) continue;
    if (x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
};

export const isInArea = (area: Area, place: LngLat): boolean =>
  area.some(
    ([shell, ...holes]) =>
      isInRing(shell ?? [], place) && !holes.some((hole) => isInRing(hole, place)),
  );

/**
 * A place inside the area for pointing at it: the middle of the longest stretch of three lines of
 * latitude through its largest part.
 */
export const placeIn = (area: Area): LngLat => {
  const part = area.toSorted(
    ([a], [b]) => Math.abs(turnOf(b ?? [])) - Math.abs(turnOf(a ?? [])),
  )[0];
  const lats = (part?.[0] ?? []).map(([, lat]) => lat);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  let best: { at: LngLat; width: number } | undefined;
  for (const share of [0.5, 0.31, 0.71]) {
    const y = south + share * (north - south);
    const cuts = (part ?? [])
      .flatMap(segmentsOf)
      .filter(([a, b]) => a[1] > y !== b[1] > y)
      .map(([a, b]) => ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0])
      .toSorted((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const [west, east] = [cuts[i] as number, cuts[i + 1] as number];
      if (best === undefined || east - west > best.width) {
        best = { at: [(west + east) / 2, y], width: east - west };
      }
    }
  }
  return best?.at ?? part?.[0]?.[0] ?? [NaN, NaN];
};
