import type { MapFormat } from "@onegrid/contract";
import { todayOf, type Ctx } from "../../platform/context.ts";
import { writeMapFile, type MapRecord } from "../../platform/map-files/write-shapefile.ts";
import { gridsOn } from "./county-cache.ts";
import { DEFAULT_FIELDS } from "./import/read-drafts.ts";

const LEVEL_NAMES = ["county", "streets", "communities", "grids"] as const;

/**
 * One level of grids as a map file, now or on a past day, in order of code, with the names and
 * words that the import reads: what goes out comes in again as "nothing to change".
 */
export const exportGridFile = async (
  ctx: Pick<Ctx, "db" | "county" | "clock">,
  { level, format, on }: { level: number; format: MapFormat; on?: string | undefined },
): Promise<ReturnType<typeof writeMapFile> & { count: number }> => {
  const grids = (await gridsOn(ctx, on)).all().filter((grid) => grid.level === level);
  const { code, name, parent, partyGroup, dutyPhone } = DEFAULT_FIELDS;
  const records = grids.map((grid): MapRecord => ({
    shape: { kind: "area", area: grid.area },
    values: {
      // As its own file had it: a code that was composed from it stays what it is.
      [code]: grid.sourceCode ?? grid.gridCode,
      [name]: grid.name,
      [parent]: grid.parentCode,
      [partyGroup]: grid.partyGroup,
      [dutyPhone]: grid.dutyPhone,
      schematic: grid.schematic,
    },
  }));
  const today = todayOf(ctx);
  const file = `${ctx.county.countyCode}-${LEVEL_NAMES[level] ?? "grids"}-${on ?? today}`;
  const fields = [code, name, parent, partyGroup, dutyPhone, "schematic"];
  return { ...writeMapFile(format, file, records, fields, today), count: records.length };
};
