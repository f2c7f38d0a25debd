import type { County } from "@onegrid/contract";
import type { LevelLengths } from "@onegrid/domain";
import { type Db, inScope } from "../../platform/database.ts";

/** A county as the installation knows it: what the wire shows but its bounds, and its hosts. */
export type KnownCounty = Omit<County, "bounds" | "levelLengths"> & {
  levelLengths: LevelLengths;
  hosts: string[];
};

/** Every county of the installation, oldest first. */
export const readCounties = async (db: Db): Promise<KnownCounty[]> => {
  const rows = await db
    .selectFrom("county")
    .selectAll()
    .orderBy("created_at")
    .orderBy("county_code")
    .execute();
  return rows.map((row) => ({
    countyCode: row.county_code,
    name: row.name,
    levelLengths: row.level_lengths as unknown as LevelLengths,
    timeZone: row.time_zone,
    hosts: row.hosts,
    sample: row.sample,
    hotline: row.hotline,
    filingNumber: row.filing_number,
    basemap: row.basemap as County["basemap"],
  }));
};

/** West, south, east, north of a county's present grids; null before any is loaded. */
export const readBounds = async (db: Db, countyCode: string): Promise<County["bounds"]> => {
  const row = await inScope(db, { countyCode, scopeCode: countyCode, unitCode: "" }, (trx) =>
    trx
      .selectFrom("grid")
      .where("county_code", "=", countyCode)
      .where("valid_to", "is", null)
      .select(({ fn }) => [
        fn.min("west").as("west"),
        fn.min("south").as("south"),
        fn.max("east").as("east"),
        fn.max("north").as("north"),
      ])
      .executeTakeFirstOrThrow(),
  );
  const { west, south, east, north } = row as Record<
    "west" | "south" | "east" | "north",
    number | null
  >;
  return west === null || south === null || east === null || north === null
    ? null
    : [west, south, east, north];
};
