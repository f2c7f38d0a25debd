import type { MyDuty } from "@onegrid/contract";
import { sql } from "kysely";
import { scopeOf, todayOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { selectMyDuties } from "./duty-queries.ts";
import { noSuchAppointment, versionConflict } from "./problems.ts";

const read = (trx: Trx, ctx: StaffCtx): Promise<MyDuty[]> =>
  selectMyDuties(trx, ctx.county.countyCode, ctx.actor.accountId, todayOf(ctx));

/** The duties of the posts the actor holds today. */
export const listMyDuties = async (ctx: StaffCtx): Promise<{ duties: MyDuty[] }> => ({
  duties: await inScope(ctx.db, scopeOf(ctx), (trx) => read(trx, ctx)),
});

/**
 * Acknowledges the duty list in force for an own post. Throws `posts.no_such_appointment`,
 * `posts.version_conflict` when another version has come into force since it was read.
 */
export const acknowledgeDuties = (
  ctx: StaffCtx,
  appointmentId: string,
  version: number,
): Promise<{ duties: MyDuty[] }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const mine = (await read(trx, ctx)).find((duty) => duty.appointmentId === appointmentId);
    if (mine === undefined) throw new ProblemError(noSuchAppointment());
    if (mine.version !== version) {
      throw new ProblemError(versionConflict({ baseVersion: version, version: mine.version }));
    }
    await sql`UPDATE appointment SET duty_version = ${version}, acknowledged_at = ${ctx.clock.now()}
      WHERE county_code = ${ctx.county.countyCode} AND appointment_id = ${appointmentId}::uuid
        AND duty_version IS DISTINCT FROM ${version}`.execute(trx);
    return { duties: await read(trx, ctx) };
  });
