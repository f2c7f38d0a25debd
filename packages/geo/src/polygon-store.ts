import { orient2d } from "robust-predicates";
import { boundsOf, type Area, type Bounds, type Ring } from "./lng-lat.ts";

/** Edges a slab should hold on average: small enough for speed, large enough to stay compact. */
const EDGES_A_SLAB = 6;
const MAX_SLABS = 4096;

/**
 * One area as typed arrays, ready for exact point tests.
 *
 * The height of the area is cut into horizontal slabs; each slab lists the edges that touch it, so
 * a borough of 30,000 edges costs about as much as a tract of 60.
 *
 * The area is **closed**: a point on its boundary — shell or hole — is in it. Signs come from
 * robust predicates (Shewchuk 1997), so two areas that share an edge always agree which side a
 * point is on, and a point exactly on that edge is in both.
 */
export class PolygonStore {
  readonly bounds: Bounds;
  /** x1, y1, x2, y2 of each edge, lower end first, so both owners of an edge compute the same. */
  readonly #edges: Float64Array;
  readonly #slabStart: Uint32Array;
  readonly #slabEdges: Uint32Array;
  readonly #slabCount: number;
  readonly #slabScale: number;

  constructor(area: Area) {
    this.bounds = boundsOf(area);
    const edges: number[] = [];
    for (const polygon of area) for (const ring of polygon) pushEdges(ring, edges);
    this.#edges = Float64Array.from(edges);
    const edgeCount = edges.length / 4;
    const [, south, , north] = this.bounds;
    this.#slabCount = Math.max(1, Math.min(MAX_SLABS, Math.ceil(edgeCount / EDGES_A_SLAB)));
    this.#slabScale = north > south ? this.#slabCount / (north - south) : 0;

    this.#slabStart = new Uint32Array(this.#slabCount + 1);
    for (let edge = 0; edge < edgeCount; edge++) {
      const last = this.#slabOf(this.#edges[edge * 4 + 3] as number);
      for (let slab = this.#slabOf(this.#edges[edge * 4 + 1] as number); slab <= last; slab++) {
        (this.#slabStart[slab + 1] as number)++;
      }
    }
    for (let slab = 0; slab < this.#slabCount; slab++) {
      (this.#slabStart[slab + 1] as number) += this.#slabStart[slab] as number;
    }
    const next = this.#slabStart.slice();
    this.#slabEdges = new Uint32Array(this.#slabStart[this.#slabCount] as number);
    for (let edge = 0; edge < edgeCount; edge++) {
      const last = this.#slabOf(this.#edges[edge * 4 + 3] as number);
      for (let slab = this.#slabOf(this.#edges[edge * 4 + 1] as number); slab <= last; slab++) {
        const at = next[slab] as number;
        this.#slabEdges[at] = edge * 4;
        next[slab] = at + 1;
      }
    }
  }

  #slabOf(lat: number): number {
    const slab = Math.floor((lat - this.bounds[1]) * this.#slabScale);
    return slab < 0 ? 0 : slab >= this.#slabCount ? this.#slabCount - 1 : slab;
  }

  /** Whether an edge may touch the box. Errs towards yes: the boxes of edges are compared. */
  mayTouch([west, south, east, north]: Bounds): boolean {
    const edges = this.#edges;
    const last = this.#slabOf(north);
    for (let slab = this.#slabOf(south); slab <= last; slab++) {
      const end = this.#slabStart[slab + 1] as number;
      for (let i = this.#slabStart[slab] as number; i < end; i++) {
        const edge = this.#slabEdges[i] as number;
        if ((edges[edge + 1] as number) > north || (edges[edge + 3] as number) < south) continue;
        const x1 = edges[edge] as number;
        const x2 = edges[edge + 2] as number;
        if ((x1 >= west || x2 >= west) && (x1 <= east || x2 <= east)) return true;
      }
    }
    return false;
  }

  /** Whether the closed area holds the point. Even-odd rule over shells and holes. */
  covers(lng: number, lat: number): boolean {
    const [west, south, east, north] = this.bounds;
    if (!(lng >= west && lng <= east && lat >= south && lat <= north)) return false;
    const edges = this.#edges;
    const slab = this.#slabOf(lat);
    const end = this.#slabStart[slab + 1] as number;
    let inside = false;
    for (let i = this.#slabStart[slab] as number; i < end; i++) {
      const edge = this.#slabEdges[i] as number;
      const y1 = edges[edge + 1] as number;
      const y2 = edges[edge + 3] as number;
      if (y1 > lat || y2 < lat) continue;
      const x1 = edges[edge] as number;
      const x2 = edges[edge + 2] as number;
      if (x1 < lng && x2 < lng) continue;
      // Half-open in latitude, so a ray through a vertex counts it once.
      const crosses = y1 <= lat && lat < y2;
      if (x1 > lng && x2 > lng) {
        if (crosses) inside = !inside;
        continue;
      }
      const side = orient2d(x1, y1, x2, y2, lng, lat);
      if (side === 0) return true;
      // Negative: the point is left of the upward edge, so the ray to the east meets it.
      if (crosses && side < 0) inside = !inside;
    }
    return inside;
  }
}

function pushEdges(ring: Ring, edges: number[]): void {
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1] as Ring[number];
    const [x2, y2] = ring[i] as Ring[number];
    if (x1 === x2 && y1 === y2) continue;
    if (y1 < y2 || (y1 === y2 && x1 < x2)) edges.push(x1, y1, x2, y2);
    else edges.push(x2, y2, x1, y1);
  }
}
