import type { RegisterName, RegisterRow, ThreeWithoutState } from "@onegrid/contract";
import { sql, type RawBuilder } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { escapeLike, nameHolds } from "../../platform/name-search.ts";
import { tableOf } from "./register-table.ts";

export type RegisterFilters = {
  q?: string | undefined;
  grid?: string | undefined;
  on?: string | undefined;
  threeWithout?: ThreeWithoutState | undefined;
};

const conditionsOf = (
  register: RegisterName,
  countyCode: string,
  filters: RegisterFilters,
): RawBuilder<unknown>[] => {
  const { q, grid, on, threeWithout } = filters;
  const { hasGrid } = tableOf(register);
  const conditions: RawBuilder<unknown>[] = [sql`t.county_code = ${countyCode}`];
  if (q !== undefined && q !== "") {
    const like = `%${escapeLike(q)}%`;
    conditions.push(sql`(${nameHolds("t", q)} OR t.code ILIKE ${like})`);
  }
  if (grid !== undefined && hasGrid) {
    conditions.push(sql`starts_with(t.grid_code, ${grid})`);
  }
  if (grid !== undefined && register === "property_companies") {
    conditions.push(sql`EXISTS (SELECT FROM estate e WHERE e.county_code = t.county_code
      AND e.company_code = t.code AND starts_with(e.grid_code, ${grid}))`);
  }
  if (on !== undefined) {
    conditions.push(
      sql`t.valid_from <= ${on}::date AND (t.valid_to IS NULL OR t.valid_to > ${on}::date)`,
    );
  }
  if (threeWithout !== undefined && register === "estates") {
    conditions.push(sql`t.three_without = ${threeWithout}`);
  }
  return conditions;
};

/** A page of rows by code, `limit` at most, after `afterCode`. One statement. */
export const selectRows = async (
  trx: Trx,
  countyCode: string,
  register: RegisterName,
  query: RegisterFilters & { afterCode: string | null; limit: number },
): Promise<RegisterRow[]> => {
  const table = tableOf(register);
  const conditions = conditionsOf(register, countyCode, query);
  if (query.afterCode !== null) conditions.push(sql`t.code > ${query.afterCode}`);
  const { rows } = await sql<RegisterRow>`
    SELECT t.code, t.version, t.sample, ${table.asJson} AS "values" FROM ${table.name} t
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY t.code LIMIT ${query.limit}`.execute(trx);
  return rows;
};

/** Rows by their codes. */
export const selectByCodes = async (
  trx: Trx,
  countyCode: string,
  register: RegisterName,
  codes: readonly string[],
): Promise<Map<string, RegisterRow>> => {
  const table = tableOf(register);
  const { rows } = await sql<RegisterRow>`
    SELECT t.code, t.version, t.sample, ${table.asJson} AS "values" FROM ${table.name} t
    WHERE t.county_code = ${countyCode} AND t.code = ANY (${codes as string[]}::text[])`.execute(
    trx,
  );
  return new Map(rows.map((row) => [row.code, row]));
};

/** Which of these codes a register has. */
export const selectKnownCodes = async (
  trx: Trx,
  countyCode: string,
  register: RegisterName,
  codes: readonly string[],
): Promise<Set<string>> => {
  if (codes.length === 0) return new Set();
  const { rows } = await sql<{ code: string }>`
    SELECT t.code FROM ${tableOf(register).name} t
    WHERE t.county_code = ${countyCode} AND t.code = ANY (${codes as string[]}::text[])`.execute(
    trx,
  );
  return new Set(rows.map(({ code }) => code));
};

/** Names and addresses of the estates of a day, for the search by name. */
export const selectPlaceNames = async (
  trx: Trx,
  countyCode: string,
  on: string,
): Promise<{ name: string; gridCode: string; address: string | null }[]> => {
  const { rows } = await sql<{ name: string; gridCode: string; address: string | null }>`
    SELECT name, grid_code AS "gridCode", address FROM estate
    WHERE county_code = ${countyCode} AND valid_from <= ${on}::date
      AND (valid_to IS NULL OR valid_to > ${on}::date)`.execute(trx);
  return rows;
};
