/**
 * Zoom of the tile key. 2 × 26 = 52 bits fit a JavaScript safe integer and a PostgreSQL bigint; a
 * tile of zoom 26 is 0.6 m wide at the equator, finer than any report is placed.
 */
export const TILE_KEY_ZOOM = 26;

const SIDE = 2 ** TILE_KEY_ZOOM;
/** Web Mercator ends here: the latitude at which the world is a square. */
const MAX_LAT = 85.0511287798066;

/** Column of the point in the Web Mercator tile pyramid at a zoom, not yet rounded. */
export function tileX(lng: number, zoom: number): number {
  return ((lng + 180) / 360) * 2 ** zoom;
}

/** Row of the point in the Web Mercator tile pyramid at a zoom, not yet rounded. */
export function tileY(lat: number, zoom: number): number {
  const sin = Math.sin((Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * Math.PI) / 180);
  return (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** zoom;
}

/** Longitude of a tile column (fractions allowed). */
export function lngOfTileX(x: number, zoom: number): number {
  return (x / 2 ** zoom) * 360 - 180;
}

/** Latitude of a tile row (fractions allowed). */
export function latOfTileY(y: number, zoom: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** zoom))) * 180) / Math.PI;
}

/**
 * Key of the place: column and row of its zoom-26 tile, bits interleaved (row above column, the
 * order of quadkeys). All points of one map tile have neighbouring keys, so a tile is one range of
 * an ordinary index.
 */
export function tileKey(lng: number, lat: number): number {
  return interleave(clamp(tileX(lng, TILE_KEY_ZOOM)), clamp(tileY(lat, TILE_KEY_ZOOM)));
}

/** The keys of a map tile: `from` included, `until` not. */
export function tileKeyRange(z: number, x: number, y: number): { from: number; until: number } {
  const size = 4 ** (TILE_KEY_ZOOM - z);
  const from = interleave(x, y) * size;
  return { from, until: from + size };
}

/** What to divide keys by (integer division) to group them by tiles of a zoom. */
export function tileKeyDivisor(zoom: number): number {
  return 4 ** (TILE_KEY_ZOOM - zoom);
}

/** Whether a tile address exists: 0 ≤ z ≤ 26, and x and y within the zoom. */
export function isTileAddress(z: number, x: number, y: number): boolean {
  const whole = Number.isInteger(z) && Number.isInteger(x) && Number.isInteger(y);
  return whole && z >= 0 && z <= TILE_KEY_ZOOM && x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z;
}

function clamp(value: number): number {
  return Math.max(0, Math.min(SIDE - 1, Math.floor(value)));
}

/** Spreads 13 bits so that a zero stands before each: the half of an interleaving. */
function spread(bits: number): number {
  let v = bits & 0x1fff;
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  return (v | (v << 1)) & 0x55555555;
}

function interleave(x: number, y: number): number {
  const low = spread(x) + spread(y) * 2;
  const high = spread(x >> 13) + spread(y >> 13) * 2;
  return high * 2 ** 26 + low;
}
