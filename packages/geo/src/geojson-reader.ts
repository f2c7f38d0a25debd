import { areaFromGeoJson } from "./geojson-geometry.ts";
import {
  GeoJsonError,
  type FilePosition,
  type GeoJsonProblem,
  type GeometryNoteCode,
} from "./geojson-problems.ts";
import { GeoJsonScanner, type JsonPiece } from "./geojson-scanner.ts";
import type { Area } from "./lng-lat.ts";

/** A polygon feature, read and normalised. Its coordinates are still in the file's system. */
export interface AreaFeature {
  kind: "feature";
  featureIndex: number;
  position: FilePosition;
  properties: Record<string, unknown>;
  area: Area;
  notes: GeometryNoteCode[];
}

export type ReadItem = AreaFeature | { kind: "problem"; fatal: boolean; problem: GeoJsonProblem };

/**
 * Names of coordinate systems a file may declare: longitude and latitude on WGS-84 or CGCS2000.
 * RFC 7946 has no "crs" member any more, the 2008 format and its tools still write it.
 */
const DEGREES_CRS = /(CRS84|EPSG:.*\b(4326|4490))$/;

/**
 * Reads a FeatureCollection of polygons as it streams in, holding one feature at a time.
 *
 * Yields each feature or what is wrong with it. A problem of the file itself is yielded with
 * `fatal: true` and ends the reading; nothing is thrown for bad input.
 */
export async function* readAreaFeatures(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<ReadItem> {
  const scanner = new GeoJsonScanner();
  const seen = { features: 0, type: undefined as string | undefined };
  try {
    for await (const chunk of source) {
      for (const piece of scanner.push(chunk)) {
        if (piece.member === "features") yield readFeature(piece, seen.features++);
        else readMember(piece, seen);
      }
    }
    scanner.end();
    if (seen.features === 0 && seen.type !== "FeatureCollection") {
      const found = seen.type ?? "an object without a type";
      throw new GeoJsonError({ code: "not_feature_collection", position: START, found });
    }
    if (seen.features === 0) {
      throw new GeoJsonError({ code: "empty_file", position: START, found: "no features" });
    }
  } catch (error) {
    if (!(error instanceof GeoJsonError)) throw error;
    yield { kind: "problem", fatal: true, problem: error.problem };
  }
}

const START: FilePosition = { byte: 0, line: 1, column: 1 };

function readMember(piece: JsonPiece, seen: { type: string | undefined }): void {
  const value = parse(piece);
  if (piece.member === "type") {
    seen.type = String(value);
    if (value !== "FeatureCollection") {
      const { position } = piece;
      throw new GeoJsonError({ code: "not_feature_collection", position, found: seen.type });
    }
  }
  if (piece.member === "crs" && value !== null) {
    const name = (value as { properties?: { name?: unknown } }).properties?.name;
    if (typeof name !== "string" || !DEGREES_CRS.test(name)) {
      const { position } = piece;
      throw new GeoJsonError({ code: "crs_not_supported", position, found: String(name) });
    }
  }
}

function readFeature(piece: JsonPiece, featureIndex: number): ReadItem {
  const { position } = piece;
  const value = parse(piece, featureIndex);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const problem = { code: "feature_not_object", position, featureIndex } as const;
    return { kind: "problem", fatal: false, problem };
  }
  const { geometry, properties } = value as { geometry?: unknown; properties?: unknown };
  const result = areaFromGeoJson(geometry);
  if (!result.ok) {
    const { code, found } = result;
    return { kind: "problem", fatal: false, problem: { code, found, position, featureIndex } };
  }
  return {
    kind: "feature",
    featureIndex,
    position,
    properties: isRecord(properties) ? properties : {},
    area: result.area,
    notes: result.notes,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse({ bytes, position }: JsonPiece, featureIndex?: number): unknown {
  const where = { position, ...(featureIndex === undefined ? {} : { featureIndex }) };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Files from older Chinese desktop programs are often GBK.
    throw new GeoJsonError({ code: "not_utf8", ...where });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new GeoJsonError({ code: "syntax", ...where, found: (error as Error).message });
  }
}
