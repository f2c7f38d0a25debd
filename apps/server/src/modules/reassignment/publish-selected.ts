import type { Reassignment } from "@onegrid/contract";
import { selectedOf } from "@onegrid/domain";
import { sql } from "kysely";
import type { StaffCtx } from "../../platform/context.ts";
import { violatedConstraint } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { calendarOf } from "../calendar/index.ts";
import { noticeProblemOf, publishInTransaction, writeInTransaction } from "../notices/index.ts";
import { performAct } from "./act.ts";
import { idTaken } from "./problems.ts";

export type Publishing = {
  reassignmentId: string;
  noticeId: string;
  title: string;
  body: string;
  termDays: number;
};

/**
 * Publishes the 公示 of everybody who is selected and not published yet: draft, publication and the
 * step of the reassignment in one transaction. Throws `reassignment.*`, `notices.*`,
 * `calendar.out_of_range`.
 */
export const publishSelected = async (
  ctx: StaffCtx,
  publishing: Publishing,
): Promise<Reassignment> => {
  const { countyCode } = ctx.county;
  const { reassignmentId, noticeId, title, body, termDays } = publishing;
  const calendar = await calendarOf(ctx.db, countyCode);
  try {
    return await performAct(ctx, reassignmentId, "publish", {
      prepare: (_trx, { posts }) => {
        const isSent = posts.some(({ notice }) => notice?.noticeId === noticeId);
        return isSent ? null : posts.filter(({ state }) => state === "selected");
      },
      store: async (trx, { row }, selected) => {
        const nominees = selected.flatMap((post) => {
          const personId = selectedOf(post)?.personId;
          return personId === undefined ? [] : [{ postCode: post.postCode, personId }];
        });
        const words = { title, body, termDays, gridCode: row.streetCode };
        const draft = { noticeId, baseVersion: 0, kind: "appointment" as const, ...words };
        await writeInTransaction(trx, ctx, { ...draft, nominees });
        await publishInTransaction(trx, ctx, noticeId, 1, calendar);
        await sql`
          UPDATE offered_post SET notice_id = ${noticeId}::uuid
          WHERE county_code = ${countyCode} AND reassignment_id = ${reassignmentId}::uuid
            AND post_code = ANY (${nominees.map(({ postCode }) => postCode)}::text[])`.execute(trx);
        return { noticeId, published: nominees.length, termDays };
      },
    });
  } catch (error) {
    if (violatedConstraint(error) === "notice_pkey") throw new ProblemError(idTaken());
    throw noticeProblemOf(error);
  }
};
