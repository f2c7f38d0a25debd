import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code } from "./primitives.ts";

/** What every screen needs to know of the county it serves. */
export const County = z.object({
  countyCode: Code,
  name: z.string(),
  /** Length of a code at each level: county, level 1, level 2, level 3. */
  levelLengths: z.array(z.number().int()).length(4),
  timeZone: z.string(),
  /** True when people, cases and figures are generated: every screen says 示例数据. */
  sample: z.boolean(),
  /** 12345-like number residents may call instead. */
  hotline: z.string().nullable(),
  /** App filing number 备案编号 (国办函〔2026〕12号), shown in every footer. */
  filingNumber: z.string().nullable(),
  /** Outside basemap; null means none and the map draws grids alone. */
  basemap: z
    .object({
      urlTemplate: z.string(),
      attribution: z.string(),
      coordinateSystem: z.enum(["wgs84", "gcj02"]),
    })
    .nullable(),
  /** West, south, east, north of all its grids, degrees; null before any grid is loaded. */
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
});
export type County = z.infer<typeof County>;

export const getCounty = endpoint({
  name: "county.get",
  method: "GET",
  path: "/api/v1/county",
  permission: "public",
  summary: "The county this address serves",
  answer: County,
});
