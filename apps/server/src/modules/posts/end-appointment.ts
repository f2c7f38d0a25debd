import type { OpenWork } from "@onegrid/contract";
import { isHeldOn, isWithin } from "@onegrid/domain";
import { scopeOf, todayOf, type Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { caseNumber } from "../cases/index.ts";
import { settleOn } from "./appoint.ts";
import { lockPerson, selectOpenWork } from "./person-queries.ts";
import { selectHeldPosts } from "./post-queries.ts";
import {
  alreadyEnded,
  endsBeforeItBegins,
  noSuchAppointment,
  outsideScope,
  personNotFound,
} from "./problems.ts";

/** Open cases whose turn it is of these grids, as they are handed over. */
export const openWorkOf = async (
  trx: Trx,
  ctx: Ctx,
  gridCodes: readonly string[],
): Promise<OpenWork[]> => {
  const rows = await selectOpenWork(trx, ctx.county.countyCode, gridCodes);
  return rows.map(({ caseId, caseNumber: number, reportedAt, gridCode, dueAt }) => ({
    caseId,
    number: caseNumber(reportedAt, number, ctx.county.timeZone),
    gridCode,
    dueAt: dueAt?.toISOString() ?? null,
  }));
};

const close = async (
  trx: Trx,
  ctx: Ctx,
  appointmentId: string,
  endsOn: string,
  reason: string,
): Promise<void> => {
  await trx
    .updateTable("appointment")
    .set({ ends_on: endsOn, end_reason: reason })
    .where("county_code", "=", ctx.county.countyCode)
    .where("appointment_id", "=", appointmentId)
    .execute();
  await audit(trx, ctx, {
    action: "appointment.end",
    outcome: "done",
    subject: appointmentId,
    detail: { endsOn },
  });
};

/**
 * Ends an appointment on a day (the first without it). When that is today, the account has lost the
 * post's access before this answers. Answers the open work of the grid, to be handed over.
 * Throws `posts.no_such_appointment`, `.already_ended`, `.ends_before_it_begins`, `.outside_scope`.
 */
export const endAppointment = (
  ctx: Ctx,
  appointmentId: string,
  { endsOn, reason }: { endsOn: string; reason: string },
): Promise<{ openWork: OpenWork[] }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const row = await trx
      .selectFrom("appointment")
      .select("person_id")
      .where("county_code", "=", countyCode)
      .where("appointment_id", "=", appointmentId)
      .executeTakeFirst();
    if (row === undefined) throw new ProblemError(noSuchAppointment());
    await lockPerson(trx, countyCode, row.person_id);
    const held = (await selectHeldPosts(trx, countyCode, row.person_id)).find(
      (each) => each.appointmentId === appointmentId,
    );
    if (held === undefined) throw new ProblemError(noSuchAppointment());
    if (!isWithin(held.gridCode, ctx.actor.scopeCode)) {
      throw new ProblemError(outsideScope({ gridCode: held.gridCode }));
    }
    if (held.endsOn !== null) throw new ProblemError(alreadyEnded({ endsOn: held.endsOn }));
    if (endsOn < held.beginsOn) {
      throw new ProblemError(endsBeforeItBegins({ beginsOn: held.beginsOn }));
    }
    await close(trx, ctx, appointmentId, endsOn, reason);
    await settleOn(trx, ctx, row.person_id, endsOn);
    return { openWork: await openWorkOf(trx, ctx, [held.gridCode]) };
  });

/**
 * Somebody leaves: every post ends today, the account is closed and its sessions end in the same
 * transaction. Answers the open work of all their grids. Throws `people.not_found`,
 * `posts.outside_scope`.
 */
export const leave = (
  ctx: Ctx,
  personId: string,
  reason: string,
): Promise<{ openWork: OpenWork[] }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const today = todayOf(ctx);
    const person = await lockPerson(trx, countyCode, personId);
    if (person === null) throw new ProblemError(personNotFound());
    const held = await selectHeldPosts(trx, countyCode, personId);
    const running = held.filter(({ endsOn }) => endsOn === null || endsOn > today);
    for (const { gridCode } of [person, ...running]) {
      if (!isWithin(gridCode, ctx.actor.scopeCode)) {
        throw new ProblemError(outsideScope({ gridCode }));
      }
    }
    for (const { appointmentId, beginsOn } of running) {
      // One that has not begun ends on its first day: it never was.
      await close(trx, ctx, appointmentId, beginsOn > today ? beginsOn : today, reason);
    }
    await trx
      .updateTable("person")
      .set({ left_on: today })
      .where("county_code", "=", countyCode)
      .where("person_id", "=", personId)
      .execute();
    await audit(trx, ctx, { action: "person.leave", outcome: "done", subject: personId });
    await settleOn(trx, ctx, personId, today);
    const grids = running.filter((each) => isHeldOn(each, today)).map(({ gridCode }) => gridCode);
    return { openWork: await openWorkOf(trx, ctx, [...new Set(grids)]) };
  });
