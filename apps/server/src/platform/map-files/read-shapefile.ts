import { rewound, type Area } from "@onegrid/geo";
import { unzipSync, type UnzipFileInfo } from "fflate";
import { parseDbf, parseShp } from "shpjs";
import { OperatorError } from "../operator-error.ts";

/** Bytes of all parts together, unpacked: a county of 5,000 grids is about 20 MB. */
const MOST_UNPACKED_BYTES = 300 * 1024 * 1024;
/** A part may be so many times its packed size; attribute tables are mostly blanks. */
const MOST_GROWTH = 200;
const SMALL_BYTES = 1024 * 1024;
const MOST_PARTS = 200;

const WANTED = /\.(shp|dbf|prj|cpg)$/i;
/** macOS packs a shadow of every file. */
const SHADOW = /(^|\/)(__MACOSX\/|\._)/;

export type MapFeature = {
  type: "Feature";
  geometry: { type: string; coordinates: unknown } | null;
  properties: Record<string, unknown>;
};

/** Whether a file is a ZIP, by its first bytes. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;

const refuse = (code: string, message: string, hint?: string, cause?: unknown): never => {
  throw new OperatorError(code, message, hint, { cause });
};

const partsOf = (bytes: Uint8Array): Map<string, Uint8Array> => {
  const files: UnzipFileInfo[] = [];
  try {
    unzipSync(bytes, {
      filter: (file) => {
        files.push(file);
        return false;
      },
    });
  } catch (cause) {
    refuse("import.not_a_zip", "The file is no ZIP, or broke off.", undefined, cause);
  }
  const unpacked = files.reduce((sum, file) => sum + file.originalSize, 0);
  const grows = files.some(
    ({ size, originalSize }) => originalSize > SMALL_BYTES && originalSize > size * MOST_GROWTH,
  );
  if (files.length > MOST_PARTS || unpacked > MOST_UNPACKED_BYTES || grows) {
    refuse("import.zip_bomb", "The ZIP unpacks to far more than map data would; it is not opened.");
  }
  const parts = unzipSync(bytes, { filter: ({ name }) => WANTED.test(name) && !SHADOW.test(name) });
  return new Map(Object.entries(parts).map(([name, part]) => [name.toLowerCase(), part]));
};

/** Words that .cpg files hold for encodings that the platform calls otherwise. */
const ENCODINGS: Record<string, string> = {
  "936": "gbk",
  cp936: "gbk",
  gb2312: "gbk",
  "gb 2312": "gbk",
  "65001": "utf-8",
  utf8: "utf-8",
};

/**
 * Encoding of names and words: what the .cpg says; without one UTF-8 where the bytes are that, and
 * GBK otherwise, as older Chinese desktop programs write.
 */
const encodingOf = (cpg: Uint8Array | undefined, dbf: Uint8Array): string => {
  const said = cpg && new TextDecoder().decode(cpg).trim().toLowerCase();
  if (said !== undefined && said !== "") return ENCODINGS[said] ?? said;
  try {
    // The head holds binary figures; words begin after it.
    const head = new DataView(dbf.buffer, dbf.byteOffset).getUint16(8, true);
    new TextDecoder("utf-8", { fatal: true }).decode(dbf.subarray(Math.min(head, dbf.length)));
    return "utf-8";
  } catch {
    return "gbk";
  }
};

const rightWound = (geometry: MapFeature["geometry"]): MapFeature["geometry"] => {
  if (geometry?.type === "Polygon") {
    const [polygon] = rewound([geometry.coordinates] as Area);
    return { type: "Polygon", coordinates: polygon };
  }
  return geometry?.type === "MultiPolygon"
    ? { type: "MultiPolygon", coordinates: rewound(geometry.coordinates as Area) }
    : geometry;
};

/** Degrees stay the very numbers they are; metres of a projection are brought to degrees. */
const projectionOf = (prj: Uint8Array | undefined): string | undefined => {
  const words = prj && new TextDecoder().decode(prj).trim();
  return words !== undefined && /^PROJ(CS|CRS)/i.test(words) ? words : undefined;
};

/**
 * The features of a zipped Shapefile, in its order, in degrees. Throws an OperatorError for a file
 * that is none, is a bomb, or holds several layers.
 */
export const readShapefile = (bytes: Uint8Array): MapFeature[] => {
  const parts = partsOf(bytes);
  const layers = [...parts.keys()].filter((name) => name.endsWith(".shp"));
  const [layer] = layers;
  if (layer === undefined || layers.length > 1) {
    const found = layers.length === 0 ? "holds no .shp" : `holds ${layers.length} layers`;
    return refuse("import.not_one_layer", `The ZIP ${found}.`, "Pack one layer's parts together.");
  }
  const part = (ending: string) => parts.get(layer.replace(/\.shp$/, ending));
  const dbf = part(".dbf");
  try {
    const shapes = parseShp(parts.get(layer) as Uint8Array, projectionOf(part(".prj")));
    const rows = dbf === undefined ? [] : parseDbf(dbf, encodingOf(part(".cpg"), dbf));
    return shapes.map((geometry, index) => ({
      type: "Feature",
      geometry: rightWound((geometry ?? null) as MapFeature["geometry"]),
      properties: rows[index] ?? {},
    }));
  } catch (cause) {
    return refuse("import.shapefile_unreadable", "The Shapefile cannot be read.", undefined, cause);
  }
};

/** Longest map file that is taken into memory whole. */
const MOST_BYTES = 200 * 1024 * 1024;

/**
 * A map file as GeoJSON bytes: GeoJSON is passed on as it comes, a zipped Shapefile becomes a
 * FeatureCollection with record n in line n.
 */
export async function* asGeoJson(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed: Uint8Array[] = [];
  let size = 0;
  let zip: boolean | undefined;
  for await (const chunk of source) {
    zip ??= isZip(chunk);
    if (!zip) {
      yield chunk;
      continue;
    }
    packed.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) refuse("import.too_large", "The ZIP is larger than 200 MB.");
  }
  if (zip !== true) return;
  const features = readShapefile(Buffer.concat(packed));
  yield Buffer.from(`{"type":"FeatureCollection","features":[`);
  for (const [index, feature] of features.entries()) {
    yield Buffer.from(`${index === 0 ? "" : ",\n"}${JSON.stringify(feature)}`);
  }
  yield Buffer.from("]}");
}
