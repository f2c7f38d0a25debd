import type { Secretary } from "@onegrid/contract";
import { isWithin } from "@onegrid/domain";
import { sql } from "kysely";
import { scopeOf, todayOf, type Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { selectSpans } from "./organisation-queries.ts";
import { lockOrganisations } from "./organisation-store.ts";
import { notFound, outsideScope, secretaryOrder, unknownPerson } from "./problems.ts";

/** Who led an organisation, the present first. */
export const selectSecretaries = async (
  trx: Trx,
  countyCode: string,
  code: string,
): Promise<Secretary[]> => {
  const { rows } = await sql<Secretary>`
    SELECT k.person_id AS "personId", n.name, k.begins_on AS "beginsOn", k.ends_on AS "endsOn"
    FROM party_secretary k
    JOIN person n ON n.county_code = k.county_code AND n.person_id = k.person_id
    WHERE k.county_code = ${countyCode} AND k.organisation_code = ${code}
    ORDER BY k.begins_on DESC`.execute(trx);
  return rows;
};

export type NewSecretary = {
  organisationCode: string;
  /** Null: nobody for now. */
  personId: string | null;
  beginsOn: string;
};

const store = async (
  trx: Trx,
  countyCode: string,
  { organisationCode, personId, beginsOn }: NewSecretary,
): Promise<void> => {
  await sql`UPDATE party_secretary SET ends_on = ${beginsOn}::date
    WHERE county_code = ${countyCode} AND organisation_code = ${organisationCode}
      AND (ends_on IS NULL OR ends_on > ${beginsOn}::date)`.execute(trx);
  if (personId === null) return;
  // The same day again is a correction of who it is.
  await sql`
    INSERT INTO party_secretary (county_code, organisation_code, begins_on, person_id)
    VALUES (${countyCode}, ${organisationCode}, ${beginsOn}::date, ${personId}::uuid)
    ON CONFLICT (county_code, organisation_code, begins_on) DO UPDATE
      SET person_id = excluded.person_id, ends_on = NULL`.execute(trx);
};

/**
 * Writes down who leads an organisation from a day on; who led it before ends then. Throws
 * `organisations.not_found`, `.outside_scope`, `.secretary_order`, `.unknown_person`.
 */
export const appointSecretary = (
  ctx: Ctx,
  secretary: NewSecretary,
): Promise<{ secretaries: Secretary[] }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const { organisationCode, personId, beginsOn } = secretary;
    await lockOrganisations(trx, countyCode);
    const place = (await selectSpans(trx, countyCode, organisationCode, todayOf(ctx))).at(-1);
    if (place === undefined) throw new ProblemError(notFound(organisationCode));
    if (!isWithin(place.gridCode, ctx.actor.scopeCode)) {
      throw new ProblemError(outsideScope(place.gridCode));
    }
    const [latest] = await selectSecretaries(trx, countyCode, organisationCode);
    if (latest !== undefined && beginsOn < latest.beginsOn) {
      throw new ProblemError(secretaryOrder(latest.beginsOn));
    }
    if (personId !== null) {
      const person = await trx
        .selectFrom("person")
        .select("person_id")
        .where("county_code", "=", countyCode)
        .where("person_id", "=", personId)
        .executeTakeFirst();
      if (person === undefined) throw new ProblemError(unknownPerson);
    }
    await store(trx, countyCode, secretary);
    await audit(trx, ctx, {
      action: "organisation.record",
      outcome: "done",
      subject: organisationCode,
      detail: { kind: "secretary", effectiveOn: beginsOn },
    });
    return { secretaries: await selectSecretaries(trx, countyCode, organisationCode) };
  });

/** Writes whole lists that the program itself made; organisations that do not exist are left out. */
export const loadSecretaries = (
  ctx: Ctx,
  secretaries: readonly { organisationCode: string; personId: string; beginsOn: string }[],
): Promise<void> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await sql`
      INSERT INTO party_secretary (county_code, organisation_code, begins_on, person_id)
      SELECT o.county_code, o.code, r."beginsOn", r."personId"
      FROM jsonb_to_recordset(${JSON.stringify(secretaries)}::jsonb)
        AS r("organisationCode" text, "personId" uuid, "beginsOn" date)
      JOIN organisation o ON o.county_code = ${ctx.county.countyCode}
        AND o.code = r."organisationCode"`.execute(trx);
  });
