type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Zooms at which a grid is looked at; deeper ones are scaled from the last. */
const ZOOMS = [11, 12, 13, 14, 15, 16] as const;
const TILES_MOST = 160;

const column = (lng: number, z: number) => Math.floor(((lng + 180) / 360) * 2 ** z);
/** Web Mercator row of a latitude in degrees. */
const row = (lat: number, z: number) => {
  const rad = (lat * Math.PI) / 180;
  return Math.floor(((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * 2 ** z);
};

/** Addresses of the tiles that cover a box, coarse zooms first, at most `TILES_MOST`. */
export function tilesCovering([west, south, east, north]: Bounds): string[] {
  const paths: string[] = [];
  for (const z of ZOOMS) {
    for (let x = column(west, z); x <= column(east, z); x += 1) {
      for (let y = row(north, z); y <= row(south, z); y += 1) {
        if (paths.length === TILES_MOST) return paths;
        paths.push(`/tiles/grids/${z}/${x}/${y}.mvt`);
      }
    }
  }
  return paths;
}

/** The service worker answers from this cache; see vite.config.ts. */
const CACHE = "onegrid-tiles";

/**
 * Fetches the map of a box once into the cache of the service worker, also before that worker is
 * in charge of the page. Quiet on failure: the map is a help, and the next start tries again.
 */
export async function keepTilesOf(bounds: Bounds): Promise<void> {
  if (!("caches" in globalThis)) return;
  const cache = await caches.open(CACHE);
  for (const path of tilesCovering(bounds)) {
    if (await cache.match(path)) continue;
    const response = await fetch(path).catch(() => null);
    if (response === null) return;
    if (response.ok) await cache.put(path, response);
  }
}
