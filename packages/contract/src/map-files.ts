import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Day, QueryNumber } from "./primitives.ts";

/** Map data in and out: GeoJSON, or a Shapefile as a ZIP of its parts. */
export const EXPORT_MAP_FORMATS = ["geojson", "shapefile"] as const;
export type MapFormat = (typeof EXPORT_MAP_FORMATS)[number];

export const exportGrids = endpoint({
  name: "grids.export",
  method: "GET",
  path: "/api/v1/grids/export",
  permission: "organisation.read",
  summary: "One level of grids, now or of a past day, as a file that the import takes in unchanged",
  query: z.strictObject({
    level: QueryNumber(z.number().int().min(0).max(3)),
    format: z.enum(EXPORT_MAP_FORMATS),
    on: Day.optional(),
  }),
  /** The file. */
  answer: z.undefined(),
});

export const exportComponents = endpoint({
  name: "components.export_map",
  method: "GET",
  path: "/api/v1/components/export",
  permission: "configuration.write",
  summary: "All components as a map file that the import takes in unchanged",
  query: z.strictObject({ format: z.enum(EXPORT_MAP_FORMATS) }),
  /** The file. */
  answer: z.undefined(),
});
