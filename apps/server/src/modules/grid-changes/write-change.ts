import type { GridChange, GridTieMove } from "@onegrid/contract";
import { levelOf, mayArrangeGrids, mayEndWithGrid } from "@onegrid/domain";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, violatedConstraint, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { selectCurrentGrids, type CurrentGrid } from "../grids/index.ts";
import {
  selectChange,
  selectChangeForUpdate,
  type ChangeRow,
  type DrawnGrid,
  type ReplacedGrid,
} from "./change-queries.ts";
import { isUpToDate } from "./judge-change.ts";
import {
  changeNotFound,
  codesDoNotMatch,
  movesDoNotMatch,
  notADraft,
  notAParent,
  outdated,
  outsideScope,
  versionConflict,
} from "./problems.ts";
import { judgedView } from "./read-changes.ts";

export type GridChangeDraft = {
  changeId: string;
  baseVersion: number;
  parentCode: string;
  effectiveOn: string;
  note: string;
  replaces: ReplacedGrid[];
  grids: DrawnGrid[];
  moves?: GridTieMove[] | undefined;
};

/** Locks a change in the transaction's scope. Throws `grid_changes.not_found`, `.version_conflict`. */
export const lockChange = async (
  trx: Trx,
  countyCode: string,
  changeId: string,
  baseVersion: number,
): Promise<ChangeRow> => {
  const row = await selectChangeForUpdate(trx, countyCode, changeId);
  if (row === undefined) throw new ProblemError(changeNotFound({ changeId }));
  if (row.version !== baseVersion) {
    throw new ProblemError(versionConflict({ baseVersion, version: row.version }));
  }
  return row;
};

const isOnce = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

const checkMoves = (moves: readonly GridTieMove[], grids: readonly DrawnGrid[]): void => {
  const isSound = ({ kind, to }: GridTieMove) =>
    to === null ? mayEndWithGrid(kind) : to < grids.length;
  if (isOnce(moves.map(({ kind, code }) => `${kind} ${code}`)) && moves.every(isSound)) return;
  throw new ProblemError(movesDoNotMatch());
};

const checkDraft = (
  ctx: StaffCtx,
  { parentCode, replaces, grids, moves = [] }: GridChangeDraft,
  all: readonly CurrentGrid[],
): CurrentGrid => {
  checkMoves(moves, grids);
  if (!mayArrangeGrids(ctx.actor, parentCode)) {
    throw new ProblemError(outsideScope({ gridCode: parentCode }));
  }
  const parent = all.find((grid) => grid.gridCode === parentCode);
  if (parent === undefined || levelOf(parentCode, ctx.county.levelLengths) !== 2) {
    throw new ProblemError(notAParent({ gridCode: parentCode }));
  }
  const kept = grids.flatMap(({ gridCode }) => gridCode ?? []);
  const replaced = replaces.map(({ gridCode }) => gridCode);
  if (!isOnce(kept) || !isOnce(replaced) || !kept.every((code) => replaced.includes(code))) {
    throw new ProblemError(codesDoNotMatch());
  }
  if (!isUpToDate({ parentCode, parentVersion: parent.version, replaces, grids }, all)) {
    throw new ProblemError(outdated());
  }
  return parent;
};

const store = async (
  trx: Trx,
  ctx: StaffCtx,
  draft: GridChangeDraft,
  parent: CurrentGrid,
): Promise<void> => {
  const { countyCode } = ctx.county;
  const { changeId, baseVersion } = draft;
  const values = {
    parent_code: draft.parentCode,
    parent_version: parent.version,
    effective_on: draft.effectiveOn,
    note: draft.note,
    replaces: JSON.stringify(draft.replaces),
    grids: JSON.stringify(draft.grids),
    moves: JSON.stringify(draft.moves ?? []),
    written_by: ctx.actor.accountId,
    updated_at: ctx.clock.now(),
    version: baseVersion + 1,
  };
  if (baseVersion === 0) {
    const key = { county_code: countyCode, change_id: changeId, state: "draft" };
    await trx
      .insertInto("grid_change")
      .values({ ...key, ...values })
      .execute();
    return;
  }
  const before = await lockChange(trx, countyCode, changeId, baseVersion);
  if (before.state !== "draft") throw new ProblemError(notADraft({ state: before.state }));
  await trx
    .updateTable("grid_change")
    .set(values)
    .where("county_code", "=", countyCode)
    .where("change_id", "=", changeId)
    .execute();
};

/**
 * Writes a draft: which children of a community are replaced by which outlines. It may still leave
 * gaps; only what is proposed has to fit. Throws `grid_changes.outside_scope`,
 * `.version_conflict`, `.not_a_draft`, `.not_a_parent`, `.outdated`, `.codes_do_not_match`,
 * `.moves_do_not_match`.
 */
export const putGridChange = async (ctx: StaffCtx, draft: GridChangeDraft): Promise<GridChange> => {
  try {
    return await inScope(ctx.db, scopeOf(ctx), async (trx) => {
      const { countyCode } = ctx.county;
      const all = await selectCurrentGrids(trx, countyCode);
      const parent = checkDraft(ctx, draft, all);
      await store(trx, ctx, draft, parent);
      await audit(trx, ctx, {
        action: "grids.draft",
        outcome: "done",
        subject: draft.changeId,
        detail: { parentCode: draft.parentCode, grids: draft.grids.length },
      });
      const row = await selectChange(trx, countyCode, draft.changeId);
      if (row === undefined)
        throw new RangeError(`change ${draft.changeId} was written and is gone`);
      return judgedView(trx, ctx, row, all);
    });
  } catch (error) {
    if (violatedConstraint(error) !== "grid_change_pkey") throw error;
    throw new ProblemError(versionConflict({ baseVersion: 0 }));
  }
};
