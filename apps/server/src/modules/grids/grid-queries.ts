import type { Area, Bounds, LngLat } from "@onegrid/geo";
import type { GridLevel } from "@onegrid/domain";
import { sql } from "kysely";
import type { Db, Trx } from "../../platform/database.ts";
import { inScope } from "../../platform/database.ts";
import { systemActor } from "../../platform/context.ts";

/** A grid in its present version, with its polygon. */
export interface CurrentGrid {
  gridCode: string;
  version: number;
  level: GridLevel;
  parentCode: string | null;
  sourceCode: string | null;
  name: string;
  /** Pinyin and initials of the name. */
  nameKeys: string;
  partyGroup: string | null;
  dutyPhone: string | null;
  area: Area;
  bounds: Bounds;
  labelAt: LngLat;
  areaM2: number;
  schematic: boolean;
  validFrom: string;
}

/** Outline as stored: GeoJSON. */
export type Outline =
  | { type: "Polygon"; coordinates: Area[number] }
  | { type: "MultiPolygon"; coordinates: Area };

export const areaOf = (outline: Outline): Area =>
  outline.type === "Polygon" ? [outline.coordinates] : outline.coordinates;

export const outlineOf = (area: Area): Outline => {
  const [only, second] = area;
  return only !== undefined && second === undefined
    ? { type: "Polygon", coordinates: only }
    : { type: "MultiPolygon", coordinates: area };
};

/**
 * All grids of a county in their present version or, with a day, as they were on it; parents before
 * children, in order of code. A version's last day is not its own: the next one begins on it.
 */
export const selectCurrentGrids = async (
  trx: Trx,
  countyCode: string,
  on?: string,
): Promise<CurrentGrid[]> => {
  const rows = await trx
    .selectFrom("grid")
    .selectAll()
    .where("county_code", "=", countyCode)
    .where((eb) =>
      on === undefined
        ? eb("valid_to", "is", null)
        : eb.and([
            eb("valid_from", "<=", on),
            eb.or([eb("valid_to", "is", null), eb("valid_to", ">", on)]),
          ]),
    )
    .orderBy("level")
    .orderBy("grid_code")
    .execute();
  return rows.map((row) => ({
    gridCode: row.grid_code,
    version: row.version,
    level: row.level as GridLevel,
    parentCode: row.parent_code,
    sourceCode: row.source_code,
    name: row.name,
    nameKeys: row.name_keys,
    partyGroup: row.party_group,
    dutyPhone: row.duty_phone,
    area: areaOf(row.outline as unknown as Outline),
    bounds: [row.west, row.south, row.east, row.north],
    labelAt: [row.label_lng, row.label_lat],
    areaM2: row.area_m2,
    schematic: row.schematic,
    validFrom: row.valid_from,
  }));
};

/** The same in a transaction of its own, for the index in memory. */
export const loadCurrentGrids = (
  db: Db,
  countyCode: string,
  on?: string,
): Promise<CurrentGrid[]> => {
  const { scopeCode } = systemActor(countyCode);
  return inScope(db, { countyCode, scopeCode, unitCode: "" }, (trx) =>
    selectCurrentGrids(trx, countyCode, on),
  );
};

export interface PeopleOfGrid {
  gridCode: string;
  heads: string[];
  workers: string[];
  /** Its own Party organisation in the register; null: none there. */
  organisation: string | null;
}

/**
 * Who serves exactly these grids on a day, names only: whoever holds their posts, of several heads the
 * first kind; where no posts are kept yet, the accounts of heads and workers.
 */
export const selectPeopleOfGrids = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
  today: string,
): Promise<Map<string, PeopleOfGrid>> => {
  const { rows } = await sql<PeopleOfGrid>`
    SELECT c.code AS "gridCode", o.name AS organisation,
      coalesce(CASE WHEN h.posts > 0 THEN h.heads ELSE a.heads END, '{}') AS heads,
      coalesce(CASE WHEN h.posts > 0 THEN h.workers ELSE a.workers END, '{}') AS workers
    FROM unnest(${gridCodes as string[]}::text[]) AS c(code)
    LEFT JOIN LATERAL (
      SELECT array_agg(name ORDER BY name) FILTER (WHERE role = 'head') AS heads,
        array_agg(name ORDER BY name) FILTER (WHERE role = 'worker') AS workers
      FROM account
      WHERE county_code = ${countyCode} AND scope_code = c.code AND disabled_at IS NULL) a ON true
    LEFT JOIN LATERAL (
      SELECT count(*) AS posts,
        array_agg(e.name ORDER BY e.name)
          FILTER (WHERE e.name IS NOT NULL AND t.rank = f.rank) AS heads,
        array_agg(e.name ORDER BY e.name)
          FILTER (WHERE e.name IS NOT NULL AND t.account_role = 'worker') AS workers
      FROM post p
      JOIN post_template t ON t.county_code = p.county_code AND t.template_code = p.template_code
      LEFT JOIN LATERAL (SELECT min(f.rank) AS rank FROM post_template f
        WHERE f.county_code = t.county_code AND f.grid_level = t.grid_level
          AND f.account_role = 'head') f ON true
      LEFT JOIN appointment k ON k.county_code = p.county_code AND k.post_code = p.post_code
        AND k.begins_on <= ${today}::date AND (k.ends_on IS NULL OR k.ends_on > ${today}::date)
      LEFT JOIN person e ON e.county_code = k.county_code AND e.person_id = k.person_id
      WHERE p.county_code = ${countyCode} AND p.grid_code = c.code
        AND p.opened_on <= ${today}::date
        AND (p.closed_on IS NULL OR p.closed_on > ${today}::date)) h ON true
    LEFT JOIN LATERAL (
      SELECT s.name FROM organisation_span s
      WHERE s.county_code = ${countyCode} AND s.base = 'grid' AND s.base_code = c.code
        AND s.valid_from <= ${today}::date AND (s.valid_to IS NULL OR s.valid_to > ${today}::date)
      ORDER BY s.code LIMIT 1) o ON true`.execute(trx);
  return new Map(rows.map((row) => [row.gridCode, row]));
};
