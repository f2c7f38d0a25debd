import type { FastifyRequest } from "fastify";
import { CaseFilters, Code, listOf, NETS } from "@onegrid/contract";
import { z } from "zod";
import { caseChangeCounter, caseTile, publicCaseTile } from "../../modules/cases/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { invalidInput, ProblemError } from "../../platform/problems.ts";
import type { MountRoutes } from "../../platform/services.ts";
import {
  readyTile,
  sendTile,
  tileAddress,
  type ReadyTile,
  type TileParams,
} from "./tile-answer.ts";

/** Tiles kept ready a process, over all counties and filters: one desk looks at about thirty. */
const KEPT_TILES = 2000;
/** Lights and "overdue" follow the clock although no case changes. */
const KEPT_MS = 30_000;

/** As the list of public cases has them. */
const PublicFilters = z.strictObject({ net: listOf(NETS).optional(), grid: Code.optional() });

type Kept = { changes: string; untilMs: number; tile: Promise<ReadyTile> };

/** Tiles by everything that decides what is in them, until a case of the county changes. */
const tileKeeper = (counter: ReturnType<typeof caseChangeCounter>) => {
  const kept = new Map<string, Kept>();
  return async (
    ctx: Ctx,
    key: string,
    draw: () => Promise<Uint8Array | undefined>,
  ): Promise<ReadyTile> => {
    const nowMs = ctx.clock.now().getTime();
    // Read before the cases are: a change that comes between makes the tile old, never wrong.
    const changes = await counter.read(ctx.county.countyCode);
    if (changes === null) return readyTile(await draw());
    const known = kept.get(key);
    if (known !== undefined && known.changes === changes && nowMs < known.untilMs) {
      return known.tile;
    }
    kept.delete(key);
    const oldest = kept.size >= KEPT_TILES ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    const tile = draw().then(readyTile);
    kept.set(key, { changes, untilMs: nowMs + KEPT_MS, tile });
    tile.catch(() => kept.delete(key));
    return tile;
  };
};

const filtersIn = <S extends z.ZodType>(schema: S, request: FastifyRequest): z.output<S> => {
  const parsed = schema.safeParse(request.query);
  if (!parsed.success) throw new ProblemError(invalidInput(parsed.error, "query"));
  return parsed.data;
};

/**
 * Vector tiles of cases, layer "cases" (packages/geo clusterTile):
 * · `/tiles/cases/{z}/{x}/{y}.mvt` — what the signed-in account's list with the same filters
 *   holds; private, and asked again each time: 304 while nothing changed;
 * · `/tiles/public-cases/{z}/{x}/{y}.mvt` — what everybody may see.
 */
export const mountCaseTiles: MountRoutes = (app, { gate, database }) => {
  const counter = caseChangeCounter(database.db);
  const keep = tileKeeper(counter);
  app.addHook("onClose", () => counter.stop());

  app.get<{ Params: TileParams }>("/tiles/cases/:z/:x/:y.mvt", async (request, reply) => {
    const ctx = await gate(request, "cases.read", false);
    const address = tileAddress(request.params);
    const filters = filtersIn(CaseFilters, request);
    const { countyCode } = ctx.county;
    const { role, scopeCode, unitCode, accountId } = ctx.actor;
    const who = [countyCode, role, scopeCode, unitCode, filters.mine === true ? accountId : null];
    const key = JSON.stringify([who, filters, address]);
    const tile = await keep(ctx, key, () => caseTile(ctx, address, filters));
    return sendTile(request, reply, tile, {
      "cache-control": "private, no-cache",
      vary: "Cookie, Host, Accept-Encoding",
    });
  });

  app.get<{ Params: TileParams }>("/tiles/public-cases/:z/:x/:y.mvt", async (request, reply) => {
    const ctx = await gate(request, "public", false);
    const address = tileAddress(request.params);
    const { net, grid } = filtersIn(PublicFilters, request);
    const key = JSON.stringify(["public", ctx.county.countyCode, net, grid, address]);
    const tile = await keep(ctx, key, () => publicCaseTile(ctx, address, { net, grid }));
    return sendTile(request, reply, tile, {
      "cache-control": "public, max-age=30",
      vary: "Host, Accept-Encoding",
    });
  });
};
