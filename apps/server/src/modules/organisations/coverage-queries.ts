import type { CoverageKind, CoverageRow } from "@onegrid/contract";
import { sql, type RawBuilder } from "kysely";
import type { Trx } from "../../platform/database.ts";

type Day = { countyCode: string; on: string; grid: string };

const valid = (alias: string, on: string): RawBuilder<unknown> => sql`
  ${sql.ref(`${alias}.valid_from`)} <= ${on}::date
  AND (${sql.ref(`${alias}.valid_to`)} IS NULL OR ${sql.ref(`${alias}.valid_to`)} > ${on}::date)`;

/** Organisations of the day, for the covering subqueries. */
const spans = ({ countyCode, on }: Day): RawBuilder<unknown> => sql`
  SELECT s.code, s.name, s.base, s.base_code FROM organisation_span s
  WHERE s.county_code = ${countyCode} AND ${valid("s", on)}`;

/**
 * The subjects of each rate with the organisation that covers them, null when none does. What
 * covers an estate: an organisation built on the estate itself, on one of its buildings, on its
 * owners' committee or on the company that manages it.
 */
const SUBJECTS: Record<CoverageKind, (day: Day) => RawBuilder<unknown>> = {
  grids: ({ countyCode, on, grid }) => sql`
    SELECT t.grid_code AS code, t.name, t.grid_code,
      (SELECT min(s.code) FROM span s WHERE s.base = 'grid' AND s.base_code = t.grid_code)
        AS organisation_code
    FROM grid t WHERE t.county_code = ${countyCode} AND t.level > 0
      AND starts_with(t.grid_code, ${grid}) AND ${valid("t", on)}`,
  // 一肩挑: the secretary of the grid's organisation holds the first post of the grid's level.
  // Who leads and heads is found first: the planner knows nothing of how many each day has.
  secretary_heads: ({ countyCode, on, grid }) => sql`
    WITH led AS MATERIALIZED (
      SELECT k.organisation_code, p.grid_code FROM party_secretary k
      JOIN appointment a ON a.county_code = k.county_code AND a.person_id = k.person_id
        AND a.begins_on <= ${on}::date AND (a.ends_on IS NULL OR a.ends_on > ${on}::date)
      JOIN post p ON p.county_code = a.county_code AND p.post_code = a.post_code
      JOIN post_template q ON q.county_code = p.county_code
        AND q.template_code = p.template_code
      WHERE k.county_code = ${countyCode} AND k.begins_on <= ${on}::date
        AND (k.ends_on IS NULL OR k.ends_on > ${on}::date)
        AND q.rank = (SELECT min(h.rank) FROM post_template h
          WHERE h.county_code = q.county_code AND h.grid_level = q.grid_level)),
    both_ways AS MATERIALIZED (
      SELECT l.grid_code, min(s.code) AS organisation_code FROM led l
      JOIN span s ON s.code = l.organisation_code AND s.base = 'grid'
        AND s.base_code = l.grid_code
      GROUP BY l.grid_code)
    SELECT t.grid_code AS code, t.name, t.grid_code, b.organisation_code
    FROM grid t LEFT JOIN both_ways b ON b.grid_code = t.grid_code
    WHERE t.county_code = ${countyCode} AND t.level > 0
      AND starts_with(t.grid_code, ${grid}) AND ${valid("t", on)}`,
  estates: ({ countyCode, on, grid }) => sql`
    SELECT t.code, t.name, t.grid_code, least(
      (SELECT min(s.code) FROM span s WHERE s.base = 'estate' AND s.base_code = t.code),
      (SELECT min(s.code) FROM span s JOIN building b ON b.county_code = t.county_code
        AND b.code = s.base_code WHERE s.base = 'building' AND b.estate_code = t.code),
      (SELECT min(s.code) FROM span s JOIN owners_committee w ON w.county_code = t.county_code
        AND w.code = s.base_code WHERE s.base = 'owners_committee' AND w.estate_code = t.code),
      (SELECT min(s.code) FROM span s WHERE s.base = 'property_company'
        AND s.base_code = t.company_code)) AS organisation_code
    FROM estate t WHERE t.county_code = ${countyCode}
      AND starts_with(t.grid_code, ${grid}) AND ${valid("t", on)}`,
  property_companies: ({ countyCode, on, grid }) => sql`
    SELECT t.code, t.name, NULL::text AS grid_code,
      (SELECT min(s.code) FROM span s WHERE s.base = 'property_company' AND s.base_code = t.code)
        AS organisation_code
    FROM property_company t WHERE t.county_code = ${countyCode} AND ${valid("t", on)}
      AND (${grid}::text = ${countyCode}::text OR EXISTS (SELECT FROM estate e
        WHERE e.county_code = t.county_code AND e.company_code = t.code
          AND starts_with(e.grid_code, ${grid})))`,
  owners_committees: ({ countyCode, on, grid }) => sql`
    SELECT t.code, t.name, t.grid_code,
      (SELECT min(s.code) FROM span s WHERE s.base = 'owners_committee' AND s.base_code = t.code)
        AS organisation_code
    FROM owners_committee t WHERE t.county_code = ${countyCode}
      AND starts_with(t.grid_code, ${grid}) AND ${valid("t", on)}`,
};

/** How many subjects there are on a day, and how many of them an organisation covers. */
export const countCoverage = async (
  trx: Trx,
  kind: CoverageKind,
  day: Day,
): Promise<{ covered: number; all: number }> => {
  const { rows } = await sql<{ covered: number; all: number }>`
    WITH span AS MATERIALIZED (${spans(day)}), subject AS (${SUBJECTS[kind](day)})
    SELECT count(organisation_code)::integer AS covered, count(*)::integer AS "all"
    FROM subject`.execute(trx);
  return rows[0] ?? { covered: 0, all: 0 };
};

/** The subjects themselves by code, after `afterCode`; `covered` narrows to one side. */
export const selectCoverageRows = async (
  trx: Trx,
  kind: CoverageKind,
  day: Day,
  query: { covered: boolean | undefined; afterCode: string | null; limit: number },
): Promise<CoverageRow[]> => {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (query.covered !== undefined) {
    conditions.push(sql`(x.organisation_code IS NOT NULL) = ${query.covered}`);
  }
  if (query.afterCode !== null) conditions.push(sql`x.code > ${query.afterCode}`);
  const { rows } = await sql<CoverageRow>`
    WITH span AS MATERIALIZED (${spans(day)}), subject AS (${SUBJECTS[kind](day)})
    SELECT x.code, x.name, x.grid_code AS "gridCode", g.name AS "gridName",
      x.organisation_code AS "organisationCode", s.name AS "organisationName"
    FROM (SELECT * FROM subject x WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY x.code LIMIT ${query.limit}) x
    LEFT JOIN span s ON s.code = x.organisation_code
    LEFT JOIN LATERAL (SELECT concat_ws(' · ', u.name, g.name) AS name FROM grid g
      LEFT JOIN grid u ON u.county_code = g.county_code AND u.grid_code = g.parent_code
        AND ${valid("u", day.on)} WHERE g.county_code = ${day.countyCode}
      AND g.grid_code = x.grid_code AND ${valid("g", day.on)}
      ORDER BY g.version DESC LIMIT 1) g ON true
    ORDER BY x.code`.execute(trx);
  return rows;
};
