import initGeos from "geos-wasm";
import type { Area, LngLat, PolygonRings, Ring } from "./lng-lat.ts";

/** The C interface of GEOS compiled to WebAssembly. Pointers are numbers. */
export type Geos = Awaited<ReturnType<typeof initGeos>>;
export type Pointer = number;

/** Numbers of geometry types in the C interface (geos_c.h, GEOSGeomTypes). */
const TYPE_POLYGON = 3;
const TYPE_MULTIPOLYGON = 6;
const TYPE_COLLECTION = 7;

let lastMessage = "";
let ready: Promise<Geos> | undefined;

/** Loads GEOS once a process (about 50 ms). Messages are kept for the next error, not printed. */
export function loadGeos(): Promise<Geos> {
  const keep = (message: string): void => {
    lastMessage = message;
  };
  ready ??= initGeos({ errorHandler: keep, noticeHandler: keep }) as Promise<Geos>;
  return ready;
}

/** GEOS could not compute something: a topology error, or no memory. */
export class GeosError extends Error {
  override name = "GeosError";
}

function need(pointer: Pointer, what: string): Pointer {
  if (pointer === 0) throw new GeosError(`${what}: ${lastMessage || "unknown GEOS error"}`);
  return pointer;
}

function ringToGeos(geos: Geos, ring: Ring): Pointer {
  const buffer = geos.Module._malloc(ring.length * 16);
  const view = new Float64Array(geos.Module.HEAPF64.buffer, buffer, ring.length * 2);
  ring.forEach(([lng, lat], i) => {
    view[i * 2] = lng;
    view[i * 2 + 1] = lat;
  });
  const sequence = geos.GEOSCoordSeq_copyFromBuffer(buffer, ring.length, 0, 0);
  geos.Module._free(buffer);
  return need(geos.GEOSGeom_createLinearRing(need(sequence, "coordinates")), "ring");
}

/** Runs `use` with the pointers as a C array. GEOS copies or takes over what they point to. */
function withPointerArray<R>(geos: Geos, pointers: Pointer[], use: (array: Pointer) => R): R {
  const array = geos.Module._malloc(Math.max(1, pointers.length) * 4);
  new Int32Array(geos.Module.HEAPF64.buffer, array, pointers.length).set(pointers);
  try {
    return use(array);
  } finally {
    geos.Module._free(array);
  }
}

function polygonToGeos(geos: Geos, [shell, ...holes]: PolygonRings): Pointer {
  const shellPointer = ringToGeos(geos, shell ?? []);
  const holePointers = holes.map((hole) => ringToGeos(geos, hole));
  return withPointerArray(geos, holePointers, (array) =>
    need(geos.GEOSGeom_createPolygon(shellPointer, array, holePointers.length), "polygon"),
  );
}

/** The area as a GEOS multipolygon; the caller destroys it. Rings must be closed. */
export function toGeos(geos: Geos, area: Area): Pointer {
  const parts = area.map((polygon) => polygonToGeos(geos, polygon));
  return collectGeos(geos, parts, TYPE_MULTIPOLYGON);
}

/** A collection of the geometries, which it takes over. */
export function collectGeos(geos: Geos, parts: Pointer[], type = TYPE_COLLECTION): Pointer {
  return withPointerArray(geos, parts, (array) =>
    need(geos.GEOSGeom_createCollection(type, array, parts.length), "collection"),
  );
}

function ringFromGeos(geos: Geos, ring: Pointer): Ring {
  const sequence = geos.GEOSGeom_getCoordSeq(ring);
  const sizePointer = geos.Module._malloc(8);
  geos.GEOSCoordSeq_getSize(sequence, sizePointer);
  const size = geos.Module.getValue(sizePointer, "i32");
  geos.Module._free(sizePointer);
  const buffer = geos.Module._malloc(size * 16);
  geos.GEOSCoordSeq_copyToBuffer(sequence, buffer, 0, 0);
  const view = new Float64Array(geos.Module.HEAPF64.buffer, buffer, size * 2);
  const places: Ring = [];
  for (let i = 0; i < size; i++) places.push([view[i * 2] as number, view[i * 2 + 1] as number]);
  geos.Module._free(buffer);
  return places;
}

/** The polygonal parts of a GEOS geometry; points and lines in it have no area and are left out. */
export function fromGeos(geos: Geos, geometry: Pointer): Area {
  const area: Area = [];
  const count = geos.GEOSGetNumGeometries(geometry);
  for (let i = 0; i < count; i++) {
    const part = geos.GEOSGetGeometryN(geometry, i);
    const type = geos.GEOSGeomTypeId(part);
    if (type > TYPE_POLYGON) area.push(...fromGeos(geos, part));
    if (type !== TYPE_POLYGON || geos.GEOSisEmpty(part) === 1) continue;
    const rings = [ringFromGeos(geos, geos.GEOSGetExteriorRing(part))];
    const holes = geos.GEOSGetNumInteriorRings(part);
    for (let hole = 0; hole < holes; hole++) {
      rings.push(ringFromGeos(geos, geos.GEOSGetInteriorRingN(part, hole)));
    }
    area.push(rings);
  }
  return area;
}

/** A place surely inside the geometry, good for a label or for pointing at a violation. */
export function placeInside(geos: Geos, geometry: Pointer): LngLat {
  const point = need(geos.GEOSPointOnSurface(geometry), "point on surface");
  const place = pointFromGeos(geos, point);
  geos.GEOSGeom_destroy(point);
  return place;
}

/** The position of a GEOS point. */
export function pointFromGeos(geos: Geos, point: Pointer): LngLat {
  const [place] = ringFromGeos(geos, point);
  return place ?? [NaN, NaN];
}

/** Runs a binary or unary operation that makes a new geometry, destroyed after `use`. */
export function withGeometry<R>(
  geos: Geos,
  make: () => Pointer,
  what: string,
  use: (geometry: Pointer) => R,
): R {
  const geometry = need(make(), what);
  try {
    return use(geometry);
  } finally {
    geos.GEOSGeom_destroy(geometry);
  }
}
