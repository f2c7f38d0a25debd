import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { NewCounty } from "../../modules/county/index.ts";
import {
  DEFAULT_FIELDS,
  DEFAULT_TOLERANCE_M2,
  importGrids,
  type ImportReport,
} from "../../modules/grids/index.ts";
import type { Ctx } from "../../platform/context.ts";

/** The sample county: real divisions, schematic boundaries, made-up people and cases. */
export const DEMO_COUNTY: NewCounty = {
  countyCode: "500231",
  name: "垫江县",
  levelLengths: [6, 9, 12, 15],
  timeZone: "Asia/Shanghai",
  sample: true,
};

const LEVELS = [0, 1, 2, 3] as const;

/**
 * Imports the sample county's grids, all four levels, through the importer every county uses.
 * Running it again changes nothing. Throws when a file does not pass the importer's checks.
 */
export const loadDemoGrids = async (ctx: Ctx): Promise<ImportReport[]> => {
  const reports: ImportReport[] = [];
  for (const level of LEVELS) {
    const report = await importGrids(ctx, {
      source: createReadStream(join(import.meta.dirname, `dianjiang-level${level}.geojson`)),
      level,
      fields: DEFAULT_FIELDS,
      crs: "wgs84",
      toleranceM2: DEFAULT_TOLERANCE_M2,
    });
    const refused = report.issues.find((issue) => issue.severity === "violation");
    if (refused !== undefined) {
      throw new Error(`sample grids of level ${level}: ${JSON.stringify(refused)}`);
    }
    reports.push(report);
  }
  return reports;
};
