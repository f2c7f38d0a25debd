import type { EndpointParsed, putSubstitution, Substitution } from "@onegrid/contract";
import { arrange, dayNumberOf, dayOf, isRefused, isWithin } from "@onegrid/domain";
import { sql } from "kysely";
import { scopeOf, todayOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { idTaken, notFound, unknownAccount } from "./problems.ts";
import { findSubstitution, readPeople, type SubstitutionRow } from "./substitution-queries.ts";
import { substitutionViews } from "./substitution-views.ts";

type Input = { substitutionId: string } & EndpointParsed<typeof putSubstitution>["body"];

/** Whether what stands under the id is what is asked for: then it was sent again. */
const isSame = (row: SubstitutionRow, input: Input): boolean =>
  row.kind === input.kind &&
  row.account_id === input.accountId &&
  row.for_account_id === input.forAccountId &&
  (input.kind === "leave" || row.scope_code === input.scopeCode) &&
  row.reason === input.reason &&
  row.starts_on === input.startsOn &&
  row.ends_on === input.endsOn;

/**
 * Lets an account serve another grid for some days. From the first day on it may act there by
 * naming the grid (`x-onegrid-scope`); after the last day it may not. Throws the refusals of the
 * domain's `arrange`, `substitutions.unknown_account` and `.id_taken`.
 */
export const arrangeSubstitution = async (ctx: StaffCtx, input: Input): Promise<Substitution> => {
  const { countyCode } = ctx.county;
  const row = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const ids = [input.accountId, ...(input.forAccountId === null ? [] : [input.forAccountId])];
    const people = await readPeople(trx, countyCode, ids);
    const missing = ids.find((id) => !people.has(id));
    const serves = people.get(input.accountId);
    if (missing !== undefined || serves === undefined) {
      throw new ProblemError(unknownAccount(missing ?? input.accountId));
    }
    const away = people.get(input.forAccountId ?? "") ?? null;
    const made = arrange(ctx.actor, { ...input, serves, away }, todayOf(ctx));
    if (isRefused(made)) throw new ProblemError(made.refused);
    const { numAffectedRows } = await sql`
      INSERT INTO substitution (county_code, substitution_id, kind, account_id, scope_code,
        for_account_id, reason, starts_on, ends_on, arranged_by, created_at)
      VALUES (${countyCode}, ${input.substitutionId}, ${input.kind}, ${input.accountId},
        ${made.scopeCode}, ${input.kind === "leave" ? input.forAccountId : null}, ${input.reason},
        ${input.startsOn}, ${input.endsOn}, ${ctx.actor.accountId}, ${ctx.clock.now()})
      ON CONFLICT (county_code, substitution_id) DO NOTHING`.execute(trx);
    const stands = await findSubstitution(trx, countyCode, input.substitutionId);
    if (stands === null || !isSame(stands, input)) throw new ProblemError(idTaken);
    if (numAffectedRows === 1n) {
      await audit(trx, ctx, {
        action: "substitution.arrange",
        outcome: "done",
        subject: input.substitutionId,
        detail: { kind: input.kind, scopeCode: made.scopeCode },
      });
    }
    return stands;
  });
  const [view] = await substitutionViews(ctx, [row]);
  if (view === undefined) throw new RangeError("one row has one view");
  return view;
};

/** Ends a substitution before its time: yesterday was its last day. Throws `substitutions.not_found`. */
export const endSubstitution = async (ctx: StaffCtx, substitutionId: string): Promise<void> => {
  const { countyCode } = ctx.county;
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const row = await findSubstitution(trx, countyCode, substitutionId);
    if (row === null || !isWithin(row.scope_code, ctx.actor.scopeCode)) {
      throw new ProblemError(notFound);
    }
    const lastDay = dayOf((dayNumberOf(todayOf(ctx)) ?? 0) - 1);
    if (row.last_day <= lastDay) return;
    await trx
      .updateTable("substitution")
      .set({ ended_on: lastDay })
      .where("county_code", "=", countyCode)
      .where("substitution_id", "=", substitutionId)
      .execute();
    await audit(trx, ctx, {
      action: "substitution.end",
      outcome: "done",
      subject: substitutionId,
    });
  });
};
