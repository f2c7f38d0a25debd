import { checkAppointment, dayNumberOf, isWithin, startOfDayMs } from "@onegrid/domain";
import { scopeOf, todayOf, type Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { lockPerson } from "./person-queries.ts";
import {
  lockPost,
  selectHeldPosts,
  selectBlockedByNotice,
  selectMaxPosts,
  selectTenuresOfPost,
} from "./post-queries.ts";
import { idTaken, objectionOpen, outsideScope, personNotFound, postNotFound } from "./problems.ts";
import { settleAccess } from "./settle-access.ts";

export type Appointing = {
  appointmentId: string;
  postCode: string;
  personId: string;
  /** First day, `YYYY-MM-DD`. */
  beginsOn: string;
};

/** On a later day the account changes by a job that is queued with the fact. */
export const settleOn = async (
  trx: Trx,
  ctx: Ctx,
  personId: string,
  day: string,
): Promise<void> => {
  const { countyCode, timeZone } = ctx.county;
  if (day <= todayOf(ctx)) {
    await settleAccess(trx, ctx, personId);
    return;
  }
  await ctx.jobs.add(
    trx,
    "posts.settle_access",
    { countyCode, personId },
    {
      key: `posts.settle_access ${personId} ${day}`,
      runAt: new Date(startOfDayMs(dayNumberOf(day) ?? 0, timeZone)),
    },
  );
};

const sentBefore = async (trx: Trx, countyCode: string, input: Appointing): Promise<boolean> => {
  const row = await trx
    .selectFrom("appointment")
    .select(["post_code", "person_id", "begins_on"])
    .where("county_code", "=", countyCode)
    .where("appointment_id", "=", input.appointmentId)
    .executeTakeFirst();
  if (row === undefined) return false;
  const isSame =
    row.post_code === input.postCode &&
    row.person_id === input.personId &&
    row.begins_on === input.beginsOn;
  if (!isSame) throw new ProblemError(idTaken());
  return true;
};

const check = async (trx: Trx, ctx: Ctx, input: Appointing): Promise<void> => {
  const { countyCode } = ctx.county;
  const { postCode, personId, beginsOn } = input;
  const post = await lockPost(trx, countyCode, postCode);
  if (post === null) throw new ProblemError(postNotFound({ postCode }));
  if (!isWithin(post.gridCode, ctx.actor.scopeCode)) {
    throw new ProblemError(outsideScope({ gridCode: post.gridCode }));
  }
  const person = await lockPerson(trx, countyCode, personId);
  if (person === null) throw new ProblemError(personNotFound());
  const refused = checkAppointment(
    { beginsOn, endsOn: null },
    {
      post,
      ofPost: await selectTenuresOfPost(trx, countyCode, postCode),
      ofPerson: await selectHeldPosts(trx, countyCode, personId),
      leftOn: person.leftOn,
      maxPostsPerPerson: await selectMaxPosts(trx, countyCode),
    },
  );
  if (refused !== null) throw new ProblemError(refused.refused);
  const pair = [{ postCode, personId }];
  const blocked = await selectBlockedByNotice(trx, countyCode, pair, ctx.clock.now());
  if (blocked.length > 0) throw new ProblemError(objectionOpen({ postCode }));
};

/** `appoint` as a part of a larger act, in its transaction. */
export const appointInTransaction = async (
  trx: Trx,
  ctx: Ctx,
  input: Appointing,
): Promise<{ appointmentId: string }> => {
  const { countyCode } = ctx.county;
  const { appointmentId, postCode, personId, beginsOn } = input;
  if (await sentBefore(trx, countyCode, input)) return { appointmentId };
  await check(trx, ctx, input);
  await trx
    .insertInto("appointment")
    .values({
      county_code: countyCode,
      appointment_id: appointmentId,
      post_code: postCode,
      person_id: personId,
      begins_on: beginsOn,
      sample: false,
    })
    .execute();
  await settleOn(trx, ctx, personId, beginsOn);
  await audit(trx, ctx, {
    action: "appointment.begin",
    outcome: "done",
    subject: appointmentId,
    detail: { postCode, beginsOn },
  });
  return { appointmentId };
};

/**
 * Appoints somebody to a post. The account of the person, if any, has the post's role and scope
 * from that day; sent again it changes nothing. Throws `posts.*` and `people.not_found`.
 */
export const appoint = (ctx: Ctx, input: Appointing): Promise<{ appointmentId: string }> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => appointInTransaction(trx, ctx, input));
