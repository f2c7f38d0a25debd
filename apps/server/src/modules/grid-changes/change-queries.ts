import type { GridChangeState, GridOutline, GridTie } from "@onegrid/contract";
import { ENDED_STATES } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

export type ReplacedGrid = { gridCode: string; version: number };
export type DrawnGrid = { gridCode: string | null; name: string; outline: GridOutline };

export type ChangeRow = {
  changeId: string;
  parentCode: string;
  parentVersion: number;
  parentName: string;
  state: GridChangeState;
  version: number;
  effectiveOn: string;
  note: string;
  replaces: ReplacedGrid[];
  grids: DrawnGrid[];
  writtenBy: string;
  writtenByName: string;
  proposedBy: string | null;
  proposedByName: string | null;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  decisionNote: string | null;
  updatedAt: Date;
  inEffectAt: Date | null;
};

const columns = (grids: "whole" | "names") => sql`
  c.change_id AS "changeId", c.parent_code AS "parentCode", c.parent_version AS "parentVersion",
  p.name AS "parentName", c.state, c.version, c.effective_on AS "effectiveOn", c.note, c.replaces,
  ${
    grids === "whole"
      ? sql`c.grids`
      : sql`(SELECT jsonb_agg(jsonb_build_object('gridCode', g -> 'gridCode', 'name', g -> 'name')
          ORDER BY n) FROM jsonb_array_elements(c.grids) WITH ORDINALITY AS e(g, n))`
  } AS grids,
  c.written_by AS "writtenBy", w.name AS "writtenByName",
  c.proposed_by AS "proposedBy", q.name AS "proposedByName",
  c.decided_by AS "decidedBy", d.name AS "decidedByName", c.decided_at AS "decidedAt",
  c.decision_note AS "decisionNote", c.updated_at AS "updatedAt", c.in_effect_at AS "inEffectAt"`;

const JOINS = sql`
  FROM grid_change c
  JOIN grid p ON p.county_code = c.county_code AND p.grid_code = c.parent_code
    AND p.version = c.parent_version
  JOIN account w ON w.county_code = c.county_code AND w.account_id = c.written_by
  LEFT JOIN account q ON q.county_code = c.county_code AND q.account_id = c.proposed_by
  LEFT JOIN account d ON d.county_code = c.county_code AND d.account_id = c.decided_by`;

/** One change in the transaction's scope; undefined when it is not in sight. */
export const selectChange = async (
  trx: Trx,
  countyCode: string,
  changeId: string,
): Promise<ChangeRow | undefined> => {
  const { rows } = await sql<ChangeRow>`SELECT ${columns("whole")} ${JOINS}
    WHERE c.county_code = ${countyCode} AND c.change_id = ${changeId}::uuid`.execute(trx);
  return rows[0];
};

/** The same, locked until the transaction ends. */
export const selectChangeForUpdate = async (
  trx: Trx,
  countyCode: string,
  changeId: string,
): Promise<ChangeRow | undefined> => {
  await sql`SELECT FROM grid_change WHERE county_code = ${countyCode}
    AND change_id = ${changeId}::uuid FOR UPDATE`.execute(trx);
  return selectChange(trx, countyCode, changeId);
};

const LISTED = 200;

/** The newest changes in the transaction's scope, their grids by name alone. */
export const selectChanges = async (
  trx: Trx,
  countyCode: string,
  { parent, state }: { parent?: string | undefined; state?: GridChangeState | undefined },
): Promise<ChangeRow[]> => {
  const { rows } = await sql<ChangeRow>`SELECT ${columns("names")} ${JOINS}
    WHERE c.county_code = ${countyCode}
      AND (${parent ?? null}::text IS NULL OR c.parent_code = ${parent ?? null})
      AND (${state ?? null}::text IS NULL OR c.state = ${state ?? null})
    ORDER BY c.updated_at DESC, c.change_id DESC LIMIT ${LISTED}`.execute(trx);
  return rows;
};

/** What is tied by code to grids, and stands on a day. People by their posts, never by themselves. */
export const selectTies = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
  today: string,
): Promise<Omit<GridTie, "vanishing">[]> => {
  if (gridCodes.length === 0) return [];
  const codes = sql`ANY (${gridCodes as string[]}::text[])`;
  const inForce = sql`(t.valid_to IS NULL OR t.valid_to > ${today}::date)`;
  const register = (kind: string, table: string) => sql`
    SELECT ${kind}, t.code, t.name, t.grid_code FROM ${sql.table(table)} t
    WHERE t.county_code = ${countyCode} AND t.grid_code = ${codes} AND ${inForce}`;
  const { rows } = await sql<Omit<GridTie, "vanishing">>`
    SELECT * FROM (
      SELECT 'post' AS kind, t.post_code AS code, k.name, t.grid_code AS "gridCode" FROM post t
      JOIN post_template k ON k.county_code = t.county_code AND k.template_code = t.template_code
      WHERE t.county_code = ${countyCode} AND t.grid_code = ${codes}
        AND (t.closed_on IS NULL OR t.closed_on > ${today}::date)
      UNION ALL
      SELECT 'account', t.login, t.name, t.scope_code FROM account t
      WHERE t.county_code = ${countyCode} AND t.scope_code = ${codes} AND t.disabled_at IS NULL
      UNION ALL
      SELECT 'organisation', t.code, t.name, t.grid_code FROM organisation_span t
      WHERE t.county_code = ${countyCode} AND t.grid_code = ${codes} AND ${inForce}
      UNION ALL ${register("estate", "estate")}
      UNION ALL ${register("building", "building")}
      UNION ALL ${register("owners_committee", "owners_committee")}) ties
    ORDER BY "gridCode", kind, code`.execute(trx);
  return rows;
};

/** Open cases by grid, of those in the transaction's scope. */
export const countOpenCases = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
): Promise<Map<string, number>> => {
  const { rows } = await sql<{ grid_code: string; open: number }>`
    SELECT grid_code, count(*)::integer AS open FROM cases
    WHERE county_code = ${countyCode} AND grid_code = ANY (${gridCodes as string[]}::text[])
      AND state NOT IN (${sql.join([...ENDED_STATES])})
    GROUP BY grid_code`.execute(trx);
  return new Map(rows.map((row) => [row.grid_code, row.open]));
};

/** Households of the estates by grid. */
export const countHouseholds = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
  today: string,
): Promise<Map<string, number>> => {
  const { rows } = await sql<{ grid_code: string; households: number }>`
    SELECT grid_code, coalesce(sum(households), 0)::integer AS households FROM estate
    WHERE county_code = ${countyCode} AND grid_code = ANY (${gridCodes as string[]}::text[])
      AND (valid_to IS NULL OR valid_to > ${today}::date)
    GROUP BY grid_code`.execute(trx);
  return new Map(rows.map((row) => [row.grid_code, row.households]));
};

/** Points of the open cases in a grid and below: where its work lies, without saying what it is. */
export const selectWorkPlaces = async (
  trx: Trx,
  countyCode: string,
  gridCode: string,
): Promise<{ lng: number; lat: number }[]> => {
  const { rows } = await sql<{ lng: number; lat: number }>`
    SELECT lng, lat FROM cases
    WHERE county_code = ${countyCode} AND grid_code >= ${gridCode}
      AND grid_code < ${`${gridCode}~`} AND lng IS NOT NULL
      AND state NOT IN (${sql.join([...ENDED_STATES])})
    ORDER BY case_id LIMIT 5000`.execute(trx);
  return rows;
};

/** Codes that grids under a parent have or once had. */
export const selectCodesEver = async (
  trx: Trx,
  countyCode: string,
  parentCode: string,
): Promise<Map<string, number>> => {
  const { rows } = await sql<{ grid_code: string; version: number }>`
    SELECT grid_code, max(version) AS version FROM grid
    WHERE county_code = ${countyCode} AND parent_code = ${parentCode} GROUP BY grid_code`.execute(
    trx,
  );
  return new Map(rows.map((row) => [row.grid_code, row.version]));
};
