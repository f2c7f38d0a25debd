import { areaM2 } from "../area.ts";
import { boundsOf, type Area, type LngLat } from "../lng-lat.ts";
import { commonOf, togetherOf, withoutAreas } from "./overlay.ts";
import { crossingOf, edgesOf, placeIn, planeM2, type Segment } from "./segments.ts";

export type PartitionFinding = {
  /** Two siblings overlap; nobody covers a piece; a piece lies outside the parent; a ring crosses itself. */
  kind: "overlap" | "gap" | "outside" | "crossing";
  /** Keys of the siblings it is about; none for a gap. */
  keys: string[];
  at: LngLat;
  /** 0 for a crossing. */
  areaM2: number;
};

/** Where an outline crosses itself; undefined when it does not. */
export const selfCrossing = (area: Area): LngLat | undefined => {
  const west = ([a, b]: Segment) => Math.min(a[0], b[0]);
  const east = ([a, b]: Segment) => Math.max(a[0], b[0]);
  const edges = edgesOf(area).toSorted((a, b) => west(a) - west(b));
  for (const [index, edge] of edges.entries()) {
    for (let next = index + 1; next < edges.length; next++) {
      const other = edges[next] as Segment;
      if (west(other) > east(edge)) break;
      const at = crossingOf(edge, other);
      if (at !== undefined) return at;
    }
  }
  return undefined;
};

const mayMeet = (a: Area, b: Area): boolean => {
  const [w1, s1, e1, n1] = boundsOf(a);
  const [w2, s2, e2, n2] = boundsOf(b);
  return w1 < e2 && w2 < e1 && s1 < n2 && s2 < n1;
};

/** Connected pieces above the tolerance, largest first. */
const piecesOf = (
  area: Area,
  toleranceM2: number,
  of: Pick<PartitionFinding, "kind" | "keys">,
): PartitionFinding[] =>
  area
    .filter((polygon) => planeM2(polygon) > toleranceM2)
    .map((polygon) => ({ ...of, at: placeIn([polygon]), areaM2: areaM2([polygon]) }))
    .toSorted((a, b) => b.areaM2 - a.areaM2);

/**
 * Whether children divide their parent: none overlaps another, together they cover it, none reaches
 * out. Every finding says where and how much; pieces up to the tolerance are forgiven. The same
 * function judges while somebody draws and before anything takes effect.
 */
export const checkPartition = (
  parent: Area,
  children: ReadonlyMap<string, Area>,
  toleranceM2: number,
): PartitionFinding[] => {
  const all = [...children];
  const crossings = all.flatMap(([key, area]): PartitionFinding[] => {
    const at = selfCrossing(area);
    return at === undefined ? [] : [{ kind: "crossing", keys: [key], at, areaM2: 0 }];
  });
  if (crossings.length > 0) return crossings;
  const overlaps = all.flatMap(([key, area], index) =>
    all
      .slice(index + 1)
      .flatMap(([otherKey, other]) =>
        mayMeet(area, other)
          ? piecesOf(commonOf(area, other), toleranceM2, { kind: "overlap", keys: [key, otherKey] })
          : [],
      ),
  );
  const covered = togetherOf(all.map(([, area]) => area));
  const gaps = piecesOf(withoutAreas(parent, covered.length === 0 ? [] : [covered]), toleranceM2, {
    kind: "gap",
    keys: [],
  });
  const outside = all.flatMap(([key, area]) =>
    piecesOf(withoutAreas(area, [parent]), toleranceM2, { kind: "outside", keys: [key] }),
  );
  return [...overlaps, ...gaps, ...outside];
};
