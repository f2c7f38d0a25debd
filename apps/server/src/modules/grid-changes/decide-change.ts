import {
  NOTICE_TERM_DAYS,
  type GridChange,
  type GridChangeDecision,
  type GridChangeState,
} from "@onegrid/contract";
import {
  dayNumberOf,
  decideGridChange,
  isGridChangeOpen,
  isRefused,
  localDayOf,
  startOfDayMs,
  termEndMs,
  type CompiledCalendar,
} from "@onegrid/domain";
import { scopeOf, todayOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, violatedConstraint, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { calendarOf } from "../calendar/index.ts";
import { selectCurrentGrids, type CurrentGrid } from "../grids/index.ts";
import { withdrawInTransaction } from "../notices/index.ts";
import { selectChange, type ChangeRow } from "./change-queries.ts";
import { holdOfChange } from "./change-views.ts";
import { followingTies } from "./follow-change.ts";
import { findingsOf, isUpToDate } from "./judge-change.ts";
import { anotherWaits, dayInTerm, doesNotFit, outdated, toDecide } from "./problems.ts";
import { judgedView } from "./read-changes.ts";
import { lockChange } from "./write-change.ts";

/** Refuses to hand in or approve what does not fit, or was drawn on grids of yesterday. */
export const requireFit = (row: ChangeRow, all: readonly CurrentGrid[]): void => {
  if (!isUpToDate(row, all)) throw new ProblemError(outdated());
  const [first, ...others] = findingsOf(row, all);
  if (first === undefined) return;
  throw new ProblemError(doesNotFit({ ...first, more: others.length }));
};

/** Refuses while it is not settled where something goes that stands on these grids. */
const requireSettled = async (trx: Trx, ctx: StaffCtx, row: ChangeRow): Promise<void> => {
  const all = await followingTies(trx, ctx.county.countyCode, row, todayOf(ctx));
  const open = all.filter(({ way }) => way === "open");
  if (open.length === 0) return;
  throw new ProblemError(toDecide({ count: open.length, first: open[0]?.name }));
};

/** Refuses a day on which residents may still object. */
export const requireAfterTerm = (ctx: StaffCtx, row: ChangeRow, termEndsAtMs: number): void => {
  const lastDay = localDayOf(termEndsAtMs, ctx.county.timeZone);
  if (row.effectiveOn > lastDay) return;
  throw new ProblemError(dayInTerm({ effectiveOn: row.effectiveOn, termEndsOn: lastDay }));
};

/** What is handed in has a day that leaves room for the shortest term from now on. */
const requireRoom = (ctx: StaffCtx, row: ChangeRow, calendar: CompiledCalendar): void => {
  const nowMs = ctx.clock.now().getTime();
  const endMs = termEndMs(calendar, ctx.county.timeZone, nowMs, NOTICE_TERM_DAYS);
  if (isRefused(endMs)) throw new ProblemError(endMs.refused);
  requireAfterTerm(ctx, row, endMs);
};

/** A change that does not come about takes its notice back. */
const withdrawItsNotice = async (
  trx: Trx,
  ctx: StaffCtx,
  { notice }: ChangeRow,
  reason: string | null,
): Promise<void> => {
  if (notice?.state !== "published" || reason === null) return;
  await withdrawInTransaction(trx, ctx, notice.noticeId, { baseVersion: null, reason });
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
 * `.version_conflict`, `.outdated`, `.does_not_fit`, `.day_in_term`, `.to_decide`,
 * `.another_waits`, and `calendar.out_of_range`.
 */
export const decideChange = async (
  ctx: StaffCtx,
  changeId: string,
  command: { baseVersion: number; action: GridChangeDecision; note: string | null },
): Promise<GridChange> => {
  const { countyCode, levelLengths } = ctx.county;
  const { action, note } = command;
  const calendar = await calendarOf(ctx.db, countyCode);
  try {
    return await inScope(ctx.db, scopeOf(ctx), async (trx) => {
      const row = await lockChange(trx, countyCode, changeId, command.baseVersion);
      const rules = { levelLengths, today: todayOf(ctx) };
      const standing = { ...row, hold: holdOfChange(ctx, row) };
      const state = decideGridChange(standing, { action, note }, ctx.actor, rules);
      if (isRefused(state)) throw new ProblemError(state.refused);
      const all = await selectCurrentGrids(trx, countyCode);
      if (state === "proposed" || state === "approved") requireFit(row, all);
      if (state === "proposed") requireRoom(ctx, row, calendar);
      if (state === "approved") {
        await requireSettled(trx, ctx, row);
        await queueEffect(trx, ctx, row);
      }
      await store(trx, ctx, row, state, note);
      if (!isGridChangeOpen(state)) await withdrawItsNotice(trx, ctx, row, note);
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
