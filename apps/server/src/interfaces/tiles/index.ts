import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzipSync, gzip } from "node:zlib";
import { isTileAddress } from "@onegrid/geo";
import { gridsOf, type CountyGrids } from "../../modules/grids/index.ts";
import { sendProblem } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";

const compress = promisify(gzip);

/** Zooms a map asks for; deeper ones are drawn from the deepest tile. */
const MAX_ZOOM = 22;
/** Tiles kept ready a county: the few hundred that a county's screens share. */
const KEPT_TILES = 1000;

interface ReadyTile {
  /** Gzipped; null where nothing lies. */
  body: Buffer | null;
  etag: string;
}

/**
 * Vector tiles of grid boundaries: `/tiles/grids/{z}/{x}/{y}.mvt`, layers "grids" and "labels".
 * Public, as grids are. A browser asks again after a minute and is answered 304 while nothing
 * changed, so a new boundary is on every screen within that minute.
 */
export const mountTiles: MountRoutes = (app, { gate }) => {
  // Ready tiles live and die with the county's grids in memory: no key can outlive a change.
  const ready = new WeakMap<CountyGrids, Map<string, Promise<ReadyTile>>>();

  app.get<{ Params: { z: string; x: string; y: string } }>(
    "/tiles/grids/:z/:x/:y.mvt",
    async (request, reply) => {
      const ctx = await gate(request, "public", false);
      const [z, x, y] = [request.params.z, request.params.x, request.params.y].map(wholeNumber) as [
        number,
        number,
        number,
      ];
      if (!isTileAddress(z, x, y) || z > MAX_ZOOM) {
        return sendProblem(request, reply, {
          code: "tiles.no_such_tile",
          status: 404,
          detail: `a tile has 0 ≤ z ≤ ${MAX_ZOOM} and 0 ≤ x, y < 2^z`,
          params: { z: request.params.z, x: request.params.x, y: request.params.y },
        });
      }
      const grids = await gridsOf(ctx);
      const { body, etag } = await readyTile(ready, grids, z, x, y);
      reply
        .header("etag", etag)
        .header("cache-control", "public, max-age=60")
        .header("vary", "Host, Accept-Encoding");
      if (request.headers["if-none-match"] === etag) return reply.status(304).send();
      // MapLibre takes 204 for an empty tile.
      if (body === null) return reply.status(204).send();
      reply.type("application/vnd.mapbox-vector-tile");
      // Every browser takes gzip; a script that does not say so gets the plain bytes.
      if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
        return reply.send(gunzipSync(body));
      }
      return reply.header("content-encoding", "gzip").send(body);
    },
  );
};

const wholeNumber = (text: string): number => (/^\d{1,8}$/.test(text) ? Number(text) : Number.NaN);

const readyTile = (
  ready: WeakMap<CountyGrids, Map<string, Promise<ReadyTile>>>,
  grids: CountyGrids,
  z: number,
  x: number,
  y: number,
): Promise<ReadyTile> => {
  const tiles = ready.get(grids) ?? new Map<string, Promise<ReadyTile>>();
  ready.set(grids, tiles);
  const address = `${z}/${x}/${y}`;
  const known = tiles.get(address);
  if (known !== undefined) return known;
  const oldest = tiles.size >= KEPT_TILES ? tiles.keys().next().value : undefined;
  if (oldest !== undefined) tiles.delete(oldest);
  const made = makeTile(grids.tile(z, x, y));
  tiles.set(address, made);
  return made;
};

const makeTile = async (tile: Uint8Array | undefined): Promise<ReadyTile> => {
  const hash = createHash("sha256")
    .update(tile ?? "")
    .digest("base64url")
    .slice(0, 20);
  return { body: tile === undefined ? null : await compress(tile), etag: `"${hash}"` };
};
