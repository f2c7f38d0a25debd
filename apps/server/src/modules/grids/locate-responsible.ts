import type { Responsible } from "@onegrid/contract";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { gridsOf } from "./county-cache.ts";
import { selectPeopleOfGrids } from "./grid-queries.ts";
import { gridView, responsibleView } from "./grid-views.ts";

/**
 * Who serves at a point: the grid and the chain above it, smallest first. Outside every street the
 * grid is null and the chain is the county's centre alone, which takes such reports.
 */
export const locateResponsible = async (
  ctx: Ctx,
  { lng, lat }: { lng: number; lat: number },
): Promise<Responsible> => {
  const grids = await gridsOf(ctx);
  const found = grids.at(lng, lat);
  const county = grids.get(ctx.county.countyCode);
  const holder = found ?? county;
  if (holder === undefined) return { grid: null, chain: [] };
  const chain = grids.chainOf(holder).toReversed();
  const people = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    selectPeopleOfGrids(
      trx,
      ctx.county.countyCode,
      chain.map(({ gridCode }) => gridCode),
    ),
  );
  return {
    grid: found && found.level > 0 ? gridView(grids, found) : null,
    chain: chain.map((grid) => responsibleView(grid, people.get(grid.gridCode))),
  };
};
