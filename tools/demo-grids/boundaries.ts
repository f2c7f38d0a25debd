import { signedArea, type Mesh, type Point } from "./mesh.ts";

const SMOOTHINGS = 3;

/** The ring around a connected set of cells, as vertex numbers, counter-clockwise, not closed. */
export function ringAround(mesh: Mesh, cells: readonly number[]): number[] {
  const next = new Map<number, number>();
  for (const [from, to] of boundaryEdges(mesh, cells)) {
    if (next.has(from)) throw new Error(`the boundary touches itself at vertex ${from}`);
    next.set(from, to);
  }
  const [start] = next.keys();
  if (start === undefined) throw new Error("no cells");
  const ring: number[] = [];
  let at = start;
  do {
    ring.push(at);
    at = next.get(at) as number;
  } while (at !== start);
  if (ring.length !== next.size) throw new Error("a region with a hole or in two pieces");
  return ring;
}

/** Directed edges whose other side is not in the set. */
function boundaryEdges(mesh: Mesh, cells: readonly number[]): [number, number][] {
  const edges = new Map<string, [number, number]>();
  for (const cell of cells) {
    const loop = mesh.cells[cell] as number[];
    loop.forEach((from, i) => {
      const to = loop[(i + 1) % loop.length] as number;
      if (!edges.delete(`${to}-${from}`)) edges.set(`${from}-${to}`, [from, to]);
    });
  }
  return [...edges.values()];
}

/**
 * Smooths the boundaries between regions: a vertex on one boundary moves towards the middle of its
 * two neighbours, a vertex where boundaries meet stays. Vertices move, rings stay: whatever shared
 * an edge before shares it after.
 */
export function smooth(mesh: Mesh, rings: readonly number[][]): Point[] {
  const beside = new Map<number, Set<number>>();
  const note = (vertex: number, other: number): void => {
    beside.set(vertex, (beside.get(vertex) ?? new Set()).add(other));
  };
  for (const ring of rings) {
    ring.forEach((from, i) => {
      const to = ring[(i + 1) % ring.length] as number;
      note(from, to);
      note(to, from);
    });
  }
  let vertices = mesh.vertices;
  for (let round = 0; round < SMOOTHINGS; round++) {
    const before = vertices;
    vertices = before.map(([x, y], vertex): Point => {
      const [a, b, more] = [...(beside.get(vertex) ?? [])].map((other) => before[other] as Point);
      if (a === undefined || b === undefined || more !== undefined) return [x, y];
      return [x / 2 + (a[0] + b[0]) / 4, y / 2 + (a[1] + b[1]) / 4];
    });
  }
  return vertices;
}

/** Area of a ring of vertex numbers in km². */
export function ringAreaKm2(vertices: readonly Point[], ring: readonly number[]): number {
  return signedArea(ring.map((vertex) => vertices[vertex] as Point));
}
