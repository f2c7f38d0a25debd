import type { GridChange } from "@onegrid/contract";
import { decideGridChange, isRefused } from "@onegrid/domain";
import { scopeOf, todayOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { calendarOf } from "../calendar/index.ts";
import { selectCurrentGrids } from "../grids/index.ts";
import { noticeProblemOf, publishInTransaction, writeInTransaction } from "../notices/index.ts";
import { selectChange, selectChangeForUpdate } from "./change-queries.ts";
import { holdOfChange } from "./change-views.ts";
import { requireAfterTerm, requireFit } from "./decide-change.ts";
import { changeNotFound, versionConflict } from "./problems.ts";
import { judgedView } from "./read-changes.ts";

export type ChangePublication = {
  changeId: string;
  baseVersion: number;
  noticeId: string;
  title: string;
  body: string;
  termDays: number;
};

/**
 * Publishes the notice 公示 about a proposed change: draft, publication and the tie between both in
 * one transaction; sent again it changes nothing. The term ends before the change's day. Throws
 * the refusals of `decideGridChange` and `grid_changes.not_found`, `.version_conflict`,
 * `.day_in_term`, `.does_not_fit`, `.outdated`, and those of a notice.
 */
export const publishGridChange = async (
  ctx: StaffCtx,
  { changeId, baseVersion, noticeId, title, body, termDays }: ChangePublication,
): Promise<GridChange> => {
  const { countyCode, levelLengths } = ctx.county;
  const calendar = await calendarOf(ctx.db, countyCode);
  try {
    return await inScope(ctx.db, scopeOf(ctx), async (trx) => {
      const row = await selectChangeForUpdate(trx, countyCode, changeId);
      if (row === undefined) throw new ProblemError(changeNotFound({ changeId }));
      const all = await selectCurrentGrids(trx, countyCode);
      if (row.notice?.noticeId === noticeId) return judgedView(trx, ctx, row, all);
      if (row.version !== baseVersion) {
        throw new ProblemError(versionConflict({ baseVersion, version: row.version }));
      }
      const standing = { ...row, hold: holdOfChange(ctx, row) };
      const rules = { levelLengths, today: todayOf(ctx) };
      const next = decideGridChange(standing, { action: "publish", note: null }, ctx.actor, rules);
      if (isRefused(next)) throw new ProblemError(next.refused);
      requireFit(row, all);
      const words = { title, body, termDays, gridCode: row.parentCode };
      const draft = { noticeId, baseVersion: 0, kind: "grid_change" as const, ...words };
      await writeInTransaction(trx, ctx, { ...draft, nominees: [] });
      const notice = await publishInTransaction(trx, ctx, noticeId, 1, calendar);
      requireAfterTerm(ctx, row, Date.parse(notice.termEndsAt ?? ""));
      await trx
        .updateTable("grid_change")
        .set({ notice_id: noticeId, version: baseVersion + 1, updated_at: ctx.clock.now() })
        .where("county_code", "=", countyCode)
        .where("change_id", "=", changeId)
        .execute();
      await audit(trx, ctx, {
        action: "grids.decide",
        outcome: "done",
        subject: changeId,
        detail: { action: "publish", noticeId },
      });
      const after = await selectChange(trx, countyCode, changeId);
      if (after === undefined) throw new RangeError(`change ${changeId} is gone`);
      return judgedView(trx, ctx, after, all);
    });
  } catch (error) {
    throw noticeProblemOf(error);
  }
};
