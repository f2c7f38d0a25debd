import { todayOf, type Ctx } from "../../platform/context.ts";
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

/** Past days kept ready a process: somebody who goes back looks at a few of them, many times. */
const KEPT_DAYS = 8;
const pastDays = new WeakMap<CountyGrids, Map<string, Promise<CountyGrids>>>();

/**
 * The grids as they were on a day; from today on the present ones. What is kept lives as long as
 * the present grids do, so that a change of either is seen.
 */
export const gridsOn = async (
  ctx: Pick<Ctx, "db" | "county" | "clock">,
  day: string | undefined,
): Promise<CountyGrids> => {
  const present = await gridsOf(ctx);
  if (day === undefined || day >= todayOf(ctx)) return present;
  const kept = pastDays.get(present) ?? new Map<string, Promise<CountyGrids>>();
  pastDays.set(present, kept);
  const known = kept.get(day);
  if (known !== undefined) return known;
  const oldest = kept.size >= KEPT_DAYS ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  const { countyCode } = ctx.county;
  const loading = loadCurrentGrids(ctx.db, countyCode, day).then(
    (grids) => new CountyGrids(countyCode, grids),
  );
  kept.set(day, loading);
  loading.catch(() => kept.delete(day));
  return loading;
};
