import { sql } from "kysely";
import { todayOf, type Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { settleOn } from "./appoint.ts";

/** What is written as the reason of each: the reassignment itself says the rest. */
const REASON = "reassignment";

/**
 * The appointments to these posts end on one day, in the transaction of a reassignment; one that
 * would begin later never does. Answers how many.
 */
export const endTogether = async (
  trx: Trx,
  ctx: Ctx,
  postCodes: readonly string[],
  { endsOn, reassignmentId }: { endsOn: string; reassignmentId: string },
): Promise<number> => {
  const { rows } = await sql<{ personId: string; endsOn: string }>`
    UPDATE appointment SET ends_on = greatest(begins_on, ${endsOn}::date), end_reason = ${REASON},
      reassignment_id = ${reassignmentId}::uuid
    WHERE county_code = ${ctx.county.countyCode} AND ends_on IS NULL
      AND post_code = ANY (${postCodes as string[]}::text[])
    RETURNING person_id AS "personId", ends_on AS "endsOn"`.execute(trx);
  for (const each of rows) await settleOn(trx, ctx, each.personId, each.endsOn);
  return rows.length;
};

/** What a reassignment ended goes on, where nobody else was appointed meanwhile. */
export const goOnTogether = async (trx: Trx, ctx: Ctx, reassignmentId: string): Promise<number> => {
  const { rows } = await sql<{ personId: string }>`
    UPDATE appointment a SET ends_on = NULL, end_reason = NULL, reassignment_id = NULL
    WHERE a.county_code = ${ctx.county.countyCode}
      AND a.reassignment_id = ${reassignmentId}::uuid
      AND NOT EXISTS (SELECT FROM appointment b WHERE b.county_code = a.county_code
        AND b.post_code = a.post_code AND b.appointment_id <> a.appointment_id
        AND (b.ends_on IS NULL OR b.ends_on > a.ends_on))
    RETURNING a.person_id AS "personId"`.execute(trx);
  for (const { personId } of rows) await settleOn(trx, ctx, personId, todayOf(ctx));
  return rows.length;
};
