import gcoord from "gcoord";
import type { Area, LngLat } from "./lng-lat.ts";

/**
 * Coordinate systems accepted at the edge. Inside, everything is WGS-84; CGCS2000 (EPSG:4490)
 * differs from it by centimetres and is taken as the same, as the standards for city management
 * maps allow (accuracy class A is ±0.5 m). GCJ-02 is what Chinese map providers show.
 */
export const CRS_NAMES = ["wgs84", "gcj02"] as const;
export type CrsName = (typeof CRS_NAMES)[number];

// Its types declare an ES module, its CommonJS build puts the same object on module.exports.
const { transform, WGS84, GCJ02 } = gcoord as unknown as typeof gcoord.default;

const FIXED_POINT_STEPS = 12;
const CLOSE_ENOUGH_DEG = 1e-9;

/** WGS-84 → GCJ-02, for handing a place to a basemap or an app of a Chinese map provider. */
export function toGcj02([lng, lat]: LngLat): LngLat {
  const [x, y] = transform<[number, number]>([lng, lat], WGS84, GCJ02);
  return [x, y];
}

/**
 * GCJ-02 → WGS-84. The offset has no closed inverse: the forward formula is iterated as a fixed
 * point (it moves by less than 1 % of the distance walked, so each step gains two digits), to
 * 1e-9 degrees — better than a millimetre. Outside China both systems are the same.
 */
export function fromGcj02(place: LngLat): LngLat {
  let [lng, lat] = place;
  for (let step = 0; step < FIXED_POINT_STEPS; step++) {
    const [x, y] = toGcj02([lng, lat]);
    const errorLng = x - place[0];
    const errorLat = y - place[1];
    lng -= errorLng;
    lat -= errorLat;
    if (Math.abs(errorLng) < CLOSE_ENOUGH_DEG && Math.abs(errorLat) < CLOSE_ENOUGH_DEG) break;
  }
  return [lng, lat];
}

/** Brings a place of the named system inside (to WGS-84). */
export function toWgs84(place: LngLat, crs: CrsName): LngLat {
  return crs === "gcj02" ? fromGcj02(place) : place;
}

/** Brings a whole area of the named system inside (to WGS-84). Equal positions stay equal. */
export function areaToWgs84(area: Area, crs: CrsName): Area {
  if (crs === "wgs84") return area;
  return area.map((polygon) => polygon.map((ring) => ring.map((place) => fromGcj02(place))));
}
