import { boundsOf, joinBounds, rewound, type Area, type Bounds } from "@onegrid/geo";
import { zipSync } from "fflate";
import { cutFieldName } from "./field-names.ts";

/** What a map file says of a thing: text, or true and false. */
export type MapValue = string | boolean | null;
export type MapRecord = {
  shape: { kind: "area"; area: Area } | { kind: "point"; lng: number; lat: number };
  values: Record<string, MapValue>;
};

/** Numbers of the format (ESRI Shapefile Technical Description, 1998). */
const POINT = 1;
const POLYGON = 5;
const HEAD_BYTES = 100;
const MOST_TEXT_BYTES = 254;

/** WGS-84, and so CGCS2000 to the centimetre. */
const PRJ =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

const polygonRecord = (area: Area): Buffer => {
  // Shells run clockwise here, the other way than in GeoJSON.
  const rings = rewound(area).flatMap((polygon) => polygon.map((ring) => ring.toReversed()));
  const points = rings.flat();
  const record = Buffer.alloc(44 + rings.length * 4 + points.length * 16);
  record.writeInt32LE(POLYGON, 0);
  boundsOf(area).forEach((value, index) => record.writeDoubleLE(value, 4 + index * 8));
  record.writeInt32LE(rings.length, 36);
  record.writeInt32LE(points.length, 40);
  let first = 0;
  rings.forEach((ring, index) => {
    record.writeInt32LE(first, 44 + index * 4);
    first += ring.length;
  });
  points.forEach(([lng, lat], index) => {
    const at = 44 + rings.length * 4 + index * 16;
    record.writeDoubleLE(lng, at);
    record.writeDoubleLE(lat, at + 8);
  });
  return record;
};

const pointRecord = (lng: number, lat: number): Buffer => {
  const record = Buffer.alloc(20);
  record.writeInt32LE(POINT, 0);
  record.writeDoubleLE(lng, 4);
  record.writeDoubleLE(lat, 12);
  return record;
};

const head = (kind: number, bytes: number, bounds: Bounds): Buffer => {
  const out = Buffer.alloc(HEAD_BYTES);
  out.writeInt32BE(9994, 0);
  out.writeInt32BE(bytes / 2, 24);
  out.writeInt32LE(1000, 28);
  out.writeInt32LE(kind, 32);
  bounds.forEach((value, index) => out.writeDoubleLE(value, 36 + index * 8));
  return out;
};

const shapes = (records: readonly MapRecord[]): { shp: Buffer; shx: Buffer } => {
  const bodies = records.map(({ shape }) =>
    shape.kind === "area" ? polygonRecord(shape.area) : pointRecord(shape.lng, shape.lat),
  );
  const kind = records[0]?.shape.kind === "point" ? POINT : POLYGON;
  const bounds = records
    .map(({ shape }): Bounds =>
      shape.kind === "area" ? boundsOf(shape.area) : [shape.lng, shape.lat, shape.lng, shape.lat],
    )
    .reduce(joinBounds, [Infinity, Infinity, -Infinity, -Infinity]);
  const box: Bounds = records.length === 0 ? [0, 0, 0, 0] : bounds;
  const index = Buffer.alloc(bodies.length * 8);
  const parts: Buffer[] = [];
  let at = HEAD_BYTES;
  bodies.forEach((body, n) => {
    const record = Buffer.alloc(8);
    record.writeInt32BE(n + 1, 0);
    record.writeInt32BE(body.length / 2, 4);
    index.writeInt32BE(at / 2, n * 8);
    index.writeInt32BE(body.length / 2, n * 8 + 4);
    parts.push(record, body);
    at += 8 + body.length;
  });
  return {
    shp: Buffer.concat([head(kind, at, box), ...parts]),
    shx: Buffer.concat([head(kind, HEAD_BYTES + index.length, box), index]),
  };
};

/** Text in a field's room: never half a character. */
const fitting = (text: string, bytes: number): Buffer => {
  const whole = Buffer.from(text, "utf8");
  if (whole.length <= bytes) return whole;
  let end = bytes;
  while (((whole[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return whole.subarray(0, end);
};

const table = (records: readonly MapRecord[], fields: readonly string[], day: string): Buffer => {
  const kinds = fields.map((field) =>
    records.some(({ values }) => typeof values[field] === "boolean") ? "L" : "C",
  );
  const sizes = fields.map((field, index) => {
    if (kinds[index] === "L") return 1;
    const longest = records.map(({ values }) => Buffer.byteLength(String(values[field] ?? "")));
    return Math.min(
      MOST_TEXT_BYTES,
      longest.reduce((a, b) => Math.max(a, b), 1),
    );
  });
  const rowBytes = 1 + sizes.reduce((sum, size) => sum + size, 0);
  const headBytes = 32 + fields.length * 32 + 1;
  const out = Buffer.alloc(headBytes + records.length * rowBytes + 1, 0x20);
  out.fill(0, 0, headBytes);
  out.writeUInt8(3, 0);
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  out.set([year - 1900, month, date], 1);
  out.writeUInt32LE(records.length, 4);
  out.writeUInt16LE(headBytes, 8);
  out.writeUInt16LE(rowBytes, 10);
  fields.forEach((field, index) => {
    const at = 32 + index * 32;
    out.write(cutFieldName(field), at, "utf8");
    out.write(kinds[index] ?? "C", at + 11, "latin1");
    out.writeUInt8(sizes[index] ?? 1, at + 16);
  });
  out.writeUInt8(0x0d, headBytes - 1);
  records.forEach(({ values }, row) => {
    let at = headBytes + row * rowBytes + 1;
    fields.forEach((field, index) => {
      const value = values[field];
      const size = sizes[index] ?? 1;
      const text = typeof value === "boolean" ? (value ? "T" : "F") : (value ?? "");
      out.set(fitting(text, size), at);
      at += size;
    });
  });
  out.writeUInt8(0x1a, out.length - 1);
  return out;
};

/**
 * A Shapefile as a ZIP: shapes, index, attributes in UTF-8, and what says so. Records are all areas
 * or all points. `day` is the date in the head of the attribute table.
 */
export const writeShapefile = (
  name: string,
  records: readonly MapRecord[],
  fields: readonly string[],
  day: string,
): Uint8Array => {
  const { shp, shx } = shapes(records);
  return zipSync({
    [`${name}.shp`]: shp,
    [`${name}.shx`]: shx,
    [`${name}.dbf`]: table(records, fields, day),
    [`${name}.prj`]: Buffer.from(PRJ),
    [`${name}.cpg`]: Buffer.from("UTF-8"),
  });
};

/** The same records as a GeoJSON FeatureCollection (RFC 7946), one feature a line. */
export const writeGeoJson = (records: readonly MapRecord[]): Uint8Array => {
  const lines = records.map(({ shape, values }) => {
    const [only, ...others] = shape.kind === "area" ? shape.area : [];
    const geometry =
      shape.kind === "point"
        ? { type: "Point", coordinates: [shape.lng, shape.lat] }
        : others.length === 0
          ? { type: "Polygon", coordinates: only }
          : { type: "MultiPolygon", coordinates: shape.area };
    return JSON.stringify({ type: "Feature", properties: values, geometry });
  });
  return Buffer.from(`{"type":"FeatureCollection","features":[\n${lines.join(",\n")}\n]}\n`);
};

/** A map file in the format asked for, with its name and type. */
export const writeMapFile = (
  format: "geojson" | "shapefile",
  name: string,
  records: readonly MapRecord[],
  fields: readonly string[],
  day: string,
): { bytes: Uint8Array; fileName: string; type: string } =>
  format === "geojson"
    ? { bytes: writeGeoJson(records), fileName: `${name}.geojson`, type: "application/geo+json" }
    : {
        bytes: writeShapefile(name, records, fields, day),
        fileName: `${name}.zip`,
        type: "application/zip",
      };
