import type { Grid, Responsible } from "@onegrid/contract";
import { scopeOf, todayOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { gridsOf } from "./county-cache.ts";
import type { CountyGrids } from "./county-grids.ts";
import { selectPeopleOfGrids, type CurrentGrid } from "./grid-queries.ts";
import { gridView, responsibleView } from "./grid-views.ts";
import { gridNotFound } from "./problems.ts";

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
  return {
    grid: found && found.level > 0 ? gridView(grids, found) : null,
    chain: await chainAbove(ctx, grids, holder),
  };
};

/** Who serves a grid: it and those above it, smallest first. Throws `grids.not_found`. */
export const responsibleFor = async (
  ctx: Ctx,
  gridCode: string,
): Promise<{ grid: Grid; chain: Responsible["chain"]; children: Grid[] }> => {
  const grids = await gridsOf(ctx);
  const grid = grids.get(gridCode);
  if (grid === undefined) throw new ProblemError(gridNotFound(gridCode));
  return {
    grid: gridView(grids, grid),
    chain: await chainAbove(ctx, grids, grid),
    children: grids.childrenOf(gridCode).map((child) => gridView(grids, child)),
  };
};

const chainAbove = async (
  ctx: Ctx,
  grids: CountyGrids,
  grid: CurrentGrid,
): Promise<Responsible["chain"]> => {
  const chain = grids.chainOf(grid).toReversed();
  const people = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    selectPeopleOfGrids(
      trx,
      ctx.county.countyCode,
      chain.map(({ gridCode }) => gridCode),
      todayOf(ctx),
    ),
  );
  return chain.map((link) => responsibleView(link, people.get(link.gridCode)));
};
