import type { CaseFilters } from "@onegrid/contract";
import { CELLS_A_SIDE_LOG2, tileKeyDivisor, tileKeyRange } from "@onegrid/geo";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { soundCondition } from "./case-sound-queries.ts";
import { filterConditions, type Condition, type FilterContext } from "./case-filters.ts";
import { allOf, namesOf, scopeCondition, type NamedCaseRow } from "./case-queries.ts";
import { caseColumns } from "./case-row.ts";
import { wordsCondition } from "./case-search-queries.ts";
import { publicConditions, type PublicFilters } from "./public-queries.ts";

/** A square of the map: zoom, column and row of the Web Mercator pyramid. */
export type TileAddress = { z: number; x: number; y: number };

/** Cases of one counting cell: how many, their mean place, and the case itself when it is alone. */
export type CaseCell = { count: number; lng: number; lat: number; only: NamedCaseRow | null };

type CellRow = NamedCaseRow & { n: number; mean_lng: number; mean_lat: number };

/**
 * Counts the cases of a tile by cells, and reads the row of those that are alone in theirs. The
 * database sends at most 256 rows a tile, however many cases lie in it.
 */
const selectCells = async (
  trx: Trx,
  countyCode: string,
  { z, x, y }: TileAddress,
  conditions: Condition[],
): Promise<CaseCell[]> => {
  const { from, until } = tileKeyRange(z, x, y);
  const all = allOf([
    sql`c.county_code = ${countyCode}`,
    sql`c.tile_key >= ${from}::bigint AND c.tile_key < ${until}::bigint`,
    ...conditions,
  ]);
  const divisor = tileKeyDivisor(z + CELLS_A_SIDE_LOG2);
  const { rows } = await sql<CellRow>`
    WITH cell AS (
      SELECT count(*)::int AS n, avg(c.lng) AS mean_lng, avg(c.lat) AS mean_lat,
        min(c.case_number) AS only_number
      FROM cases c WHERE ${all} GROUP BY c.tile_key / ${divisor}::bigint
    ), page AS (
      SELECT cell.n, cell.mean_lng, cell.mean_lat, ${caseColumns("c")}, c.case_number, c.sample
      FROM cell LEFT JOIN cases c ON cell.n = 1 AND c.county_code = ${countyCode}
        AND c.case_number = cell.only_number
    )
    SELECT page.*, '' AS sort_key, ${namesOf(countyCode)} FROM page`.execute(trx);
  return rows.map((row) => ({
    count: row.n,
    lng: row.mean_lng,
    lat: row.mean_lat,
    only: row.n === 1 ? row : null,
  }));
};

/** The cells of a tile under the filters of a list, in the actor's scope. */
export const selectCaseCells = async (
  trx: Trx,
  countyCode: string,
  tile: TileAddress,
  filters: CaseFilters,
  context: FilterContext,
): Promise<CaseCell[]> => {
  const conditions = [
    ...scopeCondition(countyCode, context),
    ...filterConditions(filters, context),
  ];
  const { q } = filters;
  if (q !== undefined) {
    const sounding = await soundCondition(trx, countyCode, q);
    conditions.push(sounding ?? wordsCondition(countyCode, q));
  }
  return selectCells(trx, countyCode, tile, conditions);
};

/** The cells of a tile for everybody: accepted cases alone. */
export const selectPublicCells = (
  trx: Trx,
  countyCode: string,
  tile: TileAddress,
  filters: PublicFilters,
): Promise<CaseCell[]> => selectCells(trx, countyCode, tile, publicConditions(filters));
