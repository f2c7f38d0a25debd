import type { CaseFilters, CaseSort } from "@onegrid/contract";
import { sql, type RawBuilder } from "kysely";
import type { Trx } from "../../platform/database.ts";
import type { CaseCursor } from "./case-cursor.ts";
import {
  DUE,
  filterConditions,
  gridRange,
  type Condition,
  type FilterContext,
} from "./case-filters.ts";
import { runningNumberOf } from "./case-number.ts";
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

/**
 * How many cases a search by words reads at most for one page, newest (or most urgent) first. A
 * page that ends there says where to go on, so a search is slow to finish but never slow to answer.
 */
export const SEARCH_WINDOW = 20_000;

const ORDERS: Record<CaseSort, { key: Condition; order: Condition; after: Condition }> = {
  due: { key: DUE, order: sql`${DUE}, c.case_id`, after: sql.raw(">") },
  reported_desc: {
    key: sql.raw("c.reported_at"),
    order: sql.raw("c.reported_at DESC, c.case_id DESC"),
    after: sql.raw("<"),
  },
};

const keyText = (key: Condition) => sql<string>`CASE WHEN isfinite(${key})
  THEN to_char(${key} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE 'infinity' END`;

export const allOf = (conditions: Condition[]): Condition => sql.join(conditions, sql` AND `);

/** Names for the cases of a common table `page`, whose rows have the columns of `cases`. */
export const joinNames = (countyCode: string): RawBuilder<unknown> => sql`
  LEFT JOIN grid g ON g.county_code = ${countyCode} AND g.grid_code = page.grid_code
    AND g.version = page.grid_version
  LEFT JOIN category k ON k.county_code = ${countyCode} AND k.category_code = page.category_code
    AND k.version = page.category_version
  LEFT JOIN department d ON d.county_code = ${countyCode} AND page.tier = 'department'
    AND d.unit_code = page.holder_code
  LEFT JOIN grid h ON h.county_code = ${countyCode} AND page.tier <> 'department'
    AND h.grid_code = page.holder_code AND h.valid_to IS NULL`;

/** The names that {@link joinNames} finds. */
export const NAMES = sql.raw<unknown>(
  "g.name AS grid_name, k.name AS category_name, coalesce(d.name, h.name) AS holder_name",
);

const escapeLike = (words: string) => words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** Which part of a list is wanted. */
export type PageQuery = {
  countyCode: string;
  sort: CaseSort;
  cursor: CaseCursor | null;
  limit: number;
};

const within = ({ countyCode, sort, cursor }: PageQuery): Condition[] => {
  const { key, after } = ORDERS[sort];
  const county: Condition = sql`c.county_code = ${countyCode}`;
  if (cursor === null) return [county];
  return [
    county,
    sql`(${key}, c.case_id) ${after} (${cursor.key}::timestamptz, ${cursor.caseId}::uuid)`,
  ];
};

/** What row-level security says too; said again because this form tells the planner how much. */
export const scopeCondition = (countyCode: string, { actor }: FilterContext): Condition[] =>
  actor.role === "department" || actor.scopeCode === countyCode ? [] : [gridRange(actor.scopeCode)];

const columns = sql`${caseColumns("c")}, c.case_number, c.sample`;

/** The plain page: rows in order, as many as asked for and one more. */
const plainPage = (conditions: Condition[], sort: CaseSort, limit: number) => {
  const { key, order } = ORDERS[sort];
  return sql`SELECT ${columns}, ${key} AS sort_at FROM cases c WHERE ${allOf(conditions)}
    ORDER BY ${order} LIMIT ${limit + 1}`;
};

/** The rows with the words among the first {@link SEARCH_WINDOW} in order; stops when it has enough. */
const searchPage = (conditions: Condition[], sort: CaseSort, limit: number, words: string) => {
  const { key, order } = ORDERS[sort];
  const pattern = `%${escapeLike(words)}%`;
  return sql`SELECT * FROM (SELECT ${columns}, ${key} AS sort_at FROM cases c
      WHERE ${allOf(conditions)} ORDER BY ${order} LIMIT ${SEARCH_WINDOW}) c
    WHERE c.description ILIKE ${pattern} OR c.address ILIKE ${pattern} LIMIT ${limit + 1}`;
};

/** Where the search window ended, or null when it held everything there was. */
const windowEnd = async (
  trx: Trx,
  conditions: Condition[],
  sort: CaseSort,
): Promise<CaseCursor | null> => {
  const { key, order } = ORDERS[sort];
  const { rows } = await sql<{ sort_key: string; case_id: string }>`
    SELECT ${keyText(key)} AS sort_key, c.case_id FROM cases c WHERE ${allOf(conditions)}
    ORDER BY ${order} OFFSET ${SEARCH_WINDOW - 1} LIMIT 1`.execute(trx);
  return rows[0] === undefined ? null : { sort, key: rows[0].sort_key, caseId: rows[0].case_id };
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
    SELECT page.*, ${keyText(sql.raw("page.sort_at"))} AS sort_key, ${NAMES}
    FROM page ${joinNames(countyCode)}
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

const searchCases = async (
  trx: Trx,
  query: PageQuery,
  words: string,
  conditions: Condition[],
): Promise<CasePage> => {
  const { countyCode, sort, limit, cursor } = query;
  const number = runningNumberOf(words);
  if (number !== undefined && cursor === null) {
    const numbered = [...conditions, sql`c.case_number = ${number}::bigint`];
    const found = await selectOrdered(trx, query, numbered);
    if (found.rows.length > 0) return found;
  }
  const all = [...within(query), ...conditions];
  const search = searchPage(all, sort, limit, words);
  const found = paged(await runPage(trx, countyCode, sort, search), query);
  return found.next === null ? { ...found, next: await windowEnd(trx, all, sort) } : found;
};

/**
 * One page of a list: one statement, whatever is filtered or sorted; a search by words that finds
 * little asks once more where it stopped. What looks like a case number is looked up as one first.
 */
export const selectCasePage = (
  trx: Trx,
  query: PageQuery & { filters: CaseFilters },
  context: FilterContext,
): Promise<CasePage> => {
  const conditions = [
    ...scopeCondition(query.countyCode, context),
    ...filterConditions(query.filters, context),
  ];
  const words = query.filters.q;
  return words === undefined
    ? selectOrdered(trx, query, conditions)
    : searchCases(trx, query, words, conditions);
};
