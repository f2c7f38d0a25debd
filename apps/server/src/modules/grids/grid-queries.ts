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
}

/** Names of the heads and workers whose post is exactly one of these grids. Names only. */
export const selectPeopleOfGrids = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
): Promise<Map<string, PeopleOfGrid>> => {
  const rows = await trx
    .selectFrom("account")
    .where("county_code", "=", countyCode)
    .where("scope_code", "in", gridCodes)
    .where("role", "in", ["head", "worker"])
    .where("disabled_at", "is", null)
    .groupBy("scope_code")
    .select([
      "scope_code",
      sql<string[]>`coalesce(array_agg(name ORDER BY name) FILTER (WHERE role = 'head'), '{}')`.as(
        "heads",
      ),
      sql<
        string[]
      >`coalesce(array_agg(name ORDER BY name) FILTER (WHERE role = 'worker'), '{}')`.as("workers"),
    ])
    .execute();
  return new Map(
    rows.map(({ scope_code: gridCode, heads, workers }) => [
      gridCode,
      { gridCode, heads, workers },
    ]),
  );
};
