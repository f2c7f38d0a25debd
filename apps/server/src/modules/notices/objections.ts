import type {
  EndpointAnswer,
  getObjection as getEndpoint,
  Notice,
  Objection,
} from "@onegrid/contract";
import { sql } from "kysely";
import { scopeOf, type Ctx, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { canonicalReceiptCode, newReceiptCode, sealContact } from "../cases/index.ts";
import { selectNotice, selectObjections } from "./notice-queries.ts";
import { noticeView, publicNoticeView } from "./notice-views.ts";
import {
  idTaken,
  notFound,
  notInNotice,
  objectionAnswered,
  objectionNotFound,
  termOver,
} from "./problems.ts";
import { lockNotice, refusePersonalData } from "./write-notice.ts";

export type NewObjection = {
  noticeId: string;
  objectionId: string;
  postCode: string | null;
  words: string;
  contact: string | null;
};

/**
 * Takes an objection while the term runs and answers its receipt; sent again it answers the same
 * one. Throws `notices.not_found`, `.term_over`, `.not_in_notice`, `.id_taken`.
 */
export const objectToNotice = (
  ctx: Ctx,
  dataKey: Uint8Array,
  objection: NewObjection,
): Promise<{ receiptCode: string }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const { noticeId, objectionId, postCode, words, contact } = objection;
    const now = ctx.clock.now();
    const notice = await selectNotice(trx, countyCode, noticeId);
    if (notice === null || notice.state === "draft") throw new ProblemError(notFound());
    const known = await trx
      .selectFrom("objection")
      .select(["notice_id", "words", "receipt_code"])
      .where("county_code", "=", countyCode)
      .where("objection_id", "=", objectionId)
      .executeTakeFirst();
    if (known !== undefined) {
      if (known.notice_id === noticeId && known.words === words) {
        return { receiptCode: known.receipt_code };
      }
      throw new ProblemError(idTaken());
    }
    if (!publicNoticeView(notice, now).isOpen) {
      throw new ProblemError(termOver({ termEndsAt: notice.termEndsAt?.toISOString() }));
    }
    if (postCode !== null && !notice.nominees.some((each) => each.postCode === postCode)) {
      throw new ProblemError(notInNotice({ postCode }));
    }
    const sealed =
      contact === null || contact === ""
        ? null
        : sealContact(dataKey, countyCode, `objection ${objectionId}`, contact);
    const receiptCode = newReceiptCode();
    const stored = await sql`
      INSERT INTO objection (county_code, objection_id, notice_id, post_code, receipt_code, state,
        words, contact_key_id, contact_sealed, received_at)
      VALUES (${countyCode}, ${objectionId}::uuid, ${noticeId}::uuid, ${postCode}, ${receiptCode},
        'open', ${words}, ${sealed?.keyId ?? null}, ${sealed?.ciphertext ?? null}, ${now})
      ON CONFLICT (county_code, objection_id) DO NOTHING RETURNING objection_id`.execute(trx);
    // Two of the same at the same moment: the one that came first has the receipt.
    if (stored.rows.length === 0) throw new ProblemError(idTaken());
    return { receiptCode };
  });

type Followed = EndpointAnswer<typeof getEndpoint>;

/** What became of an objection, by its receipt. Throws `notices.objection_not_found`. */
export const getObjection = (ctx: Ctx, receiptCode: string): Promise<Followed> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { rows } = await sql<
      Omit<Followed, "receivedAt" | "answeredAt"> & { receivedAt: Date; answeredAt: Date | null }
    >`
      SELECT o.notice_id AS "noticeId", n.title AS "noticeTitle", o.state, o.words,
        o.received_at AS "receivedAt", o.answer, o.answered_at AS "answeredAt"
      FROM objection o
      JOIN notice n ON n.county_code = o.county_code AND n.notice_id = o.notice_id
      WHERE o.county_code = ${ctx.county.countyCode}
        AND o.receipt_code = ${canonicalReceiptCode(receiptCode)}`.execute(trx);
    const [row] = rows;
    if (row === undefined) throw new ProblemError(objectionNotFound());
    return {
      ...row,
      receivedAt: row.receivedAt.toISOString(),
      answeredAt: row.answeredAt?.toISOString() ?? null,
    };
  });

/**
 * Answers an objection; whoever holds its receipt reads the answer. Throws
 * `notices.objection_not_found`, `.objection_answered`, `.personal_data`, `.outside_scope`.
 */
export const answerObjection = (
  ctx: StaffCtx,
  objectionId: string,
  { outcome, answer }: { outcome: "upheld" | "dismissed"; answer: string },
): Promise<{ notice: Notice; objections: Objection[] }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    refusePersonalData({ answer }, new Set());
    const row = await trx
      .selectFrom("objection")
      .select(["notice_id", "state"])
      .where("county_code", "=", countyCode)
      .where("objection_id", "=", objectionId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new ProblemError(objectionNotFound());
    const notice = await lockNotice(trx, ctx, row.notice_id);
    if (row.state !== "open") throw new ProblemError(objectionAnswered({ state: row.state }));
    await trx
      .updateTable("objection")
      .set({
        state: outcome,
        answer,
        answered_at: ctx.clock.now(),
        answered_by: ctx.actor.accountId,
      })
      .where("county_code", "=", countyCode)
      .where("objection_id", "=", objectionId)
      .execute();
    await audit(trx, ctx, {
      action: "objection.answer",
      outcome: "done",
      subject: objectionId,
      detail: { outcome },
    });
    return {
      notice: noticeView({ ...notice, openObjections: notice.openObjections - 1 }),
      objections: await selectObjections(trx, countyCode, row.notice_id),
    };
  });
