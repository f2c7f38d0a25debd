import type { GridTieKind } from "@onegrid/contract";
import type { Tied } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

export type NamedTie = Tied & { name: string };

type TieRow = Omit<NamedTie, "at" | "leader"> & {
  lng: number | null;
  lat: number | null;
  leaderKind: GridTieKind | null;
  leaderCode: string | null;
};

/**
 * What is tied by code to grids, and stands on a day: each with its place, if it has one, and what
 * it belongs to. An account that a person holds posts with follows the posts and is left out.
 */
export const selectTies = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
  today: string,
): Promise<NamedTie[]> => {
  if (gridCodes.length === 0) return [];
  const codes = sql`ANY (${gridCodes as string[]}::text[])`;
  const inForce = sql`(t.valid_to IS NULL OR t.valid_to > ${today}::date)`;
  const inHouse = (kind: GridTieKind, table: string) => sql`
    SELECT ${kind}, t.code, t.name, t.grid_code, NULL, NULL, 'estate', t.estate_code
    FROM ${sql.table(table)} t
    WHERE t.county_code = ${countyCode} AND t.grid_code = ${codes} AND ${inForce}`;
  const { rows } = await sql<TieRow>`
    SELECT * FROM (
      SELECT 'post' AS kind, t.post_code AS code, k.name, t.grid_code AS "gridCode",
        NULL::double precision AS lng, NULL::double precision AS lat,
        NULL::text AS "leaderKind", NULL::text AS "leaderCode"
      FROM post t
      JOIN post_template k ON k.county_code = t.county_code AND k.template_code = t.template_code
      WHERE t.county_code = ${countyCode} AND t.grid_code = ${codes}
        AND (t.closed_on IS NULL OR t.closed_on > ${today}::date)
      UNION ALL
      SELECT 'account', t.login, t.name, t.scope_code, NULL, NULL, NULL, NULL FROM account t
      WHERE t.county_code = ${countyCode} AND t.scope_code = ${codes} AND t.disabled_at IS NULL
        AND NOT EXISTS (
          SELECT FROM person e
          JOIN appointment a ON a.county_code = e.county_code AND a.person_id = e.person_id
          JOIN post p ON p.county_code = a.county_code AND p.post_code = a.post_code
          WHERE e.county_code = t.county_code AND e.account_id = t.account_id
            AND p.grid_code = t.scope_code
            AND (a.ends_on IS NULL OR a.ends_on > ${today}::date))
      UNION ALL
      SELECT 'organisation', t.code, t.name, t.grid_code, NULL, NULL,
        CASE WHEN t.base IN ('estate', 'building', 'owners_committee') THEN t.base END, t.base_code
      FROM organisation_span t
      WHERE t.county_code = ${countyCode} AND t.grid_code = ${codes} AND ${inForce}
        AND t.valid_from <= ${today}::date
      UNION ALL
      SELECT 'estate', t.code, t.name, t.grid_code, t.lng, t.lat, NULL, NULL FROM estate t
      WHERE t.county_code = ${countyCode} AND t.grid_code = ${codes} AND ${inForce}
      UNION ALL ${inHouse("building", "building")}
      UNION ALL ${inHouse("owners_committee", "owners_committee")}) ties
    ORDER BY "gridCode", kind, code`.execute(trx);
  return rows.map(({ lng, lat, leaderKind, leaderCode, ...tie }) => ({
    ...tie,
    at: lng === null || lat === null ? null : [lng, lat],
    leader:
      leaderKind === null || leaderCode === null ? null : { kind: leaderKind, code: leaderCode },
  }));
};
