import type { Case } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { namesOf, type NamedCaseRow } from "./case-queries.ts";
import { CASE_COLUMNS, caseColumns, caseOfRow, eventOfRow } from "./case-row.ts";
import type { LoggedEvent } from "./case-views.ts";

/** How a single case is found. */
export type CaseKey = { caseId: string } | { receiptCode: string };

/** The row of one case with its names; undefined when it is not in the transaction's sight. */
export const selectNamedCase = async (
  trx: Trx,
  countyCode: string,
  key: CaseKey,
): Promise<NamedCaseRow | undefined> => {
  const found =
    "caseId" in key
      ? sql`c.case_id = ${key.caseId}::uuid`
      : sql`c.receipt_code = ${key.receiptCode}`;
  const { rows } = await sql<NamedCaseRow>`
    WITH page AS (
      SELECT ${caseColumns("c")}, c.case_number, c.sample FROM cases c
      WHERE c.county_code = ${countyCode} AND ${found})
    SELECT page.*, '' AS sort_key, ${namesOf(countyCode)} FROM page`.execute(trx);
  return rows[0];
};

/** Many cases by their ids, those in the transaction's sight, in no order. */
export const selectCases = async (
  trx: Trx,
  countyCode: string,
  caseIds: readonly string[],
): Promise<Case[]> => {
  const rows = await trx
    .selectFrom("cases")
    .select(CASE_COLUMNS)
    .where("county_code", "=", countyCode)
    .where("case_id", "in", [...caseIds])
    .execute();
  return rows.map(caseOfRow);
};

/** The log of one case in order, with the names of the staff in it. */
export const selectLog = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
): Promise<LoggedEvent[]> => {
  const rows = await trx
    .selectFrom("case_event as e")
    .leftJoin("account as a", (join) =>
      join
        .onRef("a.county_code", "=", "e.county_code")
        .onRef("a.account_id", "=", "e.actor_account_id"),
    )
    .where("e.county_code", "=", countyCode)
    .where("e.case_id", "=", caseId)
    .orderBy("e.seq")
    .select([
      "e.case_id",
      "e.seq",
      "e.kind",
      "e.occurred_at",
      "e.recorded_at",
      "e.actor_role",
      "e.actor_account_id",
      "e.data",
      "a.name",
    ])
    .execute();
  return rows.map((row) => ({
    event: eventOfRow(row),
    recordedAt: row.recorded_at,
    actorName: row.name,
  }));
};

/** Names of grids (present version) and departments by code, in one statement. */
export const selectNames = async (
  trx: Trx,
  countyCode: string,
  codes: readonly string[],
): Promise<Map<string, string>> => {
  const wanted = [...new Set(codes)];
  const { rows } = await sql<{ code: string; name: string }>`
    SELECT grid_code AS code, name FROM grid
      WHERE county_code = ${countyCode} AND valid_to IS NULL AND grid_code = ANY (${wanted}::text[])
    UNION ALL
    SELECT unit_code, name FROM department
      WHERE county_code = ${countyCode} AND unit_code = ANY (${wanted}::text[])`.execute(trx);
  return new Map(rows.map(({ code, name }) => [code, name]));
};
