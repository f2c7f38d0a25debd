import type { OrganisationBase, OrganisationFactView, OrganisationLevel } from "@onegrid/contract";
import type { OrganisationFact } from "@onegrid/domain";
import { sql, type RawBuilder } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { escapeLike, nameHolds } from "../../platform/name-search.ts";
import { RENEWAL_AHEAD_DAYS, SPAN_COLUMNS, spanJoins, type NamedSpan } from "./organisation-row.ts";

export type OrganisationFilters = {
  grid?: string | undefined;
  level?: OrganisationLevel | undefined;
  base?: OrganisationBase | undefined;
  renewal?: "overdue" | "due" | undefined;
  q?: string | undefined;
};

/** The organisations of one day: spans that hold it. */
export const aliveOn = (countyCode: string, on: string): RawBuilder<unknown> => sql`
  s.county_code = ${countyCode} AND s.valid_from <= ${on}::date
  AND (s.valid_to IS NULL OR s.valid_to > ${on}::date)`;

const conditionsOf = (filters: OrganisationFilters, today: string): RawBuilder<unknown>[] => {
  const { grid, level, base, renewal, q } = filters;
  const conditions: RawBuilder<unknown>[] = [];
  if (grid !== undefined) conditions.push(sql`starts_with(s.grid_code, ${grid})`);
  if (level !== undefined) conditions.push(sql`s.level = ${level}`);
  if (base !== undefined) conditions.push(sql`s.base = ${base}`);
  if (renewal === "overdue") conditions.push(sql`s.term_ends_on < ${today}::date`);
  if (renewal === "due") {
    conditions.push(sql`s.term_ends_on BETWEEN ${today}::date
      AND ${today}::date + ${RENEWAL_AHEAD_DAYS}::integer`);
  }
  if (q !== undefined && q !== "") {
    const like = `%${escapeLike(q)}%`;
    conditions.push(sql`(${nameHolds("s", q)} OR s.code ILIKE ${like})`);
  }
  return conditions;
};

/** Organisations of a day by code, after `afterCode`, `limit` at most. One statement. */
export const selectOrganisations = async (
  trx: Trx,
  countyCode: string,
  day: { on: string; today: string },
  query: OrganisationFilters & { afterCode: string | null; limit: number },
): Promise<NamedSpan[]> => {
  const conditions = [aliveOn(countyCode, day.on), ...conditionsOf(query, day.today)];
  if (query.afterCode !== null) conditions.push(sql`s.code > ${query.afterCode}`);
  const { rows } = await sql<NamedSpan>`
    SELECT ${SPAN_COLUMNS} FROM (
      SELECT * FROM organisation_span s WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY s.code LIMIT ${query.limit}) s ${spanJoins(day.on)} ORDER BY s.code`.execute(trx);
  return rows;
};

/** Every stretch of one organisation, oldest first, with the names of today. */
export const selectSpans = async (
  trx: Trx,
  countyCode: string,
  code: string,
  today: string,
): Promise<NamedSpan[]> => {
  const { rows } = await sql<NamedSpan>`
    SELECT ${SPAN_COLUMNS} FROM organisation_span s ${spanJoins(today)}
    WHERE s.county_code = ${countyCode} AND s.code = ${code} ORDER BY s.valid_from`.execute(trx);
  return rows;
};

type FactRow = Omit<OrganisationFactView, "recordedAt" | "isVoid"> & { recordedAt: Date };

/** The facts of one organisation in the order they were written down. */
export const selectFacts = async (
  trx: Trx,
  countyCode: string,
  code: string,
): Promise<FactRow[]> => {
  const { rows } = await sql<FactRow>`
    SELECT f.seq, f.kind, f.effective_on AS "effectiveOn", f.recorded_at AS "recordedAt", f.data,
      a.name AS "recordedBy"
    FROM organisation_fact f
    LEFT JOIN account a ON a.county_code = f.county_code AND a.account_id = f.account_id
    WHERE f.county_code = ${countyCode} AND f.code = ${code} ORDER BY f.seq`.execute(trx);
  return rows;
};

/** The facts of many organisations by code, to be folded. */
export const selectFactLists = async (
  trx: Trx,
  countyCode: string,
  codes: readonly string[],
): Promise<Map<string, OrganisationFact[]>> => {
  const { rows } = await sql<{ code: string; facts: OrganisationFact[] }>`
    SELECT code, jsonb_agg(jsonb_build_object('kind', kind, 'effectiveOn', effective_on,
      'data', data) ORDER BY seq) AS facts
    FROM organisation_fact
    WHERE county_code = ${countyCode} AND code = ANY (${codes as string[]}::text[])
    GROUP BY code`.execute(trx);
  return new Map(rows.map(({ code, facts }) => [code, facts]));
};

/** Level of each organisation in its latest stretch, and which rows of the registers exist. */
export const selectPlaces = async (
  trx: Trx,
  countyCode: string,
  parents: readonly string[],
  bases: readonly { base: OrganisationBase; baseCode: string }[],
): Promise<{ parentLevels: Map<string, OrganisationLevel>; known: Set<string> }> => {
  const { rows: parentRows } = await sql<{ code: string; level: OrganisationLevel }>`
    SELECT DISTINCT ON (code) code, level FROM organisation_span
    WHERE county_code = ${countyCode} AND code = ANY (${parents as string[]}::text[])
    ORDER BY code, valid_from DESC`.execute(trx);
  const codes = bases.map(({ baseCode }) => baseCode);
  const { rows: baseRows } = await sql<{ base: string; code: string }>`
    SELECT 'estate' AS base, code FROM estate
      WHERE county_code = ${countyCode} AND code = ANY (${codes}::text[])
    UNION ALL SELECT 'building', code FROM building
      WHERE county_code = ${countyCode} AND code = ANY (${codes}::text[])
    UNION ALL SELECT 'property_company', code FROM property_company
      WHERE county_code = ${countyCode} AND code = ANY (${codes}::text[])
    UNION ALL SELECT 'owners_committee', code FROM owners_committee
      WHERE county_code = ${countyCode} AND code = ANY (${codes}::text[])`.execute(trx);
  return {
    parentLevels: new Map(parentRows.map(({ code, level }) => [code, level])),
    known: new Set(baseRows.map(({ base, code }) => `${base} ${code}`)),
  };
};
