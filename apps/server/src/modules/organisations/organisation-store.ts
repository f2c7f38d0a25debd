import type { OrganisationFact, OrganisationSpan } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** One writer of a county's organisations at a time: parents must not vanish meanwhile. */
export const lockOrganisations = async (trx: Trx, countyCode: string): Promise<void> => {
  await sql`SELECT pg_advisory_xact_lock(hashtext('organisations'),
    hashtext(${countyCode}))`.execute(trx);
};

/** What is to be stored of one organisation: its new facts and all the spans they lead to. */
export type OrganisationWrite = {
  code: string;
  firstSeq: number;
  facts: readonly OrganisationFact[];
  spans: readonly OrganisationSpan[];
};

/** Appends facts and replaces the spans of these organisations. Four statements for any number. */
export const writeOrganisations = async (
  trx: Trx,
  countyCode: string,
  writes: readonly OrganisationWrite[],
  by: { accountId: string | null; recordedAt: Date; sample: boolean },
): Promise<void> => {
  const codes = writes.map(({ code }) => code);
  await sql`
    INSERT INTO organisation (county_code, code, sample)
    SELECT ${countyCode}, code, ${by.sample} FROM unnest(${codes}::text[]) AS code
    ON CONFLICT (county_code, code) DO NOTHING`.execute(trx);
  const facts = writes.flatMap(({ code, firstSeq, facts: added }) =>
    added.map((fact, index) => ({ code, seq: firstSeq + index, ...fact })),
  );
  await sql`
    INSERT INTO organisation_fact (county_code, code, seq, kind, effective_on, recorded_at,
      account_id, data)
    SELECT ${countyCode}, code, seq, kind, "effectiveOn", ${by.recordedAt}, ${by.accountId}::uuid,
      data
    FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
      AS r(code text, seq integer, kind text, "effectiveOn" date, data jsonb)`.execute(trx);
  await sql`DELETE FROM organisation_span
    WHERE county_code = ${countyCode} AND code = ANY (${codes}::text[])`.execute(trx);
  const spans = writes.flatMap(({ code, spans: made }) => made.map((span) => ({ code, ...span })));
  await sql`
    INSERT INTO organisation_span (county_code, code, valid_from, valid_to, level, base, base_code,
      grid_code, parent_code, name, founded_on, renewed_on, term_years, term_ends_on)
    SELECT ${countyCode}, code, "validFrom", "validTo", level, base, "baseCode", "gridCode",
      "parentCode", name, "foundedOn", "renewedOn", "termYears", "termEndsOn"
    FROM jsonb_to_recordset(${JSON.stringify(spans)}::jsonb)
      AS r(code text, "validFrom" date, "validTo" date, level text, base text, "baseCode" text,
        "gridCode" text, "parentCode" text, name text, "foundedOn" date, "renewedOn" date,
        "termYears" smallint, "termEndsOn" date)`.execute(trx);
};
