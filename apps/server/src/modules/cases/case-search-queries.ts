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

/**
 * How many cases of the list are read in its order before the index of words is asked. A frequent
 * word fills a page out of these; for one that does not, the index holds few cases.
 */
const WALK = 1_000;
/** Without an index to ask (one character): read on this far, and say where to go on. */
const LONG_WALK = 6_000;
/** More than this out of the index means a frequent word in a narrow list: the walk goes on. */
const FROM_INDEX = 20_000;

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
    return sql`c.case_id IN (SELECT onegrid.cases_with_words(
      ${bigrams}::integer[], ${pieces}::text[], NULL))`;
  }
  return sql`EXISTS (SELECT FROM case_words w WHERE w.county_code = ${countyCode}
    AND w.case_id = c.case_id AND ${holdsPieces(pieces)})`;
};

type Status = { capped: boolean; walk_key: string | null; walk_id: string | null };
type Found = Status & NamedCaseRow;

/**
 * One statement: the case whose number was typed; else what the first cases of the list hold; else
 * what the index of words knows, put into the list's order. `capped` says that neither was whole.
 */
const searchStatement = (query: PageQuery, conditions: Condition[], wanted: Wanted) => {
  const { countyCode, sort, limit } = query;
  const { key, order } = ORDERS[sort];
  const direction = sql.raw(sort === "due" ? "ASC" : "DESC");
  const { pieces, bigrams, number } = wanted;
  const all = allOf(conditions);
  const row = sql`c.case_id, ${key} AS sort_at`;
  const inOrder = sql`ORDER BY sort_at ${direction}, case_id ${direction}`;
  const indexed = bigrams.length > 0;
  const walk = indexed ? WALK : LONG_WALK;
  return sql<Found>`
    WITH numbered AS MATERIALIZED (
      SELECT ${row} FROM cases c
      WHERE ${all} AND c.case_number = ${query.cursor === null ? (number ?? null) : null}::bigint
    ), walk AS MATERIALIZED (
      SELECT ${row} FROM cases c WHERE ${all} AND NOT EXISTS (SELECT FROM numbered)
      ORDER BY ${order} LIMIT ${walk}
    ), hit AS MATERIALIZED (
      SELECT walk.* FROM walk JOIN case_words w ON w.county_code = ${countyCode}
        AND w.case_id = walk.case_id AND ${holdsPieces(pieces)}
      ${inOrder} LIMIT ${limit + 1}
    ), whole AS MATERIALIZED (
      SELECT (SELECT count(*) FROM hit) > ${limit} OR (SELECT count(*) FROM walk) < ${walk} AS yes
    ), known AS MATERIALIZED (
      SELECT k.case_id FROM whole CROSS JOIN LATERAL onegrid.cases_with_words(
        ${bigrams}::integer[], ${pieces}::text[], ${FROM_INDEX + 1}) k
      WHERE ${indexed} AND NOT whole.yes
    ), status AS MATERIALIZED (
      SELECT whole.yes, NOT whole.yes
        AND (NOT ${indexed} OR (SELECT count(*) FROM known) > ${FROM_INDEX}) AS capped
      FROM whole
    ), rest AS MATERIALIZED (
      SELECT ${row} FROM status CROSS JOIN known
        JOIN cases c ON c.county_code = ${countyCode} AND c.case_id = known.case_id
      WHERE NOT status.yes AND NOT status.capped AND ${all}
      ${inOrder} LIMIT ${limit + 1}
    ), found AS MATERIALIZED (
      SELECT * FROM numbered
      UNION ALL SELECT hit.* FROM hit, status WHERE status.yes OR status.capped
      UNION ALL SELECT * FROM rest
    ), page AS (
      SELECT ${columns}, found.sort_at
      FROM found JOIN cases c ON c.county_code = ${countyCode} AND c.case_id = found.case_id
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
  query: PageQuery,
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
