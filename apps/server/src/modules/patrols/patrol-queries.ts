import { TILE_KEY_ZOOM } from "@onegrid/geo";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

export type SpotRow = {
  spot: string;
  kind: "point" | "repeated";
  name: string | null;
  grid_code: string;
  lng: number;
  lat: number;
  category_code: string | null;
  every_days: number;
  repeated_cases: number;
  version: number;
  sample: boolean;
  last_looked_on: string | null;
  last_finding: "in_order" | "wrong" | null;
};

/** How far back, how many and how near cases make a place one of repeated cases. */
export const REPEATED = { days: 60, least: 3, everyDays: 7, most: 60 } as const;

/** A cell is a tile of zoom 19, some 60 m wide in China: two bits of the tile key for each zoom. */
const CELL_BITS = 2 * (TILE_KEY_ZOOM - 19);
const CELL = sql.raw<unknown>(`c.tile_key >> ${CELL_BITS}`);
const CELLS = 1n << 38n;

/**
 * Points of a subtree and places where a kind of case came again and again: same category, same
 * cell, solved on the spot or not. One statement.
 */
export const readSpots = async (
  trx: Trx,
  countyCode: string,
  grid: string,
  now: Date,
): Promise<SpotRow[]> => {
  const since = new Date(now.getTime() - REPEATED.days * 86_400_000);
  const { rows } = await sql<SpotRow>`
    WITH spots AS (
      SELECT p.point_id::text COLLATE "C" AS spot, 'point' AS kind, p.name, p.grid_code, p.lng,
             p.lat, p.category_code, p.every_days::int, 0 AS repeated_cases, p.version, p.sample
        FROM patrol_point p
       WHERE p.county_code = ${countyCode} AND p.active
         AND p.grid_code >= ${grid} AND p.grid_code < ${`${grid}~`}
      UNION ALL
      (SELECT (c.category_code || '@' || (${CELL})) COLLATE "C", 'repeated', NULL,
              min(c.grid_code COLLATE "C"), avg(c.lng), avg(c.lat), c.category_code,
              ${REPEATED.everyDays}::int, count(*)::int, 0, bool_or(c.sample)
         FROM cases c
        WHERE c.county_code = ${countyCode}
          AND c.grid_code >= ${grid} AND c.grid_code < ${`${grid}~`}
          AND c.reported_at >= ${since} AND c.tile_key IS NOT NULL
        GROUP BY c.category_code, ${CELL}
       HAVING count(*) >= ${REPEATED.least}
        ORDER BY count(*) DESC LIMIT ${REPEATED.most}))
    SELECT s.*, l.looked_on::text AS last_looked_on, l.finding AS last_finding
      FROM spots s
      LEFT JOIN LATERAL (SELECT looked_on, finding FROM patrol_look l
        WHERE l.county_code = ${countyCode} AND l.spot = s.spot
        ORDER BY looked_on DESC LIMIT 1) l ON true
     ORDER BY s.spot`.execute(trx);
  return rows;
};

/** The grid of a spot that the transaction's scope sees, or null. */
export const gridOfSpot = async (
  trx: Trx,
  countyCode: string,
  spot: string,
): Promise<string | null> => {
  const [category, cell] = spot.split("@");
  if (cell === undefined) {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(spot)) return null;
    const row = await trx
      .selectFrom("patrol_point")
      .select("grid_code")
      .where("county_code", "=", countyCode)
      .where("point_id", "=", spot)
      .executeTakeFirst();
    return row?.grid_code ?? null;
  }
  if (BigInt(cell) >= CELLS) return null;
  const first = BigInt(cell) << BigInt(CELL_BITS);
  const last = first + (1n << BigInt(CELL_BITS)) - 1n;
  const { rows } = await sql<{ grid_code: string | null }>`
    SELECT min(grid_code COLLATE "C") AS grid_code FROM cases
     WHERE county_code = ${countyCode} AND category_code = ${category ?? ""}
       AND tile_key BETWEEN ${String(first)}::bigint AND ${String(last)}::bigint`.execute(trx);
  return rows[0]?.grid_code ?? null;
};
