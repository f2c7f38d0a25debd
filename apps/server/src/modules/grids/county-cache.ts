import type { Ctx } from "../../platform/context.ts";
import { countyCache } from "../../platform/county-cache.ts";
import { CountyGrids } from "./county-grids.ts";
import { loadCurrentGrids } from "./grid-queries.ts";

/** The present grids of each county; every process drops a county's when one of them changes it. */
export const gridCache = countyCache(
  "grids",
  async (db, countyCode) => new CountyGrids(countyCode, await loadCurrentGrids(db, countyCode)),
);

/** The grids of the county a request is for. Locate many points on one answer. */
export const gridsOf = (ctx: Pick<Ctx, "db" | "county">): Promise<CountyGrids> =>
  gridCache.get(ctx.db, ctx.county.countyCode);
