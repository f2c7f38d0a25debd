import type { MapFormat } from "@onegrid/contract";
import { todayOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { writeMapFile, type MapRecord } from "../../platform/map-files/write-shapefile.ts";
import { inCounty } from "./component-queries.ts";

const FIELDS = [
  "componentCode",
  "name",
  "categoryCode",
  "ownerUnitCode",
  "condition",
  "address",
  "recordedOn",
  "restricted",
] as const;

/** All components as a map file of points, in order of code, as the import reads them. */
export const exportComponentFile = async (
  ctx: Pick<Ctx, "db" | "county" | "clock">,
  format: MapFormat,
): Promise<ReturnType<typeof writeMapFile> & { count: number }> => {
  const { countyCode } = ctx.county;
  const rows = await inScope(ctx.db, inCounty(countyCode), (trx) =>
    trx
      .selectFrom("component")
      .selectAll()
      .where("county_code", "=", countyCode)
      .orderBy("component_code")
      .execute(),
  );
  const records = rows.map((row): MapRecord => ({
    shape: { kind: "point", lng: row.lng, lat: row.lat },
    values: {
      componentCode: row.component_code,
      name: row.name,
      categoryCode: row.category_code,
      ownerUnitCode: row.owner_unit_code,
      condition: row.condition,
      address: row.address,
      recordedOn: row.recorded_on,
      // As text: the import reads words, and a table's own true and false differ by program.
      restricted: String(row.restricted),
    },
  }));
  const today = todayOf(ctx);
  const file = `${countyCode}-components-${today}`;
  return { ...writeMapFile(format, file, records, FIELDS, today), count: records.length };
};
