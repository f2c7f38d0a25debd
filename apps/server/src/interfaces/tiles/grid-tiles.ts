import { Day } from "@onegrid/contract";
import { gridsOn, type CountyGrids } from "../../modules/grids/index.ts";
import type { MountRoutes } from "../../platform/services.ts";
import {
  readyTile,
  sendTile,
  tileAddress,
  type ReadyTile,
  type TileParams,
} from "./tile-answer.ts";

/** Tiles kept ready a county: the few hundred that a county's screens share. */
const KEPT_TILES = 1000;

type Kept = WeakMap<CountyGrids, Map<string, Promise<ReadyTile>>>;

const keptTile = (kept: Kept, grids: CountyGrids, z: number, x: number, y: number) => {
  const tiles = kept.get(grids) ?? new Map<string, Promise<ReadyTile>>();
  kept.set(grids, tiles);
  const address = `${z}/${x}/${y}`;
  const known = tiles.get(address);
  if (known !== undefined) return known;
  const oldest = tiles.size >= KEPT_TILES ? tiles.keys().next().value : undefined;
  if (oldest !== undefined) tiles.delete(oldest);
  const made = readyTile(grids.tile(z, x, y));
  tiles.set(address, made);
  return made;
};

/**
 * Vector tiles of grid boundaries: `/tiles/grids/{z}/{x}/{y}.mvt`, layers "grids" and "labels".
 * Public, as grids are. A browser asks again after a minute and is answered 304 while nothing
 * changed, so a new boundary is on every screen within that minute. `?on=YYYY-MM-DD` draws a past
 * day.
 */
export const mountGridTiles: MountRoutes = (app, { gate }) => {
  // Ready tiles live and die with the county's grids in memory: no key can outlive a change.
  const kept: Kept = new WeakMap();
  app.get<{ Params: TileParams; Querystring: { on?: string } }>(
    "/tiles/grids/:z/:x/:y.mvt",
    async (request, reply) => {
      const ctx = await gate(request, "public", false);
      const { z, x, y } = tileAddress(request.params);
      const on = Day.safeParse(request.query.on).data;
      const tile = await keptTile(kept, await gridsOn(ctx, on), z, x, y);
      return sendTile(request, reply, tile, {
        "cache-control": "public, max-age=60",
        vary: "Host, Accept-Encoding",
      });
    },
  );
};
