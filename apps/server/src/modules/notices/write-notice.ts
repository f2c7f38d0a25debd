import type { Notice, NoticeKind } from "@onegrid/contract";
import { findPersonalData, isWithin } from "@onegrid/domain";
import { sql } from "kysely";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, violatedConstraint, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { gridsOf } from "../grids/index.ts";
import { selectNotice, type NoticeRow } from "./notice-queries.ts";
import { noticeView } from "./notice-views.ts";
import {
  nomineesMissing,
  notADraft,
  notFound,
  outsideScope,
  personalData,
  unknownGrid,
  unknownNominee,
  versionConflict,
} from "./problems.ts";

export type NoticeDraft = {
  noticeId: string;
  baseVersion: number;
  kind: NoticeKind;
  gridCode: string;
  title: string;
  body: string;
  termDays: number;
  nominees: { postCode: string; personId: string }[];
};

/** Refuses words that a public page must not show. */
export const refusePersonalData = (fields: Record<string, string>, known: Set<string>): void => {
  const found = Object.entries(fields).flatMap(([field, words]) =>
    findPersonalData(words, known).map((each) => ({ field, ...each })),
  );
  if (found.length === 0) return;
  throw new ProblemError({
    ...personalData({ kinds: [...new Set(found.map(({ kind }) => kind))] }),
    fields: found.map(({ field, kind, at, length }) => ({
      field: `/body/${field}`,
      code: `notices.${kind}`,
      allowed: `nothing of the kind; found at ${at}, ${length} characters`,
    })),
  });
};

/** Locks a notice of the own grids. Throws `notices.not_found`, `.outside_scope`. */
export const lockNotice = async (trx: Trx, ctx: StaffCtx, noticeId: string): Promise<NoticeRow> => {
  const { countyCode } = ctx.county;
  await sql`SELECT FROM notice WHERE county_code = ${countyCode}
    AND notice_id = ${noticeId}::uuid FOR UPDATE`.execute(trx);
  const row = await selectNotice(trx, countyCode, noticeId);
  if (row === null) throw new ProblemError(notFound());
  if (!isWithin(row.gridCode, ctx.actor.scopeCode)) {
    throw new ProblemError(outsideScope({ gridCode: row.gridCode }));
  }
  return row;
};

const checkDraft = async (ctx: StaffCtx, draft: NoticeDraft): Promise<void> => {
  const { gridCode, kind, nominees } = draft;
  if (!isWithin(gridCode, ctx.actor.scopeCode)) throw new ProblemError(outsideScope({ gridCode }));
  if ((await gridsOf(ctx)).get(gridCode) === undefined) {
    throw new ProblemError(unknownGrid({ gridCode }));
  }
  if ((kind === "appointment") !== nominees.length > 0) throw new ProblemError(nomineesMissing());
  const known = new Set([gridCode, ...nominees.map(({ postCode }) => postCode)]);
  refusePersonalData({ title: draft.title, body: draft.body }, known);
};

const insertNominees = async (trx: Trx, ctx: StaffCtx, draft: NoticeDraft): Promise<void> => {
  const { countyCode } = ctx.county;
  const { noticeId, nominees } = draft;
  await trx
    .deleteFrom("notice_nominee")
    .where("county_code", "=", countyCode)
    .where("notice_id", "=", noticeId)
    .execute();
  if (nominees.length === 0) return;
  const posts = await trx
    .selectFrom("post")
    .select("grid_code")
    .where("county_code", "=", countyCode)
    .where(
      "post_code",
      "in",
      nominees.map(({ postCode }) => postCode),
    )
    .execute();
  const outside = posts.find(({ grid_code }) => !isWithin(grid_code, ctx.actor.scopeCode));
  if (outside !== undefined) throw new ProblemError(outsideScope({ gridCode: outside.grid_code }));
  await trx
    .insertInto("notice_nominee")
    .values(
      nominees.map(({ postCode, personId }) => ({
        county_code: countyCode,
        notice_id: noticeId,
        post_code: postCode,
        person_id: personId,
      })),
    )
    .execute();
};

const store = async (trx: Trx, ctx: StaffCtx, draft: NoticeDraft): Promise<void> => {
  const { countyCode } = ctx.county;
  const { noticeId, baseVersion } = draft;
  const words = {
    kind: draft.kind,
    grid_code: draft.gridCode,
    title: draft.title,
    body: draft.body,
    term_days: draft.termDays,
  };
  const before = baseVersion === 0 ? null : await lockNotice(trx, ctx, noticeId);
  if (before === null) {
    await trx
      .insertInto("notice")
      .values({
        county_code: countyCode,
        notice_id: noticeId,
        state: "draft",
        version: 1,
        account_id: ctx.actor.accountId,
        sample: false,
        ...words,
      })
      .execute();
  } else {
    if (before.version !== baseVersion) {
      throw new ProblemError(versionConflict({ baseVersion, version: before.version }));
    }
    if (before.state !== "draft") throw new ProblemError(notADraft({ state: before.state }));
    await trx
      .updateTable("notice")
      .set({ version: baseVersion + 1, ...words })
      .where("county_code", "=", countyCode)
      .where("notice_id", "=", noticeId)
      .execute();
  }
  await insertNominees(trx, ctx, draft);
};

/** What a failed write means, in this module's words; any other error stays what it is. */
export const noticeProblemOf = (error: unknown): unknown => {
  const constraint = violatedConstraint(error);
  if (constraint === "notice_pkey") return new ProblemError(versionConflict({ baseVersion: 0 }));
  if (constraint?.startsWith("notice_nominee_")) return new ProblemError(unknownNominee());
  return error;
};

/** `putNotice` as a part of a larger act, in its transaction; see `noticeProblemOf`. */
export const writeInTransaction = async (
  trx: Trx,
  ctx: StaffCtx,
  draft: NoticeDraft,
): Promise<Notice> => {
  await checkDraft(ctx, draft);
  await store(trx, ctx, draft);
  await audit(trx, ctx, { action: "notice.write", outcome: "done", subject: draft.noticeId });
  const row = await selectNotice(trx, ctx.county.countyCode, draft.noticeId);
  if (row === null) throw new RangeError(`notice ${draft.noticeId} was written and is gone`);
  return noticeView(row);
};

/**
 * Writes a draft. Throws `notices.version_conflict`, `.not_a_draft`, `.personal_data`,
 * `.unknown_nominee`, `.nominees_missing`, `.unknown_grid`, `.outside_scope`.
 */
export const putNotice = async (ctx: StaffCtx, draft: NoticeDraft): Promise<Notice> => {
  try {
    return await inScope(ctx.db, scopeOf(ctx), (trx) => writeInTransaction(trx, ctx, draft));
  } catch (error) {
    throw noticeProblemOf(error);
  }
};
