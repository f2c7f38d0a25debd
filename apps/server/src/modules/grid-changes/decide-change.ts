import type { GridChange, GridChangeAction, GridChangeState } from "@onegrid/contract";
import { dayNumberOf, decideGridChange, isRefused, startOfDayMs } from "@onegrid/domain";
import { scopeOf, todayOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, violatedConstraint, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { selectCurrentGrids, type CurrentGrid } from "../grids/index.ts";
import { selectChange, selectTies, type ChangeRow } from "./change-queries.ts";
import { findingsOf, isUpToDate, vanishing } from "./judge-change.ts";
import { anotherWaits, doesNotFit, outdated, toDecide } from "./problems.ts";
import { judgedView } from "./read-changes.ts";
import { lockChange } from "./write-change.ts";

/** Refuses to hand in or approve what does not fit, or was drawn on grids of yesterday. */
const requireFit = (row: ChangeRow, all: readonly CurrentGrid[]): void => {
  if (!isUpToDate(row, all)) throw new ProblemError(outdated());
  const [first, ...others] = findingsOf(row, all);
  if (first === undefined) return;
  throw new ProblemError(doesNotFit({ ...first, more: others.length }));
};

/** Refuses while a post, an organisation or an account stands on a grid that goes away. */
const requireNothingTied = async (trx: Trx, ctx: StaffCtx, row: ChangeRow): Promise<void> => {
  const ties = await selectTies(trx, ctx.county.countyCode, vanishing(row), todayOf(ctx));
  if (ties.length === 0) return;
  throw new ProblemError(toDecide({ count: ties.length, first: ties[0]?.name, ties }));
};

const store = async (
  trx: Trx,
  ctx: StaffCtx,
  row: ChangeRow,
  state: GridChangeState,
  note: string | null,
): Promise<void> => {
  const now = ctx.clock.now();
  const { accountId } = ctx.actor;
  await trx
    .updateTable("grid_change")
    .set({
      state,
      version: row.version + 1,
      updated_at: now,
      ...(state === "proposed"
        ? { proposed_by: accountId }
        : { decided_by: accountId, decided_at: now, decision_note: note }),
    })
    .where("county_code", "=", ctx.county.countyCode)
    .where("change_id", "=", row.changeId)
    .execute();
};

/** On its day, at midnight in the county; at once when that is today. */
const queueEffect = async (trx: Trx, ctx: StaffCtx, row: ChangeRow): Promise<void> => {
  const { countyCode, timeZone } = ctx.county;
  const { changeId } = row;
  const runAt = new Date(startOfDayMs(dayNumberOf(row.effectiveOn) ?? 0, timeZone));
  await ctx.jobs.add(
    trx,
    "grid_changes.take_effect",
    { countyCode, changeId },
    { key: `grid_change ${changeId}`, ...(runAt > ctx.clock.now() && { runAt }) },
  );
};

/**
 * Moves a change along its table of states. An approved one takes effect by a job that is queued
 * here. Throws the refusals of `decideGridChange` and `grid_changes.not_found`,
 * `.version_conflict`, `.outdated`, `.does_not_fit`, `.to_decide`, `.another_waits`.
 */
export const decideChange = async (
  ctx: StaffCtx,
  changeId: string,
  command: { baseVersion: number; action: GridChangeAction; note: string | null },
): Promise<GridChange> => {
  const { countyCode, levelLengths } = ctx.county;
  const { action, note } = command;
  try {
    return await inScope(ctx.db, scopeOf(ctx), async (trx) => {
      const row = await lockChange(trx, countyCode, changeId, command.baseVersion);
      const rules = { levelLengths, today: todayOf(ctx) };
      const state = decideGridChange(row, { action, note }, ctx.actor, rules);
      if (isRefused(state)) throw new ProblemError(state.refused);
      const all = await selectCurrentGrids(trx, countyCode);
      if (state === "proposed" || state === "approved") requireFit(row, all);
      if (state === "approved") {
        await requireNothingTied(trx, ctx, row);
        await queueEffect(trx, ctx, row);
      }
      await store(trx, ctx, row, state, note);
      await audit(trx, ctx, {
        action: "grids.decide",
        outcome: "done",
        subject: changeId,
        detail: { action, state },
      });
      const after = await selectChange(trx, countyCode, changeId);
      if (after === undefined) throw new RangeError(`change ${changeId} is gone`);
      return judgedView(trx, ctx, after, all);
    });
  } catch (error) {
    if (violatedConstraint(error) !== "grid_change_waiting") throw error;
    throw new ProblemError(anotherWaits());
  }
};
