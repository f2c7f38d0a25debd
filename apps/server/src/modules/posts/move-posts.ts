import { postsToOpen } from "@onegrid/domain";
import { sql } from "kysely";
import { todayOf, type Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import { audit } from "../audit/index.ts";
import { settleOn } from "./appoint.ts";
import { insertPosts } from "./posts.ts";

/** Where a post goes on; null: it is closed. */
export type PostMove = { postCode: string; gridCode: string | null };

type OldPost = {
  postCode: string;
  templateCode: string;
  dutyPhone: string | null;
  serviceHours: string | null;
};

const selectOpenPosts = async (
  trx: Trx,
  countyCode: string,
  codes: readonly string[],
  today: string,
): Promise<OldPost[]> => {
  const { rows } = await sql<OldPost>`
    SELECT post_code AS "postCode", template_code AS "templateCode", duty_phone AS "dutyPhone",
      service_hours AS "serviceHours"
    FROM post WHERE county_code = ${countyCode} AND post_code = ANY (${codes as string[]}::text[])
      AND (closed_on IS NULL OR closed_on > ${today}::date)
    ORDER BY post_code FOR UPDATE`.execute(trx);
  return rows;
};

type Running = {
  appointmentId: string;
  postCode: string;
  personId: string;
  /** First day of what follows: today, or later when it has not begun. */
  from: string;
};

/** Appointments that run, or will run, end: today, or on their first day when they never began. */
const endRunning = async (
  trx: Trx,
  countyCode: string,
  codes: readonly string[],
  { today, reason }: { today: string; reason: string },
): Promise<Running[]> => {
  const { rows } = await sql<Running>`
    UPDATE appointment SET ends_on = greatest(begins_on, ${today}::date), end_reason = ${reason}
    WHERE county_code = ${countyCode} AND post_code = ANY (${codes as string[]}::text[])
      AND ends_on IS NULL
    RETURNING appointment_id AS "appointmentId", post_code AS "postCode",
      person_id AS "personId", ends_on AS "from"`.execute(trx);
  return rows.toSorted((a, b) => (a.appointmentId < b.appointmentId ? -1 : 1));
};

/** The code of the post that goes on in another grid, which nobody had before. */
const freshCode = async (
  trx: Trx,
  countyCode: string,
  gridCode: string,
  templateCode: string,
): Promise<string> => {
  const { rows } = await sql<{ postCode: string }>`
    SELECT post_code AS "postCode" FROM post
    WHERE county_code = ${countyCode} AND starts_with(post_code, ${gridCode})`.execute(trx);
  const known = rows.map((row) => ({ ...row, gridCode, templateCode, isTaken: true }));
  return postsToOpen([gridCode], templateCode, 1, known)[0]?.postCode as string;
};

/** The same holder, with the duties that were acknowledged: they are those of the kind of post. */
const goOn = async (
  trx: Trx,
  countyCode: string,
  { appointmentId, personId, from }: Running,
  postCode: string,
): Promise<void> => {
  await sql`
    INSERT INTO appointment (county_code, appointment_id, post_code, person_id, begins_on,
      duty_version, acknowledged_at, sample)
    SELECT county_code, ${newId()}::uuid, ${postCode}, ${personId}::uuid, ${from}::date,
      duty_version, acknowledged_at, sample
    FROM appointment
    WHERE county_code = ${countyCode} AND appointment_id = ${appointmentId}::uuid`.execute(trx);
};

/**
 * Posts of grids that change: each is closed today and goes on under a new code in another grid with
 * its holder, phone and hours, or ends. So every past day keeps its posts where they were. Accounts
 * follow in the same transaction.
 */
export const movePosts = async (
  trx: Trx,
  ctx: Ctx,
  moves: readonly PostMove[],
  reason: string,
): Promise<void> => {
  const { countyCode } = ctx.county;
  const today = todayOf(ctx);
  const target = new Map(moves.map(({ postCode, gridCode }) => [postCode, gridCode]));
  const posts = await selectOpenPosts(trx, countyCode, [...target.keys()], today);
  const codes = posts.map(({ postCode }) => postCode);
  const running = await endRunning(trx, countyCode, codes, { today, reason });
  await sql`
    UPDATE post SET closed_on = greatest(opened_on, ${today}::date)
    WHERE county_code = ${countyCode} AND post_code = ANY (${codes}::text[])`.execute(trx);
  for (const { postCode: old, templateCode, dutyPhone, serviceHours } of posts) {
    const gridCode = target.get(old) ?? null;
    await audit(trx, ctx, {
      action: "post.close",
      outcome: "done",
      subject: old,
      ...(gridCode !== null && { detail: { gridCode } }),
    });
    if (gridCode === null) continue;
    const postCode = await freshCode(trx, countyCode, gridCode, templateCode);
    const like = { templateCode, dutyPhone, serviceHours, openedOn: today };
    await insertPosts(trx, ctx, [{ ...like, postCode, gridCode }]);
    for (const each of running.filter((one) => one.postCode === old)) {
      await goOn(trx, countyCode, each, postCode);
    }
  }
  for (const { personId, from } of running) await settleOn(trx, ctx, personId, from);
};
