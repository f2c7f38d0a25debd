import { Delaunay } from "d3-delaunay";

/** A point in kilometres east and north of the county's middle. */
export type Point = [x: number, y: number];

/** Small cells that fill the county. They share vertices, so unions of them fit exactly. */
export interface Mesh {
  vertices: Point[];
  /** Vertex numbers of each cell, counter-clockwise, not closed. */
  cells: number[][];
  centres: Point[];
  /** Cells that share an edge with each cell. */
  neighbours: number[][];
}

/** The outline before it is made of cells, and how densely cells lie. */
export interface Shape {
  inside(point: Point): boolean;
  /** Relative density of cells, up to 1. */
  density(point: Point): number;
  halfSizeKm: Point;
}

/** Vertices closer than this are one: 0.5 m. */
const SNAP_KM = 0.0005;
const RELAXATIONS = 3;

/**
 * Fills the shape with about `count` Voronoi cells: random sites by density, relaxed towards the
 * middle of their cells (Lloyd 1982), which makes cells rounder and edges longer.
 */
export function buildMesh(shape: Shape, count: number, random: () => number): Mesh {
  const [halfX, halfY] = shape.halfSizeKm;
  const bounds: [number, number, number, number] = [-halfX, -halfY, halfX, halfY];
  let sites: Point[] = [];
  let inside = 0;
  while (inside < count) {
    const site: Point = [(random() * 2 - 1) * halfX, (random() * 2 - 1) * halfY];
    if (random() > shape.density(site)) continue;
    sites.push(site);
    if (shape.inside(site)) inside += 1;
  }
  for (let round = 0; round < RELAXATIONS; round++) {
    const voronoi = Delaunay.from(sites).voronoi(bounds);
    sites = sites.map((site, i) => middleOf(openRing(voronoi.cellPolygon(i))) ?? site);
  }
  const voronoi = Delaunay.from(sites).voronoi(bounds);
  const kept = sites.map((_, i) => i).filter((i) => shape.inside(sites[i] as Point));
  return assemble(
    kept.map((i) => sites[i] as Point),
    kept.map((i) => openRing(voronoi.cellPolygon(i))),
  );
}

function openRing(ring: readonly Point[] | null): Point[] {
  return ring === null ? [] : ring.slice(0, -1);
}

/** Centroid of a polygon. */
function middleOf(ring: readonly Point[]): Point | undefined {
  let area = 0;
  let x = 0;
  let y = 0;
  ring.forEach(([x0, y0], i) => {
    const [x1, y1] = ring[(i + 1) % ring.length] as Point;
    const cross = x0 * y1 - x1 * y0;
    area += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  });
  return area === 0 ? undefined : [x / (3 * area), y / (3 * area)];
}

function assemble(centres: Point[], rings: Point[][]): Mesh {
  const vertices: Point[] = [];
  const numberOf = new Map<string, number>();
  const cellOfEdge = new Map<string, number>();
  const neighbours: number[][] = rings.map(() => []);
  const cells = rings.map((ring, cell) => {
    const numbers = ring.map(([x, y]) => {
      const key = `${Math.round(x / SNAP_KM)},${Math.round(y / SNAP_KM)}`;
      const known = numberOf.get(key);
      if (known !== undefined) return known;
      vertices.push([x, y]);
      numberOf.set(key, vertices.length - 1);
      return vertices.length - 1;
    });
    const loop = numbers.filter((n, i) => n !== numbers[(i + 1) % numbers.length]);
    const turned = signedArea(loop.map((n) => vertices[n] as Point)) < 0 ? loop.toReversed() : loop;
    turned.forEach((from, i) => {
      const to = turned[(i + 1) % turned.length] as number;
      cellOfEdge.set(`${from}-${to}`, cell);
      const other = cellOfEdge.get(`${to}-${from}`);
      if (other !== undefined) {
        neighbours[cell]?.push(other);
        neighbours[other]?.push(cell);
      }
    });
    return turned;
  });
  return { vertices, cells, centres, neighbours };
}

/** Positive for a counter-clockwise ring. */
export function signedArea(ring: readonly Point[]): number {
  let sum = 0;
  ring.forEach(([x0, y0], i) => {
    const [x1, y1] = ring[(i + 1) % ring.length] as Point;
    sum += x0 * y1 - x1 * y0;
  });
  return sum / 2;
}
