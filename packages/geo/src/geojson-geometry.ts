import type { Area, LngLat, PolygonRings, Ring } from "./lng-lat.ts";
import type { FeatureProblemCode, GeometryNoteCode } from "./geojson-problems.ts";

export type GeometryResult =
  | { ok: true; area: Area; notes: GeometryNoteCode[] }
  | { ok: false; code: FeatureProblemCode; found: string };

class Refused extends Error {
  readonly code: FeatureProblemCode;
  readonly found: string;

  constructor(code: FeatureProblemCode, found: string) {
    super(code);
    this.code = code;
    this.found = found;
  }
}

/**
 * Reads a GeoJSON geometry (RFC 7946) as an area: Polygon or MultiPolygon in degrees.
 *
 * Mended with a note: heights are dropped, unclosed rings closed, empty parts left out. Refused:
 * other types, numbers that are no positions, metres of a projection where degrees belong, rings
 * of fewer than three different corners.
 */
export function areaFromGeoJson(geometry: unknown): GeometryResult {
  if (geometry === null || geometry === undefined) {
    return { ok: false, code: "geometry_missing", found: String(geometry) };
  }
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  const notes = new Set<GeometryNoteCode>();
  try {
    if (type !== "Polygon" && type !== "MultiPolygon") {
      throw new Refused("geometry_type", describe(type));
    }
    const parts = listOf(type === "Polygon" ? [coordinates] : coordinates);
    const area: Area = [];
    for (const part of parts) {
      const rings = listOf(part);
      if (rings.length === 0) notes.add("empty_part_dropped");
      else area.push(rings.map((ring) => readRing(ring, notes)) satisfies PolygonRings);
    }
    if (area.length === 0) throw new Refused("geometry_missing", "no coordinates");
    return { ok: true, area, notes: [...notes] };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code, found: error.found };
    throw error;
  }
}

function readRing(value: unknown, notes: Set<GeometryNoteCode>): Ring {
  const ring = listOf(value).map((position) => readPosition(position, notes));
  const first = ring[0];
  const last = ring.at(-1);
  if (first !== undefined && last !== undefined && !same(first, last)) {
    ring.push(first);
    notes.add("ring_closed");
  }
  const corners = ring.filter((place, i) => i === 0 || !same(place, ring[i - 1] as LngLat));
  if (corners.length < 4) {
    throw new Refused("ring_too_short", `${Math.max(0, corners.length - 1)} corners`);
  }
  return ring;
}

function readPosition(value: unknown, notes: Set<GeometryNoteCode>): LngLat {
  const [lng, lat] = listOf(value) as [unknown, unknown];
  if (typeof lng !== "number" || typeof lat !== "number") {
    throw new Refused("coordinates_malformed", describe(value));
  }
  if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) {
    throw new Refused("coordinates_out_of_range", `${lng}, ${lat}`);
  }
  if ((value as unknown[]).length > 2) notes.add("z_dropped");
  return [lng, lat];
}

function same(a: LngLat, b: LngLat): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Refused("coordinates_malformed", describe(value));
  return value;
}

/** A value as a few characters for a message. */
function describe(value: unknown): string {
  return (JSON.stringify(value) ?? "undefined").slice(0, 60);
}
