import type { OutlinedGrid, WorkPlaces } from "@onegrid/contract";
import { isWithin, mayArrangeGrids } from "@onegrid/domain";
import { plainPositions } from "@onegrid/geo/edit";
import { scopeOf, todayOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { gridNotFound, gridsOf, gridsOn, type CurrentGrid } from "../grids/index.ts";
import { countHouseholds, countOpenCases } from "./change-queries.ts";
import { selectCasePlaces, selectEstatePlaces } from "./place-queries.ts";
import { outsideScope } from "./problems.ts";

const placed = ({ gridCode, version, name, area, areaM2 }: CurrentGrid) => ({
  gridCode,
  version,
  name,
  outline: plainPositions(area),
  areaM2,
});

/**
 * A grid and its children with their outlines, on a day. Work and households are of today and of
 * the own grids; elsewhere and on past days null. Throws `grids.not_found`.
 */
export const listOutlines = async (
  ctx: StaffCtx,
  { parent: parentCode, on }: { parent: string; on?: string | undefined },
): Promise<{ parent: ReturnType<typeof placed>; grids: OutlinedGrid[] }> => {
  const grids = await gridsOn(ctx, on);
  const parent = grids.get(parentCode);
  if (parent === undefined) throw new ProblemError(gridNotFound(parentCode));
  const children = grids.childrenOf(parentCode);
  const codes = children.map(({ gridCode }) => gridCode);
  const today = todayOf(ctx);
  const isCounted = (on ?? today) >= today && isWithin(parentCode, ctx.actor.scopeCode);
  const counts =
    !isCounted || codes.length === 0
      ? null
      : await inScope(ctx.db, scopeOf(ctx), async (trx) => ({
          open: await countOpenCases(trx, ctx.county.countyCode, codes),
          households: await countHouseholds(trx, ctx.county.countyCode, codes, today),
        }));
  return {
    parent: placed(parent),
    grids: children.map((grid) => ({
      ...placed(grid),
      openCases: counts && (counts.open.get(grid.gridCode) ?? 0),
      households: counts && (counts.households.get(grid.gridCode) ?? 0),
    })),
  };
};

/** Throws `grids.not_found`, `grid_changes.outside_scope`. */
export const listWorkPlaces = async (ctx: StaffCtx, gridCode: string): Promise<WorkPlaces> => {
  const { countyCode } = ctx.county;
  if ((await gridsOf(ctx)).get(gridCode) === undefined) {
    throw new ProblemError(gridNotFound(gridCode));
  }
  if (!mayArrangeGrids(ctx.actor, gridCode)) throw new ProblemError(outsideScope({ gridCode }));
  return inScope(ctx.db, scopeOf(ctx), async (trx) => ({
    ...(await selectCasePlaces(trx, countyCode, gridCode, ctx.clock.now())),
    estates: await selectEstatePlaces(trx, countyCode, gridCode, todayOf(ctx)),
  }));
};
