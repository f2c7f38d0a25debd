import { sql } from "kysely";
import { todayOf, type Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { lockPerson } from "./person-queries.ts";
import { personLeft, personNotFound } from "./problems.ts";

/** Adds somebody of whom only name and grid are known, in the transaction of a larger act. */
export const addNamedPerson = async (
  trx: Trx,
  ctx: Ctx,
  { personId, name, gridCode }: { personId: string; name: string; gridCode: string },
): Promise<void> => {
  await trx
    .insertInto("person")
    .values({
      county_code: ctx.county.countyCode,
      person_id: personId,
      name,
      grid_code: gridCode,
      sample: false,
    })
    .execute();
  await audit(trx, ctx, { action: "person.add", outcome: "done", subject: personId });
};

/** Whether somebody serves still. Throws `people.not_found`, `posts.person_left`. */
export const checkServes = async (trx: Trx, ctx: Ctx, personId: string): Promise<void> => {
  const person = await lockPerson(trx, ctx.county.countyCode, personId);
  if (person === null) throw new ProblemError(personNotFound());
  const { leftOn } = person;
  if (leftOn !== null && leftOn <= todayOf(ctx)) throw new ProblemError(personLeft({ leftOn }));
};

/** How many posts somebody holds on a day or will hold after it. */
export const countHeld = async (
  trx: Trx,
  countyCode: string,
  personId: string,
  on: string,
): Promise<number> => {
  const { rows } = await sql<{ held: number }>`
    SELECT count(*)::integer AS held FROM appointment
    WHERE county_code = ${countyCode} AND person_id = ${personId}::uuid
      AND (ends_on IS NULL OR ends_on > ${on}::date)`.execute(trx);
  return rows[0]?.held ?? 0;
};
