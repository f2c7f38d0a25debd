import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzipSync, gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import { isTileAddress } from "@onegrid/geo";
import { ProblemError } from "../../platform/problems.ts";

const compress = promisify(gzip);

/** Zooms a map asks for; deeper ones are drawn from the deepest tile. */
const MAX_ZOOM = 22;

export type TileParams = { z: string; x: string; y: string };

/** An encoded tile ready to be sent. */
export interface ReadyTile {
  /** Gzipped; null where nothing lies. */
  body: Buffer | null;
  etag: string;
}

const wholeNumber = (text: string): number => (/^\d{1,8}$/.test(text) ? Number(text) : Number.NaN);

/** The square a path names; throws `tiles.no_such_tile`. */
export const tileAddress = (params: TileParams): { z: number; x: number; y: number } => {
  const [z, x, y] = [params.z, params.x, params.y].map(wholeNumber) as [number, number, number];
  if (isTileAddress(z, x, y) && z <= MAX_ZOOM) return { z, x, y };
  throw new ProblemError({
    code: "tiles.no_such_tile",
    status: 404,
    detail: `a tile has 0 ≤ z ≤ ${MAX_ZOOM} and 0 ≤ x, y < 2^z`,
    params: { z: params.z, x: params.x, y: params.y },
  });
};

/** Compresses a tile and names its content. */
export const readyTile = async (tile: Uint8Array | undefined): Promise<ReadyTile> => {
  const hash = createHash("sha256")
    .update(tile ?? "")
    .digest("base64url")
    .slice(0, 20);
  return { body: tile === undefined ? null : await compress(tile), etag: `"${hash}"` };
};

/** Sends a tile, or that the browser's copy is still right. */
export const sendTile = (
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: ReadyTile,
  headers: { "cache-control": string; vary: string },
): FastifyReply => {
  reply.headers({ etag, ...headers });
  if (request.headers["if-none-match"] === etag) return reply.status(304).send();
  // MapLibre takes 204 for an empty tile.
  if (body === null) return reply.status(204).send();
  reply.type("application/vnd.mapbox-vector-tile");
  // Every browser takes gzip; a script that does not say so gets the plain bytes.
  if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
    return reply.send(gunzipSync(body));
  }
  return reply.header("content-encoding", "gzip").send(body);
};
