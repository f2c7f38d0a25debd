import type { Area, LngLat, Ring } from "../lng-lat.ts";
import { alongOf, edgesOf, isNear, isOnSegment, isSame, type Segment } from "./segments.ts";

/** The areas of siblings by key: a boundary between two of them has the same corners in both. */
export type Siblings = ReadonlyMap<string, Area>;

const mapRings = (areas: Siblings, change: (ring: Ring) => Ring): Map<string, Area> =>
  new Map(
    [...areas].map(([key, area]) => [key, area.map((polygon) => polygon.map(change))] as const),
  );

/**
 * Gives every edge the corners that siblings have on it, so that a corner that is moved takes all
 * of its neighbours along. Nothing moves by more than `SAME_PLACE_DEG`.
 */
export const shareCorners = (areas: Siblings): Map<string, Area> => {
  const corners = [...areas.values()].flatMap((area) => edgesOf(area).map(([from]) => from));
  const byLng = corners.toSorted((a, b) => a[0] - b[0]);
  const lngs = byLng.map(([lng]) => lng);
  const firstFrom = (lng: number): number => {
    let [low, high] = [0, lngs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lngs[middle] as number) < lng) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const between = (segment: Segment): LngLat[] => {
    const [from, to] = segment;
    const found: LngLat[] = [];
    const east = Math.max(from[0], to[0]) + 1e-8;
    for (let i = firstFrom(Math.min(from[0], to[0]) - 1e-8); i < byLng.length; i++) {
      const corner = byLng[i] as LngLat;
      if (corner[0] > east) break;
      if (!isOnSegment(segment, corner) || found.some((known) => isNear(known, corner))) continue;
      found.push(corner);
    }
    return found.toSorted((a, b) => alongOf(segment, a) - alongOf(segment, b));
  };
  return mapRings(areas, (ring) =>
    ring.flatMap((to, index) => {
      const from = ring[index - 1];
      return from === undefined || isSame(from, to) ? [to] : [...between([from, to]), to];
    }),
  );
};

/** Moves a corner of every area that has it. */
export const moveCorner = (areas: Siblings, from: LngLat, to: LngLat): Map<string, Area> =>
  mapRings(areas, (ring) => ring.map((place) => (isSame(place, from) ? to : place)));

/** Puts a new corner on the edge between two corners, in every area that has this edge. */
export const insertCorner = (areas: Siblings, [a, b]: Segment, corner: LngLat): Map<string, Area> =>
  mapRings(areas, (ring) =>
    ring.flatMap((to, index) => {
      const from = ring[index - 1];
      const here =
        from !== undefined &&
        ((isSame(from, a) && isSame(to, b)) || (isSame(from, b) && isSame(to, a)));
      return here ? [corner, to] : [to];
    }),
  );

/** Takes a corner out of every area that has it; undefined when a ring would be left without a face. */
export const removeCorner = (areas: Siblings, corner: LngLat): Map<string, Area> | undefined => {
  let flat = false;
  const left = mapRings(areas, (ring) => {
    const kept = ring.slice(1).filter((place) => !isSame(place, corner));
    const last = kept.at(-1);
    if (kept.length < 3 || last === undefined) flat = true;
    return last === undefined ? [] : [last, ...kept];
  });
  return flat ? undefined : left;
};

/**
 * Carries what a drawing tool did to one area over to its siblings: corners that were moved, put in
 * or taken out. Undefined when the new outline is not the old one with one run of corners changed.
 */
export const reshape = (
  areas: Siblings,
  key: string,
  after: Area,
): Map<string, Area> | undefined => {
  const before = areas.get(key);
  if (before === undefined || before.length !== after.length) return undefined;
  let shaped: Map<string, Area> | undefined = new Map(areas);
  for (const [p, polygon] of before.entries()) {
    for (const [r, old] of polygon.entries()) {
      const drawn = after[p]?.[r];
      if (drawn === undefined) return undefined;
      shaped = shaped && reshapeRing(shaped, old, drawn);
    }
  }
  return shaped;
};

const reshapeRing = (
  areas: Map<string, Area>,
  oldRing: Ring,
  newRing: Ring,
): Map<string, Area> | undefined => {
  const old = oldRing.slice(0, -1);
  const drawn = newRing.slice(0, -1).map((place) => old.find((o) => isNear(o, place)) ?? place);
  if (drawn.length === old.length) {
    return old.reduce<Map<string, Area>>((all, from, index) => {
      const to = drawn[index] as LngLat;
      return isSame(from, to) ? all : moveCorner(all, from, to);
    }, areas);
  }
  if (drawn.length === old.length - 1) {
    const gone = old.find((place) => !drawn.some((d) => isSame(d, place)));
    return gone && removeCorner(areas, gone);
  }
  if (drawn.length !== old.length + 1) return undefined;
  const index = drawn.findIndex((place) => !old.some((o) => isSame(o, place)));
  const corner = drawn[index];
  if (corner === undefined) return undefined;
  const edge: Segment = [
    drawn.at(index - 1) as LngLat,
    drawn[(index + 1) % drawn.length] as LngLat,
  ];
  return insertCorner(areas, edge, corner);
};
