import type { PatrolSpot } from "@onegrid/contract";
import { scopeOf, todayOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { categoriesOf } from "../catalogue/index.ts";
import { gridsOf } from "../grids/index.ts";
import { readSpots, type SpotRow } from "./patrol-queries.ts";

type Names = { grid(code: string): string | undefined; category(code: string): string | undefined };

/** Row → wire. */
const spotView = (row: SpotRow, names: Names): PatrolSpot => ({
  spot: row.spot,
  kind: row.kind,
  name: row.name,
  gridCode: row.grid_code,
  gridName: names.grid(row.grid_code) ?? row.grid_code,
  lng: row.lng,
  lat: row.lat,
  categoryCode: row.category_code,
  categoryName: row.category_code && (names.category(row.category_code) ?? null),
  everyDays: row.every_days,
  lastLookedOn: row.last_looked_on,
  lastFinding: row.last_finding,
  repeatedCases: row.repeated_cases,
  version: row.version,
  sample: row.sample,
});

/**
 * Places to look at in a subtree of the own scope. What lies outside it is not seen: row-level
 * security answers nothing there.
 */
export const listSpots = async (
  ctx: StaffCtx,
  grid = ctx.actor.scopeCode,
): Promise<{ today: string; spots: PatrolSpot[] }> => {
  const { countyCode } = ctx.county;
  const [grids, categories, rows] = await Promise.all([
    gridsOf(ctx),
    categoriesOf(ctx.db, countyCode),
    inScope(ctx.db, scopeOf(ctx), (trx) => readSpots(trx, countyCode, grid, ctx.clock.now())),
  ]);
  const names: Names = {
    grid: (code) => grids.get(code)?.name,
    category: (code) => categories.get(code)?.name,
  };
  return { today: todayOf(ctx), spots: rows.map((row) => spotView(row, names)) };
};
