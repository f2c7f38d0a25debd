import fc from "fast-check";
import type { Area, LngLat, Ring } from "../src/index.ts";

export interface Partition {
  cells: { code: string; area: Area }[];
  /** Lattice of shared corners, row by row. */
  corners: LngLat[][];
}

/** A gap-free partition of a jittered rectangle: neighbours share their corners exactly. */
export function partitionOf(columns: number, rows: number, jitter: readonly number[]): Partition {
  let next = 0;
  // Up to a fifth of a cell each way: every cell stays convex, so nothing crosses itself.
  const shake = (): number => ((jitter[next++ % jitter.length] ?? 0) - 0.5) * 0.4;
  const corners = Array.from({ length: rows + 1 }, (_, row) =>
    Array.from({ length: columns + 1 }, (__, column): LngLat => {
      // Odd factors, so that coordinates are no round binary fractions.
      return [107.1 + (column + shake()) * 0.0137, 30.3 + (row + shake()) * 0.0113];
    }),
  );
  const at = (row: number, column: number): LngLat => corners[row]?.[column] as LngLat;
  const cells = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const ring: Ring = [
        at(row, column),
        at(row, column + 1),
        at(row + 1, column + 1),
        at(row + 1, column),
        at(row, column),
      ];
      cells.push({ code: `C${100 + row * columns + column}`, area: [[ring]] satisfies Area });
    }
  }
  return { cells, corners };
}

/** Random partitions of up to 6 × 6 cells. */
export const partitions: fc.Arbitrary<Partition> = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 6 }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 98 }),
  )
  .map(([columns, rows, jitter]) => partitionOf(columns, rows, jitter));

/** A place between others by weights: inside for a cell's corners, on the edge for two. */
export function mix(places: readonly LngLat[], weights: readonly number[]): LngLat {
  const total = places.reduce((sum, _, i) => sum + (weights[i] ?? 0), 0);
  const sum = (axis: 0 | 1): number =>
    places.reduce((all, place, i) => all + place[axis] * (weights[i] ?? 0), 0) / total;
  return [sum(0), sum(1)];
}
