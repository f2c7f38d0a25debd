import { createHash } from "node:crypto";
import type { Notice } from "@onegrid/contract";
import {
  isRefused,
  localDayOf,
  publishedText,
  termEndMs,
  type CompiledCalendar,
} from "@onegrid/domain";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { calendarOf } from "../calendar/index.ts";
import { selectNotice } from "./notice-queries.ts";
import { noticeView } from "./notice-views.ts";
import { notADraft, notPublished, versionConflict } from "./problems.ts";
import { lockNotice, refusePersonalData } from "./write-notice.ts";

const answer = async (trx: Trx, ctx: StaffCtx, noticeId: string): Promise<Notice> => {
  const row = await selectNotice(trx, ctx.county.countyCode, noticeId);
  if (row === null) throw new RangeError(`notice ${noticeId} is gone`);
  return noticeView(row);
};

/** `publishNotice` as a part of a larger act, in its transaction. */
export const publishInTransaction = async (
  trx: Trx,
  ctx: StaffCtx,
  noticeId: string,
  baseVersion: number,
  calendar: CompiledCalendar,
): Promise<Notice> => {
  const { countyCode, timeZone } = ctx.county;
  const row = await lockNotice(trx, ctx, noticeId);
  if (row.version !== baseVersion) {
    throw new ProblemError(versionConflict({ baseVersion, version: row.version }));
  }
  if (row.state !== "draft") throw new ProblemError(notADraft({ state: row.state }));
  const now = ctx.clock.now();
  const endMs = termEndMs(calendar, timeZone, now.getTime(), row.termDays);
  if (isRefused(endMs)) throw new ProblemError(endMs.refused);
  const termEndsAt = new Date(endMs);
  const text = publishedText({
    title: row.title,
    body: row.body,
    nominees: row.nominees.map(({ gridCode, gridName, postName, name }) => ({
      grid: gridName ?? gridCode,
      post: postName,
      name,
    })),
    publishedOn: localDayOf(now.getTime(), timeZone),
    termEndsAt: termEndsAt.toISOString(),
  });
  // Names may have changed since the draft was checked.
  refusePersonalData({ title: row.title, body: text }, new Set([row.gridCode]));
  await trx
    .updateTable("notice")
    .set({
      state: "published",
      version: baseVersion + 1,
      published_at: now,
      term_ends_at: termEndsAt,
      published_text: text,
      text_sha256: createHash("sha256").update(text, "utf8").digest(),
    })
    .where("county_code", "=", countyCode)
    .where("notice_id", "=", noticeId)
    .execute();
  await audit(trx, ctx, { action: "notice.publish", outcome: "done", subject: noticeId });
  return answer(trx, ctx, noticeId);
};

/**
 * Publishes a draft: freezes its text with its SHA-256 and begins the term. Throws
 * `notices.not_found`, `.version_conflict`, `.not_a_draft`, `.personal_data`, `.outside_scope` and
 * `calendar.out_of_range`.
 */
export const publishNotice = async (
  ctx: StaffCtx,
  noticeId: string,
  baseVersion: number,
): Promise<Notice> => {
  const calendar = await calendarOf(ctx.db, ctx.county.countyCode);
  return inScope(ctx.db, scopeOf(ctx), (trx) =>
    publishInTransaction(trx, ctx, noticeId, baseVersion, calendar),
  );
};

/** `withdrawNotice` as a part of a larger act, in its transaction. */
export const withdrawInTransaction = async (
  trx: Trx,
  ctx: StaffCtx,
  noticeId: string,
  { baseVersion, reason }: { baseVersion: number | null; reason: string },
): Promise<Notice> => {
  const row = await lockNotice(trx, ctx, noticeId);
  if (baseVersion !== null && row.version !== baseVersion) {
    throw new ProblemError(versionConflict({ baseVersion, version: row.version }));
  }
  if (row.state !== "published") throw new ProblemError(notPublished({ state: row.state }));
  await trx
    .updateTable("notice")
    .set({ state: "withdrawn", version: row.version + 1, withdraw_reason: reason })
    .where("county_code", "=", ctx.county.countyCode)
    .where("notice_id", "=", noticeId)
    .execute();
  await audit(trx, ctx, { action: "notice.withdraw", outcome: "done", subject: noticeId });
  return answer(trx, ctx, noticeId);
};

/**
 * Withdraws a published notice; what was published stays readable and is marked. Throws
 * `notices.not_found`, `.version_conflict`, `.not_published`, `.outside_scope`.
 */
export const withdrawNotice = (
  ctx: StaffCtx,
  noticeId: string,
  withdrawal: { baseVersion: number; reason: string },
): Promise<Notice> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => withdrawInTransaction(trx, ctx, noticeId, withdrawal));
