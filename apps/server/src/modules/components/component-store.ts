import { tileKey } from "@onegrid/geo";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { partsOf } from "../../platform/import-target.ts";
import type { ComponentDraft } from "./component-draft.ts";

export type PlacedComponent = ComponentDraft & { gridCode: string; gridVersion: number };

/** One writer of a county's components at a time; others wait until this transaction ends. */
export const lockComponents = async (trx: Trx, countyCode: string): Promise<void> => {
  await sql`SELECT pg_advisory_xact_lock(hashtext('components'), hashtext(${countyCode}))`.execute(
    trx,
  );
};

const ROWS_A_STATEMENT = 5_000;

const rowOf = (c: PlacedComponent) => ({
  component_code: c.componentCode,
  category_code: c.categoryCode,
  name: c.name,
  owner_unit_code: c.ownerUnitCode,
  condition: c.condition,
  lng: c.lng,
  lat: c.lat,
  tile_key: tileKey(c.lng, c.lat),
  grid_code: c.gridCode,
  grid_version: c.gridVersion,
  address: c.address,
  recorded_on: c.recordedOn,
  restricted: c.restricted,
  sample: c.sample,
});

const FACTS = [
  "category_code",
  "name",
  "owner_unit_code",
  "condition",
  "lng",
  "lat",
  "grid_code",
  "grid_version",
  "address",
  "restricted",
  "sample",
] as const;
const facts = (of: string) => sql.raw(FACTS.map((column) => `${of}.${column}`).join(", "));
const assignments = sql.raw(FACTS.map((column) => `${column} = excluded.${column}`).join(", "));

/**
 * Adds components and renews those that differ, by code; what is equal is not touched. Codes must
 * differ from each other. Answers how many were added and changed.
 */
export const writeComponents = async (
  trx: Trx,
  countyCode: string,
  components: readonly PlacedComponent[],
  now: Date,
  today: string,
): Promise<{ added: number; changed: number }> => {
  const done = { added: 0, changed: 0 };
  for (let from = 0; from < components.length; from += ROWS_A_STATEMENT) {
    const rows = components.slice(from, from + ROWS_A_STATEMENT).map(rowOf);
    const { rows: written } = await sql<{ added: boolean }>`
      INSERT INTO component (county_code, component_code, category_code, name, owner_unit_code,
        condition, lng, lat, tile_key, grid_code, grid_version, address, recorded_on, changed_at,
        restricted, sample)
      SELECT ${countyCode}, r.component_code, r.category_code, r.name, r.owner_unit_code,
        r.condition, r.lng, r.lat, r.tile_key, r.grid_code, r.grid_version, r.address,
        coalesce(r.recorded_on, ${today}::date), ${now}, r.restricted, r.sample
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(component_code text,
        category_code text, name text, owner_unit_code text, condition text, lng double precision,
        lat double precision, tile_key bigint, grid_code text, grid_version integer, address text,
        recorded_on date, restricted boolean, sample boolean)
      ON CONFLICT (county_code, component_code) DO UPDATE SET ${assignments},
        tile_key = excluded.tile_key, changed_at = excluded.changed_at,
        version = component.version + 1
      WHERE (${facts("component")}) IS DISTINCT FROM (${facts("excluded")})
      RETURNING component.version = 1 AS added`.execute(trx);
    const added = written.filter((row) => row.added).length;
    done.added += added;
    done.changed += written.length - added;
  }
  return done;
};

/** Puts the components of changed grids into the grids they lie in now. Answers how many moved. */
export const relocateComponents = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
  gridAt: (lng: number, lat: number) => { gridCode: string; gridVersion: number },
): Promise<number> => {
  const rows = await trx
    .selectFrom("component")
    .select(["component_code", "lng", "lat"])
    .where("county_code", "=", countyCode)
    .where("grid_code", "in", gridCodes)
    .execute();
  const placed = rows.map(({ component_code, lng, lat }) => {
    const { gridCode, gridVersion } = gridAt(lng, lat);
    return { component_code, grid_code: gridCode, grid_version: gridVersion };
  });
  for (const part of partsOf(placed, ROWS_A_STATEMENT)) {
    await sql`
      UPDATE component c SET grid_code = r.grid_code, grid_version = r.grid_version
      FROM jsonb_to_recordset(${JSON.stringify(part)}::jsonb) AS r(component_code text,
        grid_code text, grid_version integer)
      WHERE c.county_code = ${countyCode} AND c.component_code = r.component_code`.execute(trx);
  }
  return placed.length;
};
