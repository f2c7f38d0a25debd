import { areaM2, boundsOf, labelPlace, type Area } from "@onegrid/geo";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { outlineOf } from "./grid-queries.ts";

/** Rows of one statement: large enough to be set-based, small enough for the wire. */
const ROWS_A_STATEMENT = 250;

export interface GridVersion {
  gridCode: string;
  version: number;
  level: number;
  parentCode: string | null;
  sourceCode: string | null;
  name: string;
  partyGroup: string | null;
  dutyPhone: string | null;
  schematic: boolean;
  area: Area;
}

/** One writer of a county's grids at a time; others wait here until the transaction ends. */
export const lockGrids = async (trx: Trx, countyCode: string): Promise<void> => {
  await sql`SELECT pg_advisory_xact_lock(hashtext('onegrid.grids'), hashtext(${countyCode})),
                   set_config('idle_in_transaction_session_timeout', '0', true)`.execute(trx);
};

/** Ends the present version of each grid on `day`. */
export const endVersions = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
  day: string,
): Promise<void> => {
  if (gridCodes.length === 0) return;
  await trx
    .updateTable("grid")
    .set({ valid_to: day })
    .where("county_code", "=", countyCode)
    .where("grid_code", "=", sql<string>`ANY (${gridCodes as string[]}::text[])`)
    .where("valid_to", "is", null)
    .execute();
};

/** Inserts versions that begin on `validFrom`; measures each polygon and places its label. */
export const insertVersions = async (
  trx: Trx,
  countyCode: string,
  versions: readonly GridVersion[],
  validFrom: string,
  onWritten: (count: number) => void,
): Promise<void> => {
  // The process measures the next rows while the database stores the last ones.
  let storing: Promise<void> = Promise.resolve();
  for (let from = 0; from < versions.length; from += ROWS_A_STATEMENT) {
    const part = versions.slice(from, from + ROWS_A_STATEMENT);
    const rows = await Promise.all(part.map((version) => rowOf(countyCode, version, validFrom)));
    await storing;
    storing = storeRows(trx, rows, part).then(() => onWritten(from + part.length));
    // Awaited above or below; told here that somebody will, should measuring throw before.
    storing.catch(() => {});
  }
  await storing;
};

const storeRows = async (
  trx: Trx,
  rows: readonly Awaited<ReturnType<typeof rowOf>>[],
  versions: readonly GridVersion[],
): Promise<void> => {
  // Outlines travel as texts of their own: inside one large document they would be parsed twice.
  const outlines = versions.map(({ area }) => JSON.stringify(outlineOf(area)));
  await sql`
    INSERT INTO grid (county_code, grid_code, version, level, parent_code, source_code, name,
      party_group, duty_phone, west, south, east, north, label_lng, label_lat, area_m2,
      schematic, valid_from, outline)
    SELECT r.county_code, r.grid_code, r.version, r.level, r.parent_code, r.source_code, r.name,
      r.party_group, r.duty_phone, r.west, r.south, r.east, r.north, r.label_lng, r.label_lat,
      r.area_m2, r.schematic, r.valid_from, o.outline::jsonb
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS (
        county_code text, grid_code text, version integer, level smallint, parent_code text,
        source_code text, name text, party_group text, duty_phone text,
        west float8, south float8, east float8, north float8, label_lng float8,
        label_lat float8, area_m2 float8, schematic boolean, valid_from date))
      WITH ORDINALITY AS r(county_code, grid_code, version, level, parent_code, source_code, name,
        party_group, duty_phone, west, south, east, north, label_lng, label_lat, area_m2,
        schematic, valid_from, position)
    JOIN unnest(${outlines}::text[]) WITH ORDINALITY AS o(outline, position) USING (position)`.execute(
    trx,
  );
};

const rowOf = async (countyCode: string, version: GridVersion, validFrom: string) => {
  const { area } = version;
  const [west, south, east, north] = boundsOf(area);
  const [labelLng, labelLat] = await labelPlace(area);
  return {
    county_code: countyCode,
    grid_code: version.gridCode,
    version: version.version,
    level: version.level,
    parent_code: version.parentCode,
    source_code: version.sourceCode,
    name: version.name,
    party_group: version.partyGroup,
    duty_phone: version.dutyPhone,
    west,
    south,
    east,
    north,
    label_lng: labelLng,
    label_lat: labelLat,
    area_m2: areaM2(area),
    schematic: version.schematic,
    valid_from: validFrom,
  };
};

export type GridWords = Pick<
  GridVersion,
  "gridCode" | "name" | "sourceCode" | "partyGroup" | "dutyPhone"
>;

/** Corrects the words of present versions in place; outlines are never updated. */
export const updateWords = async (
  trx: Trx,
  countyCode: string,
  grids: readonly GridWords[],
): Promise<void> => {
  if (grids.length === 0) return;
  const rows = grids.map(({ gridCode, name, sourceCode, partyGroup, dutyPhone }) => ({
    grid_code: gridCode,
    name,
    source_code: sourceCode,
    party_group: partyGroup,
    duty_phone: dutyPhone,
  }));
  await sql`
    UPDATE grid SET name = r.name, source_code = r.source_code, party_group = r.party_group,
      duty_phone = r.duty_phone
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      grid_code text, name text, source_code text, party_group text, duty_phone text)
    WHERE grid.county_code = ${countyCode} AND grid.grid_code = r.grid_code
      AND grid.valid_to IS NULL`.execute(trx);
};
