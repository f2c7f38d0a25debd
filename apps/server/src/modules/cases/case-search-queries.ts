import type { CaseSort } from "@onegrid/contract";
import { bigramsOf, searchPieces, searchText } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import type { CaseCursor } from "./case-cursor.ts";
import type { Condition } from "./case-filters.ts";
import { runningNumberOf } from "./case-number.ts";
import {
  allOf,
  columns,
  keyText,
  namesOf,
  ORDERS,
  type CasePage,
  type NamedCaseRow,
  type PageQuery,
} from "./case-queries.ts";

/** How far a search goes for each order of a list; in rows. */
const REACH: Record<CaseSort, { newest: number; fromIndex: number }> = {
  // A frequent word fills a page out of the newest reports, which lie together; a rarer one has
  // few cases in the index.
  reported_desc: { newest: 8_000, fromIndex: 12_000 },
  // Words know nothing of deadlines: every case out of the index would be read to find the first.
  due: { newest: 0, fromIndex: 2_000 },
};

/** A department has a list of words of its own, with nobody else's cases between. */
const DEPARTMENT_NEWEST = 12_000;

/**
 * How many cases of the list are read in its order where neither was enough, and the page says
 * where to go on. The cases of a department lie far apart in that order.
 */
const WALK: Record<CaseSort, number> = { reported_desc: 1_000, due: 3_000 };
const DEPARTMENT_WALK = 300;
/** Without pairs to ask the index for (one character) there is nothing but this. */
const LONG_WALK = 6_000;

/** What somebody typed, ready to be looked for. */
type Wanted = { pieces: string[]; bigrams: number[]; number: string | undefined };

const wantedOf = (typed: string): Wanted => {
  const pieces = searchPieces(typed);
  return { pieces, bigrams: bigramsOf(searchText(typed)), number: runningNumberOf(typed) };
};

/** Pieces are letters and digits alone: nothing in them is a wildcard. */
const holdsPieces = (pieces: readonly string[]): Condition =>
  sql`w.words LIKE ALL (${pieces.map((piece) => `%${piece}%`)}::text[])`;

/** Cases `c` whose words hold everything typed, as a condition: for counting on a map. */
export const wordsCondition = (countyCode: string, typed: string): Condition => {
  const { pieces, bigrams } = wantedOf(typed);
  if (pieces.length === 0) return sql`false`;
  if (bigrams.length > 0) {
    return sql`c.case_id IN (SELECT known.case_id FROM onegrid.cases_with_words(
      ${bigrams}::integer[], ${pieces}::text[], NULL, NULL, NULL) known)`;
  }
  return sql`EXISTS (SELECT FROM case_words w WHERE w.county_code = ${countyCode}
    AND w.case_id = c.case_id AND ${holdsPieces(pieces)})`;
};

/** A page of a search, and whether a department asks, whose cases are few and far apart. */
export type SearchQuery = PageQuery & { isDepartment: boolean };

type Status = { capped: boolean; walk_key: string | null; walk_id: string | null };
type Found = Status & NamedCaseRow;

/**
 * Cases of the common table `source` that are on the list, read one by one by their key until the
 * page is full. OFFSET 0 keeps the planner from joining first and sorting then: it would read all.
 */
const onTheList = (source: string, query: PageQuery, all: Condition): Condition => {
  const { countyCode, sort, limit } = query;
  const listed = sql`CROSS JOIN LATERAL (
    SELECT c.case_id, ${ORDERS[sort].key} AS sort_at FROM cases c
    WHERE c.county_code = ${countyCode} AND c.case_id = k.case_id AND ${all} OFFSET 0) listed`;
  return sort === "due"
    ? sql`SELECT listed.* FROM ${sql.raw(source)} k ${listed}
        ORDER BY listed.sort_at ASC, listed.case_id ASC LIMIT ${limit + 1}`
    : sql`SELECT listed.* FROM (SELECT * FROM ${sql.raw(source)}
          ORDER BY reported_at DESC, case_id DESC OFFSET 0) k ${listed}
        ORDER BY k.reported_at DESC, k.case_id DESC LIMIT ${limit + 1}`;
};

/**
 * One statement: the case whose number was typed; else what the newest reports of the county (or the
 * newest cases of the department) hold; else what the index of words knows; else what the first
 * cases of the list hold. Each is asked only where the one before was not enough: a department whose
 * cases were all read has its answer, in any order. `capped` says that the last one was asked and
 * not whole.
 */
const searchStatement = (query: SearchQuery, conditions: Condition[], wanted: Wanted) => {
  const { countyCode, sort, limit, cursor, isDepartment } = query;
  const { key, order } = ORDERS[sort];
  const direction = sql.raw(sort === "due" ? "ASC" : "DESC");
  const { pieces, bigrams, number } = wanted;
  const all = allOf(conditions);
  const row = sql`c.case_id, ${key} AS sort_at`;
  const indexed = bigrams.length > 0;
  const { fromIndex } = REACH[sort];
  const newest = isDepartment ? DEPARTMENT_NEWEST : REACH[sort].newest;
  const reader = sql.raw(isDepartment ? "newest_with_words_of_unit" : "newest_with_words");
  const walk = isDepartment ? DEPARTMENT_WALK : indexed ? WALK[sort] : LONG_WALK;
  const before = sort === "due" ? null : cursor;
  const after = sql`${before?.key ?? null}::timestamptz, ${before?.caseId ?? null}::uuid`;
  return sql<Found>`
    WITH numbered AS MATERIALIZED (
      SELECT ${row} FROM cases c
      WHERE ${all} AND c.case_number = ${cursor === null ? (number ?? null) : null}::bigint
    ), recent AS MATERIALIZED (
      SELECT * FROM onegrid.${reader}(${pieces}::text[], ${newest}, ${after})
      WHERE ${(indexed || isDepartment) && newest > 0} AND NOT EXISTS (SELECT FROM numbered)
    ), near AS MATERIALIZED (${onTheList("recent", query, all)}
    ), filled AS MATERIALIZED (
      SELECT (${sort !== "due"} AND (SELECT count(*) FROM near) > ${limit})
        OR EXISTS (SELECT FROM recent WHERE case_id IS NULL)
        OR EXISTS (SELECT FROM numbered) AS yes
    ), known AS MATERIALIZED (
      SELECT k.* FROM filled CROSS JOIN LATERAL onegrid.cases_with_words(
        ${bigrams}::integer[], ${pieces}::text[], ${fromIndex}, ${after}) k
      WHERE ${indexed} AND NOT filled.yes
    ), rest AS MATERIALIZED (${onTheList("known", query, all)}
    ), lacking AS MATERIALIZED (
      SELECT NOT filled.yes
        AND (NOT ${indexed} OR EXISTS (SELECT FROM known WHERE case_id IS NULL)) AS yes
      FROM filled
    ), walk AS MATERIALIZED (
      SELECT ${row} FROM cases c WHERE ${all} AND (SELECT yes FROM lacking)
      ORDER BY ${order} LIMIT ${walk}
    ), hit AS MATERIALIZED (
      SELECT walk.* FROM onegrid.with_words(
        ARRAY(SELECT case_id FROM walk), ${pieces}::text[]) held JOIN walk USING (case_id)
      ORDER BY sort_at ${direction}, case_id ${direction} LIMIT ${limit + 1}
    ), found AS MATERIALIZED (
      SELECT * FROM numbered
      UNION ALL SELECT near.* FROM near, filled WHERE filled.yes
      UNION ALL SELECT * FROM rest
      UNION ALL SELECT * FROM hit
    ), page AS (
      SELECT whole_case.*, found.sort_at FROM found CROSS JOIN LATERAL (
        SELECT ${columns} FROM cases c
        WHERE c.county_code = ${countyCode} AND c.case_id = found.case_id OFFSET 0) whole_case
    ), status AS (
      SELECT (SELECT count(*) FROM walk) = ${walk} AS capped
    ), walk_end AS (
      SELECT sort_at, case_id FROM walk
      ORDER BY sort_at ${sql.raw(sort === "due" ? "DESC" : "ASC")},
        case_id ${sql.raw(sort === "due" ? "DESC" : "ASC")} LIMIT 1
    )
    SELECT status.capped, ${keyText(sql.raw("walk_end.sort_at"))} AS walk_key,
      walk_end.case_id AS walk_id, page.*, ${keyText(sql.raw("page.sort_at"))} AS sort_key,
      ${namesOf(countyCode)}
    FROM status LEFT JOIN walk_end ON status.capped LEFT JOIN page ON true
    ORDER BY page.sort_at ${direction}, page.case_id ${direction}`;
};

/**
 * One page of the cases that hold everything typed, in a list under the given conditions: one
 * statement. A search that reads further than it should answers with what it has and where to go
 * on, so it is slow to finish but never slow to answer.
 */
export const searchCases = async (
  trx: Trx,
  query: SearchQuery,
  typed: string,
  conditions: Condition[],
): Promise<CasePage> => {
  const wanted = wantedOf(typed);
  if (wanted.pieces.length === 0) return { rows: [], next: null };
  const { rows } = await searchStatement(query, conditions, wanted).execute(trx);
  const found = rows.filter((row) => row.case_id !== null);
  const { sort, limit } = query;
  const last = found[limit - 1];
  const [status] = rows;
  const next = (key: string | null, caseId: string | null): CaseCursor | null =>
    key === null || caseId === null ? null : { sort, key, caseId };
  if (found.length > limit && last !== undefined) {
    return { rows: found.slice(0, limit), next: next(last.sort_key, last.case_id) };
  }
  return {
    rows: found,
    next: status?.capped === true ? next(status.walk_key, status.walk_id) : null,
  };
};
