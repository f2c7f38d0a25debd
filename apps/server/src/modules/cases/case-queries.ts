import type { CaseSort } from "@onegrid/contract";
import { sql, type RawBuilder } from "kysely";
import type { Trx } from "../../platform/database.ts";
import type { CaseCursor } from "./case-cursor.ts";
import { DUE, inSubtree, type Condition, type FilterContext } from "./case-filters.ts";
import { caseColumns, type CaseRow } from "./case-row.ts";

/** A case with the names that a reader needs. `sort_key` is where a page that ends here ends. */
export type NamedCaseRow = CaseRow & {
  case_number: string;
  sample: boolean;
  grid_name: string | null;
  category_name: string | null;
  holder_name: string | null;
  sort_key: string;
};

export type CasePage = { rows: NamedCaseRow[]; next: CaseCursor | null };

/** How each list is sorted: its key, its order, and what comes after a key. */
export const ORDERS: Record<CaseSort, { key: Condition; order: Condition; after: Condition }> = {
  due: { key: DUE, order: sql`${DUE}, c.case_id`, after: sql.raw(">") },
  reported_desc: {
    key: sql.raw("c.reported_at"),
    order: sql.raw("c.reported_at DESC, c.case_id DESC"),
    after: sql.raw("<"),
  },
};

/** A sort key as a cursor holds it. */
export const keyText = (key: Condition) => sql<string>`CASE WHEN isfinite(${key})
  THEN to_char(${key} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE 'infinity' END`;

export const allOf = (conditions: Condition[]): Condition => sql.join(conditions, sql` AND `);

/**
 * Names for the cases of a common table `page`, whose rows have the columns of `cases`. Each is
 * looked up by its key row by row: as a join the planner, which under row-level security expects
 * few grids, would compare every case with all of them.
 */
export const namesOf = (countyCode: string): RawBuilder<unknown> => sql`
  (SELECT name FROM grid WHERE county_code = ${countyCode} AND grid_code = page.grid_code
    AND version = page.grid_version) AS grid_name,
  (SELECT name FROM category WHERE county_code = ${countyCode}
    AND category_code = page.category_code AND version = page.category_version) AS category_name,
  CASE WHEN page.tier = 'department'
    THEN (SELECT name FROM department WHERE county_code = ${countyCode}
      AND unit_code = page.holder_code)
    ELSE (SELECT name FROM grid WHERE county_code = ${countyCode}
      AND grid_code = page.holder_code AND valid_to IS NULL)
  END AS holder_name`;

/** Which part of a list is wanted. */
export type PageQuery = {
  countyCode: string;
  sort: CaseSort;
  cursor: CaseCursor | null;
  limit: number;
};

/** The county and what lies after the cursor. */
export const within = ({ countyCode, sort, cursor }: PageQuery): Condition[] => {
  const { key, after } = ORDERS[sort];
  const county: Condition = sql`c.county_code = ${countyCode}`;
  if (cursor === null) return [county];
  return [
    county,
    sql`(${key}, c.case_id) ${after} (${cursor.key}::timestamptz, ${cursor.caseId}::uuid)`,
  ];
};

/** What row-level security says too; said again because this form tells the planner how much. */
export const scopeCondition = (
  countyCode: string,
  { actor, lengths }: FilterContext,
): Condition[] =>
  actor.role === "department" || actor.scopeCode === countyCode
    ? []
    : [inSubtree(actor.scopeCode, lengths)];

/** What a page reads of `cases c`. */
export const columns = sql`${caseColumns("c")}, c.case_number, c.sample`;

/** The plain page: rows in order, as many as asked for and one more. */
const plainPage = (conditions: Condition[], sort: CaseSort, limit: number) => {
  const { key, order } = ORDERS[sort];
  return sql`SELECT ${columns}, ${key} AS sort_at FROM cases c WHERE ${allOf(conditions)}
    ORDER BY ${order} LIMIT ${limit + 1}`;
};

const runPage = async (
  trx: Trx,
  countyCode: string,
  sort: CaseSort,
  page: Condition,
): Promise<NamedCaseRow[]> => {
  const direction = sql.raw(sort === "due" ? "ASC" : "DESC");
  const { rows } = await sql<NamedCaseRow>`
    WITH page AS (${page})
    SELECT page.*, ${keyText(sql.raw("page.sort_at"))} AS sort_key, ${namesOf(countyCode)}
    FROM page
    ORDER BY page.sort_at ${direction}, page.case_id ${direction}`.execute(trx);
  return rows;
};

const paged = (rows: NamedCaseRow[], { limit, sort }: PageQuery): CasePage => {
  const last = rows[limit - 1];
  const next =
    rows.length > limit && last !== undefined
      ? { sort, key: last.sort_key, caseId: last.case_id }
      : null;
  return { rows: rows.slice(0, limit), next };
};

/** One page under the given conditions, in one statement. */
export const selectOrdered = async (
  trx: Trx,
  query: PageQuery,
  conditions: Condition[],
): Promise<CasePage> => {
  const { countyCode, sort, limit } = query;
  const page = plainPage([...within(query), ...conditions], sort, limit);
  return paged(await runPage(trx, countyCode, sort, page), query);
};
