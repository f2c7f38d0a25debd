/** A place as [longitude, latitude] in decimal degrees, WGS-84 / CGCS2000. */
export type LngLat = readonly [lng: number, lat: number];

/** A closed ring: the first position is repeated at the end, at least four positions. */
export type Ring = LngLat[];

/** One polygon: the shell first, then its holes. */
export type PolygonRings = Ring[];

/**
 * Every area of the system inside the process: the coordinates of a GeoJSON MultiPolygon.
 * A plain Polygon is a MultiPolygon of one part, so no code needs two branches.
 */
export type Area = PolygonRings[];

/** [west, south, east, north] in degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** The same positions as plain lists, as they go over the wire. */
export const plainPositions = (area: Area): [lng: number, lat: number][][][] =>
  area.map((polygon) => polygon.map((ring) => ring.map(([lng, lat]) => [lng, lat])));

/** Smallest bounds that hold every shell of the area. An empty area gives infinite, inverted bounds. */
export function boundsOf(area: Area): Bounds {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (const polygon of area) {
    for (const [lng, lat] of polygon[0] ?? []) {
      if (lng < west) west = lng;
      if (lng > east) east = lng;
      if (lat < south) south = lat;
      if (lat > north) north = lat;
    }
  }
  return [west, south, east, north];
}

/** Smallest bounds that hold both. */
export function joinBounds(a: Bounds, b: Bounds): Bounds {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** How many positions an area holds, closing positions included. */
export function positionCount(area: Area): number {
  let count = 0;
  for (const polygon of area) for (const ring of polygon) count += ring.length;
  return count;
}
