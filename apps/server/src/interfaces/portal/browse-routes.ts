import { Code, Cursor, NETS } from "@onegrid/contract";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { listPublicCases } from "../../modules/cases/index.ts";
import { gridsOf, gridView, locateResponsible, responsibleFor } from "../../modules/grids/index.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Services } from "../../platform/services.ts";
import { withPlaces } from "./places.ts";
import type { PageSender } from "./send-page.ts";
import { servingOf } from "./serving.ts";

const RECENT = 6;
const CASES_A_PAGE = 20;

/** A select that was left alone sends an empty value; nonsense in an address means no filter. */
const CaseQuery = z.object({
  net: z.enum(NETS).optional().catch(undefined),
  grid: Code.optional().catch(undefined),
  cursor: Cursor.optional().catch(undefined),
});

const degrees = (most: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,12})?$/)
    .transform(Number)
    .pipe(z.number().min(-most).max(most));
const PlaceQuery = z.object({ lng: degrees(180), lat: degrees(90) });

const topGrids = async (ctx: Ctx) => {
  const grids = await gridsOf(ctx);
  return grids.childrenOf(ctx.county.countyCode).map((grid) => gridView(grids, grid));
};

/** Home, public cases and who is responsible where: pages that only look. */
export const mountBrowsing = (
  app: FastifyInstance,
  services: Services,
  pages: PageSender,
): void => {
  app.get("/", async (request, reply) => {
    const ctx = await services.gate(request, "public", false);
    const { cases } = await listPublicCases(ctx, { limit: RECENT });
    return pages.send(request, reply, { page: "home", recent: await withPlaces(ctx, cases) });
  });

  app.get("/cases", async (request, reply) => {
    const ctx = await services.gate(request, "public", false);
    const { net, grid, cursor } = CaseQuery.parse(request.query ?? {});
    const [grids, list] = await Promise.all([
      gridsOf(ctx),
      listPublicCases(ctx, { ...(net && { net: [net] }), grid, cursor, limit: CASES_A_PAGE }),
    ]);
    const limitedTo = grid === undefined ? undefined : grids.get(grid);
    return pages.send(request, reply, {
      page: "cases",
      list: { ...list, cases: await withPlaces(ctx, list.cases) },
      filters: { net: net ?? null, grid: grid ?? null, cursor: cursor ?? null },
      gridChoices: await topGrids(ctx),
      grid: limitedTo === undefined ? null : gridView(grids, limitedTo),
    });
  });

  app.get("/grids", async (request, reply) => {
    const ctx = await services.gate(request, "public", false);
    const asked = PlaceQuery.safeParse(request.query);
    const place = asked.success
      ? { ...asked.data, ...(await locateResponsible(ctx, asked.data)) }
      : null;
    const grids = await topGrids(ctx);
    return pages.send(
      request,
      reply,
      { page: "grids", grids, place },
      { keep: place === null ? "shared" : "secret" },
    );
  });

  app.get<{ Params: { gridCode: string } }>("/grids/:gridCode", async (request, reply) => {
    const ctx = await services.gate(request, "public", false);
    const found = await responsibleFor(ctx, request.params.gridCode);
    const codes = found.chain.map(({ gridCode }) => gridCode);
    const serving = await servingOf(ctx, codes);
    return pages.send(request, reply, { page: "grid", ...found, serving });
  });
};
