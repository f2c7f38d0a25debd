import type { GridChange, GridChangeState, GridChangeSummary } from "@onegrid/contract";
import { isGridChangeOpen } from "@onegrid/domain";
import { scopeOf, todayOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { gridsOf, type CurrentGrid } from "../grids/index.ts";
import { countOpenCases, selectChange, selectChanges, type ChangeRow } from "./change-queries.ts";
import { changeView, summaryView } from "./change-views.ts";
import { followingTies } from "./follow-change.ts";
import { findingsOf, vanishing } from "./judge-change.ts";
import { changeNotFound } from "./problems.ts";

/** A change with what the check finds now, what is tied to its grids and how many cases are open. */
export const judgedView = async (
  trx: Trx,
  ctx: StaffCtx,
  row: ChangeRow,
  all: readonly CurrentGrid[],
): Promise<GridChange> => {
  const { countyCode } = ctx.county;
  // What would be found about one that is over is history.
  const isOpen = isGridChangeOpen(row.state);
  const codes = isOpen ? row.replaces.map(({ gridCode }) => gridCode) : [];
  const gone = new Set(vanishing(row));
  const ties = isOpen ? await followingTies(trx, countyCode, row, todayOf(ctx)) : [];
  const open = await countOpenCases(trx, countyCode, codes);
  return changeView(ctx, row, {
    findings: isOpen ? findingsOf(row, all) : [],
    ties: ties.map(({ kind, code, name, gridCode, way, to }) => {
      const isGone = gone.has(gridCode);
      return { kind, code, name, gridCode, vanishing: isGone, way, to };
    }),
    openCases: [...open.values()].reduce((sum, count) => sum + count, 0),
    names: new Map(all.map(({ gridCode, name }) => [gridCode, name])),
  });
};

/** Throws `grid_changes.not_found`. */
export const getGridChange = async (ctx: StaffCtx, changeId: string): Promise<GridChange> => {
  const grids = await gridsOf(ctx);
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const row = await selectChange(trx, ctx.county.countyCode, changeId);
    if (row === undefined) throw new ProblemError(changeNotFound({ changeId }));
    return judgedView(trx, ctx, row, grids.all());
  });
};

export const listGridChanges = (
  ctx: StaffCtx,
  query: { parent?: string | undefined; state?: GridChangeState | undefined },
): Promise<{ changes: GridChangeSummary[] }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => ({
    changes: (await selectChanges(trx, ctx.county.countyCode, query)).map(summaryView),
  }));
