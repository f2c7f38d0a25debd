import { COMPONENT_CONDITIONS, Day } from "@onegrid/contract";
import { parse as parseCsv } from "csv-parse/sync";
import { z } from "zod";
import { toWgs84, type CrsName } from "@onegrid/geo";
import { cutFieldName } from "../../../platform/map-files/field-names.ts";
import { isZip, readShapefile } from "../../../platform/map-files/read-shapefile.ts";
import { textOfFile } from "../../../platform/file-text.ts";
import { FIELD_NAMES, STANDARD_CONDITIONS } from "./standard-fields.ts";

/** One fault of a file: which row, which field, what would be right. Rows count from 1. */
export type ComponentIssue = {
  row: number | null;
  field: string;
  code: string;
  allowed: string;
  found?: string;
};

const optional = z
  .string()
  .trim()
  .transform((text) => (text === "" ? null : text));

/** A row as it is written, before it is held against the county. Empty text is no value. */
const Row = z.object({
  componentCode: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z-]{12,32}$/),
  name: z.string().trim().min(1).max(60),
  categoryCode: optional.default(null),
  ownerUnitCode: optional.default(null),
  condition: z
    .string()
    .trim()
    .transform((word) => STANDARD_CONDITIONS[word] ?? (word === "" ? "intact" : word))
    .pipe(z.enum(COMPONENT_CONDITIONS))
    .default("intact"),
  lng: z.coerce.number().min(-180).max(180),
  lat: z.coerce.number().min(-90).max(90),
  address: optional.pipe(z.string().max(200).nullable()).default(null),
  recordedOn: optional.pipe(Day.nullable()).default(null),
  restricted: z
    .enum(["true", "false", ""])
    .transform((word) => word === "true")
    .default(false),
});
export type ComponentRowRead = z.output<typeof Row>;
export type ReadComponents = {
  rows: { row: number; value: ComponentRowRead }[];
  issues: ComponentIssue[];
  /** Rows of the file, good and bad. */
  read: number;
};

const SHOWN_CHARS = 60;

const textOf = (value: unknown): string | undefined =>
  value === undefined || value === null || typeof value === "object" ? undefined : String(value);

/** The named fields of a record as text, by our names. */
const fieldsOf = (record: Record<string, unknown>): Record<string, string> => {
  const fields: Record<string, string> = {};
  for (const [field, names] of Object.entries(FIELD_NAMES)) {
    const text = names
      .flatMap((name) => [record[name], record[cutFieldName(name)]])
      .map(textOf)
      .find((found) => found !== undefined);
    if (text !== undefined) fields[field] = text;
  }
  return fields;
};

const PointFeature = z.object({
  type: z.literal("Feature"),
  geometry: z.object({
    type: z.literal("Point"),
    coordinates: z.tuple([z.number(), z.number()]).rest(z.number()),
  }),
  properties: z.record(z.string(), z.unknown()),
});
const Collection = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(z.unknown()),
});

const fault = (code: string, allowed: string): ReadComponents => ({
  rows: [],
  issues: [{ row: null, field: "", code, allowed }],
  read: 0,
});

/** Features → records; a feature that is no point becomes a record without a place. */
const recordsOfFeatures = (features: readonly unknown[]): Record<string, unknown>[] =>
  features.map((feature) => {
    const point = PointFeature.safeParse(feature);
    if (!point.success) return {};
    const [lng, lat] = point.data.geometry.coordinates;
    return { ...point.data.properties, lng, lat };
  });

const recordsOfGeoJson = (text: string): Record<string, unknown>[] | null => {
  try {
    const collection = Collection.safeParse(JSON.parse(text));
    return collection.success ? recordsOfFeatures(collection.data.features) : null;
  } catch {
    return null;
  }
};

const recordsOfCsv = (text: string): Record<string, unknown>[] | null => {
  try {
    return parseCsv(text, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch {
    return null;
  }
};

/**
 * Reads components from GeoJSON (points), a zipped Shapefile (points) or CSV (columns lng and lat),
 * with our field names or those of GB/T 47678.5. Every fault of every row is kept; nothing is thrown for a bad file.
 */
export const readComponents = (bytes: Uint8Array, crs: CrsName = "wgs84"): ReadComponents => {
  if (isZip(bytes)) return readRecords(recordsOfFeatures(readShapefile(bytes)), crs);
  const file = textOfFile(bytes);
  if (file === null) return fault("file.not_text", "UTF-8, UTF-16 or GB 18030 text");
  const text = file.text.replace(/^\uFEFF/, "");
  const records = /^\s*\{/.test(text) ? recordsOfGeoJson(text) : recordsOfCsv(text);
  if (records === null) {
    return fault("file.unreadable", "a GeoJSON FeatureCollection of points, or CSV with a head");
  }
  return readRecords(records, crs);
};

const readRecords = (records: readonly Record<string, unknown>[], crs: CrsName): ReadComponents => {
  const rows: ReadComponents["rows"] = [];
  const issues: ComponentIssue[] = [];
  for (const [index, record] of records.entries()) {
    const fields = fieldsOf(record);
    const parsed = Row.safeParse(fields);
    if (parsed.success) {
      const [lng, lat] = toWgs84([parsed.data.lng, parsed.data.lat], crs);
      rows.push({ row: index + 1, value: { ...parsed.data, lng, lat } });
    } else {
      for (const issue of parsed.error.issues) {
        const field = String(issue.path[0] ?? "");
        const found = fields[field]?.slice(0, SHOWN_CHARS);
        const allowed = issue.message;
        issues.push({ row: index + 1, field, code: issue.code, allowed, ...(found && { found }) });
      }
    }
  }
  return { rows, issues, read: records.length };
};
