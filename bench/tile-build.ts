/**
 * Vector tiles of grid boundaries: preparing a county's after a change, and cutting a desk screen
 * of tiles that nobody has looked at yet.
 *
 *     node bench/tile-build.ts [TRACTS.geojson]
 */
import { GridTiles, labelPlace, tileX, tileY, type TileGrid } from "@onegrid/geo";
import { median, report, secondsOf } from "./lib.ts";
import { generatedTracts, tractsOf, type Tract } from "./tracts.ts";

/** A second is what a person waits at the first look after a change of boundaries. */
const PREPARE_LIMIT_S = 1;
/** A screen of 1920 × 1080 shows about 5 × 3 tiles; half a second at the first look is short. */
const SCREEN_LIMIT_MS = 500;
const SCREEN = { columns: 5, rows: 3 };
/** From the zoom at which the server begins to draw grids of this size. */
const ZOOMS = [11, 12, 13, 14] as const;
const ROUNDS = 5;

/** Cuts the tiles of a screen in the middle of the grids; answers their bytes. */
function cutScreen(tiles: GridTiles, z: number): number {
  const [west, south, east, north] = tiles.bounds;
  const x0 = Math.floor(tileX((west + east) / 2, z) - SCREEN.columns / 2);
  const y0 = Math.floor(tileY((south + north) / 2, z) - SCREEN.rows / 2);
  let bytes = 0;
  for (let x = x0; x < x0 + SCREEN.columns; x++) {
    for (let y = y0; y < y0 + SCREEN.rows; y++) bytes += tiles.tile(z, x, y)?.length ?? 0;
  }
  return bytes;
}

async function gridsOf(tracts: readonly Tract[]): Promise<TileGrid[]> {
  const grids: TileGrid[] = [];
  for (const { code, area } of tracts) {
    const labelAt = await labelPlace(area);
    grids.push({ code, name: `网格 ${code}`, level: 3, schematic: true, area, labelAt });
  }
  return grids;
}

async function measure(name: string, tracts: readonly Tract[]): Promise<void> {
  const grids = await gridsOf(tracts);
  const prepare: number[] = [];
  const screens = new Map<number, { ms: number[]; bytes: number }>();
  for (let round = 0; round < ROUNDS; round++) {
    let tiles = new GridTiles([]);
    prepare.push(
      await secondsOf(() => {
        tiles = new GridTiles(grids);
      }),
    );
    for (const z of ZOOMS) {
      const found = screens.get(z) ?? { ms: [], bytes: 0 };
      const seconds = await secondsOf(() => {
        found.bytes = cutScreen(tiles, z);
      });
      found.ms.push(seconds * 1000);
      screens.set(z, found);
    }
  }
  const prepareS = median(prepare);
  report({
    name: `tiles, prepare ${tracts.length} grids, ${name}`,
    value: prepareS,
    limit: PREPARE_LIMIT_S,
    unit: "s",
    ratio: PREPARE_LIMIT_S / prepareS,
    against: "limit",
    why: "projecting and indexing every corner dominates",
  });
  for (const [z, { ms, bytes }] of screens) {
    const value = median(ms);
    report({
      name: `tiles, a screen at zoom ${z}, ${name} (${Math.round(bytes / 1024)} KB)`,
      value,
      limit: SCREEN_LIMIT_MS,
      unit: "ms",
      ratio: SCREEN_LIMIT_MS / value,
      against: "limit",
      why: "clipping and encoding every corner in sight dominates",
    });
  }
}

await measure("generated", generatedTracts());
const [file] = process.argv.slice(2);
if (file !== undefined) await measure("file", await tractsOf(file));
