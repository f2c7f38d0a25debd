import type { Area, LngLat, PolygonRings, Ring } from "../lng-lat.ts";
import { isInRing, keyOf, turnOf, type Segment } from "./segments.ts";

/** Angle from the direction back to where one came from, clockwise, in (0, 2π]. */
const clockwiseFrom = (back: number, direction: number): number => {
  const turn = back - direction;
  return turn <= 0 ? turn + 2 * Math.PI : turn;
};

const directionOf = ([from, to]: Segment): number => Math.atan2(to[1] - from[1], to[0] - from[0]);

/**
 * Rings that directed edges form, each edge used once: at every corner the sharpest left turn, so
 * that a ring goes around one face and no more. Edges of a dead end are left out.
 */
const ringsOf = (edges: readonly Segment[]): Ring[] => {
  const leaving = Map.groupBy(
    edges.map((edge) => ({ edge, used: false })),
    ({ edge }) => keyOf(edge[0]),
  );
  const rings: Ring[] = [];
  for (const first of [...leaving.values()].flat()) {
    if (first.used) continue;
    const ring: Ring = [first.edge[0]];
    const end = keyOf(first.edge[0]);
    let at: typeof first | undefined = first;
    while (at !== undefined) {
      at.used = true;
      const { edge }: { edge: Segment } = at;
      ring.push(edge[1]);
      if (keyOf(edge[1]) === end) break;
      const back = directionOf([edge[1], edge[0]]);
      at = (leaving.get(keyOf(edge[1])) ?? [])
        .filter((next) => !next.used)
        .toSorted(
          (a, b) =>
            clockwiseFrom(back, directionOf(a.edge)) - clockwiseFrom(back, directionOf(b.edge)),
        )[0];
    }
    if (at !== undefined && ring.length >= 4) rings.push(ring);
  }
  return rings;
};

const middleOf = (ring: Ring): LngLat => {
  const [a, b] = ring as [LngLat, LngLat];
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
};

/**
 * The faces of a drawing of directed edges that have their inside on the left; an edge between two
 * faces is there in both directions. Shells run counter-clockwise, holes clockwise (RFC 7946).
 */
export const facesOf = (edges: readonly Segment[]): Area => {
  const rings = ringsOf(edges);
  const faces: PolygonRings[] = rings.filter((ring) => turnOf(ring) > 0).map((ring) => [ring]);
  for (const hole of rings.filter((ring) => turnOf(ring) < 0)) {
    const around = faces
      .filter(([shell]) => isInRing(shell ?? [], middleOf(hole)))
      .toSorted(([a], [b]) => turnOf(a ?? []) - turnOf(b ?? []))[0];
    around?.push(hole);
  }
  return faces;
};
