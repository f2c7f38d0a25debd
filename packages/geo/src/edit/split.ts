import { areaM2 } from "../area.ts";
import type { Area, LngLat, PolygonRings } from "../lng-lat.ts";
import { facesOf } from "./faces.ts";
import {
  alongOf,
  crossingOf,
  insideLeft,
  isInArea,
  isNear,
  isOnSegment,
  isSame,
  keyOf,
  segmentsOf,
  type Segment,
} from "./segments.ts";

export type SplitRefusal = "line_too_short" | "line_crosses_itself" | "line_does_not_divide";

/** A segment cut at the places on it, in their order. */
const cutAt = (segment: Segment, places: readonly LngLat[]): Segment[] => {
  const inOrder = places.toSorted((a, b) => alongOf(segment, a) - alongOf(segment, b));
  return segmentsOf([segment[0], ...inOrder, segment[1]]);
};

/** The nearest of the corners to where the place belongs, or the place itself. */
const snapped = (place: LngLat, corners: readonly LngLat[]): LngLat =>
  corners.find((corner) => isNear(corner, place)) ?? place;

const crossesItself = (line: readonly Segment[]): boolean =>
  line.some((one, index) =>
    line
      .slice(index + 1)
      .some(
        (other, gap) =>
          crossingOf(one, other) !== undefined ||
          (gap > 0 && one.some((end) => other.some((place) => isSame(end, place)))),
      ),
  );

/** Rings and line with each other's corners and crossings as corners of their own. */
const noded = (rings: readonly Segment[], line: readonly Segment[]) => {
  const ringCorners = rings.map(([from]) => from);
  const lineCorners = [...line.map(([from]) => from), ...line.slice(-1).map(([, to]) => to)];
  const onRing = rings.map((): LngLat[] => []);
  const onLine = line.map((): LngLat[] => []);
  rings.forEach((edge, r) => {
    line.forEach((piece, l) => {
      const crossing = crossingOf(edge, piece);
      if (crossing === undefined) return;
      const at = snapped(snapped(crossing, piece), edge);
      if (!edge.some((end) => isSame(end, at))) onRing[r]?.push(at);
      if (!piece.some((end) => isSame(end, at))) onLine[l]?.push(at);
    });
    onRing[r]?.push(...lineCorners.filter((corner) => isOnSegment(edge, corner)));
  });
  line.forEach((piece, l) => {
    onLine[l]?.push(...ringCorners.filter((corner) => isOnSegment(piece, corner)));
  });
  return {
    edges: rings.flatMap((edge, r) => cutAt(edge, onRing[r] ?? [])),
    pieces: line.flatMap((piece, l) => cutAt(piece, onLine[l] ?? [])),
  };
};

/** Without the pieces that lead nowhere: a cut goes from the boundary to the boundary. */
const withoutDeadEnds = (pieces: Segment[], anchors: ReadonlySet<string>): Segment[] => {
  let left = pieces;
  for (;;) {
    const degree = new Map<string, number>();
    for (const end of left.flat()) degree.set(keyOf(end), (degree.get(keyOf(end)) ?? 0) + 1);
    const kept = left.filter((piece) =>
      piece.every((end) => anchors.has(keyOf(end)) || (degree.get(keyOf(end)) ?? 0) > 1),
    );
    if (kept.length === left.length) return kept;
    left = kept;
  }
};

const splitPart = (polygon: PolygonRings, drawn: readonly LngLat[]): Area => {
  const rings = insideLeft([polygon]).flatMap(segmentsOf);
  const corners = rings.map(([from]) => from);
  const line = segmentsOf(drawn.map((place) => snapped(place, corners)));
  const { edges, pieces } = noded(rings, line);
  const known = new Set(edges.flatMap(([a, b]) => [keyOf(a) + keyOf(b), keyOf(b) + keyOf(a)]));
  const inside = pieces.filter(
    ([a, b]) =>
      !known.has(keyOf(a) + keyOf(b)) &&
      isInArea([polygon], [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]),
  );
  const cut = withoutDeadEnds(inside, new Set(edges.map(([from]) => keyOf(from))));
  if (cut.length === 0) return [polygon];
  return facesOf([
    ...edges,
    ...cut.flatMap(([a, b]): Segment[] => [
      [a, b],
      [b, a],
    ]),
  ]);
};

/**
 * Divides an area along a drawn line. The line may reach over the boundary, and only what leads
 * from boundary to boundary cuts. Corners of the area are kept as they are, the pieces share the
 * corners of the cut exactly, so nothing is lost and nothing overlaps. Parts of an area of several
 * parts that the line does not cut stay with the largest piece. Largest piece first.
 */
export const splitByLine = (
  area: Area,
  line: readonly LngLat[],
): { pieces: Area[] } | { refused: SplitRefusal } => {
  const drawn = line.filter((place, i) => i === 0 || !isNear(place, line[i - 1] as LngLat));
  if (drawn.length < 2) return { refused: "line_too_short" };
  if (crossesItself(segmentsOf(drawn))) return { refused: "line_crosses_itself" };
  const whole: Area = [];
  const pieces: Area[] = [];
  for (const polygon of area) {
    const parts = splitPart(polygon, drawn);
    if (parts.length < 2) whole.push(polygon);
    else pieces.push(...parts.map((part): Area => [part]));
  }
  if (pieces.length === 0) return { refused: "line_does_not_divide" };
  const [largest, ...others] = pieces.toSorted((a, b) => areaM2(b) - areaM2(a));
  return { pieces: [[...(largest ?? []), ...whole], ...others] };
};
