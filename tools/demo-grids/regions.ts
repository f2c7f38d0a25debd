import type { Mesh, Point } from "./mesh.ts";

/** A region to be grown: how much of the whole it takes, and where it should lie. */
export interface RegionWish {
  share: number;
  /** Stays at this place; without it the region finds its own. */
  at?: Point;
}

export interface DivideOptions {
  random: () => number;
  /** What a cell counts towards a share; every cell the same unless told. */
  sizeOf?: (cell: number) => number;
  /** Where a region without a place of its own may begin; anywhere unless told. */
  mayBegin?: (place: Point) => boolean;
}

const ROUNDS = 12;

/**
 * Divides a connected set of cells into connected regions of about the wished shares. Regions grow
 * in turn, the emptiest first, each taking the free cell at its edge that is nearest to its place;
 * then every place moves to the middle of its region and they grow anew, which rounds them
 * (capacitated Lloyd). Answers the cells of each region, in the order of the wishes.
 */
export function divide(
  mesh: Mesh,
  cells: readonly number[],
  wishes: readonly RegionWish[],
  { random, sizeOf = () => 1, mayBegin = () => true }: DivideOptions,
): number[][] {
  const starts = cells.filter((cell) => mayBegin(mesh.centres[cell] as Point));
  const places = startPlaces(mesh, starts, wishes, random);
  let regions: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    regions = grow(mesh, cells, wishes, places, sizeOf);
    regions.forEach((region, i) => {
      if (wishes[i]?.at === undefined) places[i] = middleOf(mesh, region);
    });
  }
  return regions;
}

function startPlaces(
  mesh: Mesh,
  cells: readonly number[],
  wishes: readonly RegionWish[],
  random: () => number,
): Point[] {
  const places: Point[] = wishes.flatMap((wish) => (wish.at ? [wish.at] : []));
  const free: Point[] = [];
  while (places.length + free.length < wishes.length) {
    // The farthest of a few random cells: apart, but not in rows.
    const tries = Array.from(
      { length: 8 },
      () => mesh.centres[cells[Math.floor(random() * cells.length)] as number] as Point,
    );
    const apart = (point: Point): number =>
      Math.min(Infinity, ...[...places, ...free].map((place) => squared(place, point)));
    free.push(tries.reduce((best, point) => (apart(point) > apart(best) ? point : best)));
  }
  return wishes.map((wish) => wish.at ?? (free.shift() as Point));
}

interface Growing {
  place: Point;
  wanted: number;
  size: number;
  cells: number[];
  /** Free cells at its edge; some may have been taken by others meanwhile. */
  edge: Set<number>;
}

function grow(
  mesh: Mesh,
  cells: readonly number[],
  wishes: readonly RegionWish[],
  places: readonly Point[],
  sizeOf: (cell: number) => number,
): number[][] {
  const free = new Set(cells);
  const regions = wishes.map(({ share: wanted }, i): Growing => {
    const place = places[i] as Point;
    return { place, wanted, size: 0, cells: [], edge: new Set() };
  });
  const take = (region: Growing, cell: number): void => {
    free.delete(cell);
    region.cells.push(cell);
    region.size += sizeOf(cell);
    for (const other of mesh.neighbours[cell] as number[]) {
      if (free.has(other)) region.edge.add(other);
    }
  };
  for (const region of regions) take(region, nearest(mesh, free, region.place));
  while (free.size > 0) {
    const growing = regions.filter((region) => region.edge.size > 0);
    if (growing.length === 0) throw new Error("the cells are not connected");
    const emptiest = growing.reduce((a, b) => (b.size / b.wanted < a.size / a.wanted ? b : a));
    for (const cell of emptiest.edge) if (!free.has(cell)) emptiest.edge.delete(cell);
    if (emptiest.edge.size > 0) take(emptiest, nearest(mesh, emptiest.edge, emptiest.place));
  }
  return regions.map((region) => region.cells);
}

function nearest(mesh: Mesh, cells: Iterable<number>, place: Point): number {
  let best = -1;
  let least = Infinity;
  for (const cell of cells) {
    const distance = squared(mesh.centres[cell] as Point, place);
    if (distance < least) {
      least = distance;
      best = cell;
    }
  }
  return best;
}

function middleOf(mesh: Mesh, cells: readonly number[]): Point {
  let x = 0;
  let y = 0;
  for (const cell of cells) {
    const [cellX, cellY] = mesh.centres[cell] as Point;
    x += cellX / cells.length;
    y += cellY / cells.length;
  }
  return [x, y];
}

function squared([x0, y0]: Point, [x1, y1]: Point): number {
  return (x0 - x1) ** 2 + (y0 - y1) ** 2;
}
