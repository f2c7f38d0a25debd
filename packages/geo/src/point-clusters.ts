import { fromGeojsonVt } from "vt-pbf";
import { tileX, tileY } from "./tile-key.ts";

/** How many cells a tile's side is divided into for counting: 32 px each on a 512 px tile. */
export const CELLS_A_SIDE_LOG2 = 4;
const EXTENT = 4096;
/** Clusters closer than this (in tile units; 48 px of 512) flow together. */
const MERGE_RADIUS = (48 / 512) * EXTENT;

/**
 * Points of one counting cell, as one `GROUP BY tile_key / tileKeyDivisor(z + 4)` gives them:
 * mean place, number, and — where the cell holds exactly one — the id of it.
 */
export interface PointCell {
  lng: number;
  lat: number;
  count: number;
  id?: string;
  properties?: Record<string, string | number | boolean>;
}

interface Cluster {
  x: number;
  y: number;
  count: number;
  cells: PointCell[];
}

/**
 * A vector tile, layer "points", from counted cells. Heavy cells draw light neighbours in, so the
 * lattice of cells does not show. A cluster has `count`; a single point its `id` and properties.
 *
 * Database and process do work in proportion to the cells on screen, not to the points: nothing
 * like an index of all cases is held in memory.
 */
export function clusterTile(
  z: number,
  x: number,
  y: number,
  cells: readonly PointCell[],
  layer = "points",
): Uint8Array | undefined {
  if (cells.length === 0) return undefined;
  const placed = cells
    .map((cell): Cluster => ({
      x: (tileX(cell.lng, z) - x) * EXTENT,
      y: (tileY(cell.lat, z) - y) * EXTENT,
      count: cell.count,
      cells: [cell],
    }))
    .sort((a, b) => b.count - a.count || a.x - b.x || a.y - b.y);
  const clusters: Cluster[] = [];
  for (const cell of placed) {
    const near = clusters.find((c) => Math.hypot(c.x - cell.x, c.y - cell.y) <= MERGE_RADIUS);
    if (near === undefined) clusters.push(cell);
    else absorb(near, cell);
  }
  const features = clusters.map((cluster) => ({
    type: 1 as const,
    geometry: [[Math.round(cluster.x), Math.round(cluster.y)]] as [number, number][],
    tags: tagsOf(cluster),
  }));
  return fromGeojsonVt({ [layer]: { features } }, { version: 2, extent: EXTENT });
}

function absorb(into: Cluster, cell: Cluster): void {
  const count = into.count + cell.count;
  into.x += ((cell.x - into.x) * cell.count) / count;
  into.y += ((cell.y - into.y) * cell.count) / count;
  into.count = count;
  into.cells.push(...cell.cells);
}

function tagsOf({ count, cells }: Cluster): Record<string, unknown> {
  const [only] = cells;
  if (count > 1 || only?.id === undefined) return { count };
  return { ...only.properties, count, id: only.id };
}
