import Flatbush from "flatbush";
import { areaM2 } from "./area.ts";
import {
  collectGeos,
  fromGeos,
  loadGeos,
  placeInside,
  pointFromGeos,
  toGeos,
  withGeometry,
  type Geos,
  type Pointer,
} from "./geos.ts";
import { boundsOf, type Area, type LngLat } from "./lng-lat.ts";

/** A violation of the coverage has a place to look at and a size to judge it by. */
export interface Piece {
  at: LngLat;
  areaM2: number;
}

export interface Invalidity {
  /** GEOS's word: "Self-intersection", "Hole lies outside shell", … */
  reason: string;
  at: LngLat;
}

export interface Overlap extends Piece {
  a: string;
  b: string;
}

const INTERIORS_MEET = "T********";

interface Coded {
  code: string;
  area: Area;
}

/**
 * Checks the polygons of one level with GEOS. Areas are loaded into WebAssembly memory once;
 * `free` gives it back. All sizes are m² on the ellipsoid (see `areaM2`).
 */
export class CoverageChecker {
  readonly #geos: Geos;
  readonly #geometries = new Map<string, Pointer>();
  readonly #areas = new Map<string, Area>();
  /** DE-9IM pattern "interiors meet" as a C string. */
  readonly #interiorsMeet: Pointer;

  private constructor(geos: Geos) {
    this.#geos = geos;
    this.#interiorsMeet = geos.Module._malloc(INTERIORS_MEET.length + 1);
    geos.Module.stringToUTF8(INTERIORS_MEET, this.#interiorsMeet, INTERIORS_MEET.length + 1);
  }

  static async create(): Promise<CoverageChecker> {
    return new CoverageChecker(await loadGeos());
  }

  /** Adds an area under a code of its own; answers why it is invalid, if it is, and leaves it out. */
  add(code: string, area: Area): Invalidity | undefined {
    const geometry = toGeos(this.#geos, area);
    const invalidity = this.#validate(geometry);
    if (invalidity !== undefined) {
      this.#geos.GEOSGeom_destroy(geometry);
      return invalidity;
    }
    const old = this.#geometries.get(code);
    if (old !== undefined) this.#geos.GEOSGeom_destroy(old);
    this.#geometries.set(code, geometry);
    this.#areas.set(code, area);
    return undefined;
  }

  #validate(geometry: Pointer): Invalidity | undefined {
    const geos = this.#geos;
    const out = geos.Module._malloc(8);
    try {
      if (geos.GEOSisValidDetail(geometry, 0, out, out + 4) === 1) return undefined;
      const reasonPointer = geos.Module.getValue(out, "i32");
      const placePointer = geos.Module.getValue(out + 4, "i32");
      const reason = geos.Module.UTF8ToString(reasonPointer);
      const at = pointFromGeos(geos, placePointer);
      geos.GEOSFree(reasonPointer);
      geos.GEOSGeom_destroy(placePointer);
      return { reason, at };
    } finally {
      geos.Module._free(out);
    }
  }

  /** Every pair of added areas whose common area is above the tolerance, largest first. */
  overlaps(toleranceM2: number): Overlap[] {
    const coded = [...this.#areas].map(([code, area]): Coded => ({ code, area }));
    if (coded.length < 2) return [];
    const tree = new Flatbush(coded.length);
    for (const { area } of coded) tree.add(...boundsOf(area));
    tree.finish();
    const found: Overlap[] = [];
    coded.forEach((grid, index) => {
      const near = tree.search(...boundsOf(grid.area), (other) => other > index);
      if (near.length > 0) found.push(...this.#overlapsOf(grid, near, coded, toleranceM2));
    });
    return found.sort(largestFirst);
  }

  #overlapsOf(grid: Coded, near: number[], coded: Coded[], toleranceM2: number): Overlap[] {
    const geos = this.#geos;
    const geometry = this.#geometry(grid.code);
    const prepared = geos.GEOSPrepare(geometry);
    const found: Overlap[] = [];
    for (const index of near) {
      const other = (coded[index] as Coded).code;
      const otherGeometry = this.#geometry(other);
      // Neighbours touch along edges; only pairs whose interiors meet are worth an intersection.
      const meet = geos.GEOSPreparedRelatePattern(prepared, otherGeometry, this.#interiorsMeet);
      if (meet === 0) continue;
      withGeometry(
        geos,
        () => geos.GEOSIntersection(geometry, otherGeometry),
        `intersection of ${grid.code} and ${other}`,
        (common) => {
          const size = areaM2(fromGeos(geos, common));
          if (size > toleranceM2) {
            found.push({ a: grid.code, b: other, areaM2: size, at: placeInside(geos, common) });
          }
        },
      );
    }
    geos.GEOSPreparedGeom_destroy(prepared);
    return found;
  }

  /**
   * Compares a parent with the union of its children: `gaps` are connected pieces of the parent no
   * child covers, `outside` pieces of children the parent does not hold. Pieces up to the tolerance
   * are left out; `sliverM2` is what all of those add up to.
   */
  cover(
    parent: Area,
    childCodes: readonly string[],
    toleranceM2: number,
  ): { gaps: Piece[]; outside: Piece[]; sliverM2: number } {
    const geos = this.#geos;
    const parentGeometry = toGeos(geos, parent);
    try {
      return withGeometry(
        geos,
        () => this.#collection(childCodes),
        "children",
        (children) =>
          withGeometry(
            geos,
            () => geos.GEOSUnaryUnion(children),
            "union of children",
            (union) => {
              const gaps = this.#difference(parentGeometry, union);
              const outside = this.#difference(union, parentGeometry);
              const small = (piece: Piece): boolean => piece.areaM2 <= toleranceM2;
              return {
                gaps: gaps.filter((piece) => !small(piece)).sort(largestFirst),
                outside: outside.filter((piece) => !small(piece)).sort(largestFirst),
                sliverM2: [...gaps, ...outside]
                  .filter(small)
                  .reduce((sum, piece) => sum + piece.areaM2, 0),
              };
            },
          ),
      );
    } finally {
      geos.GEOSGeom_destroy(parentGeometry);
    }
  }

  /** Holes that the union of the areas encloses: where no parent's outline is known. */
  enclosedHoles(codes: readonly string[], toleranceM2: number): Piece[] {
    const geos = this.#geos;
    const union = withGeometry(
      geos,
      () => this.#collection(codes),
      "areas",
      (all) =>
        withGeometry(
          geos,
          () => geos.GEOSUnaryUnion(all),
          "union",
          (merged) => fromGeos(geos, merged),
        ),
    );
    const holes = union.flatMap((polygon) => polygon.slice(1));
    // A hole that is filled by another part (an island of the union) is not a gap.
    const parts = union.map((polygon): Area => [[polygon[0] ?? []]]);
    return holes
      .map((hole) => this.#holeWithout(hole, parts))
      .filter((piece): piece is Piece => piece !== undefined && piece.areaM2 > toleranceM2)
      .sort(largestFirst);
  }

  #holeWithout(hole: Area[number][number], islands: Area[]): Piece | undefined {
    const geos = this.#geos;
    const own: Area = [[hole]];
    const [west, south, east, north] = boundsOf(own);
    const inside = islands.filter((island) => {
      const [w, s, e, n] = boundsOf(island);
      return w >= west && s >= south && e <= east && n <= north;
    });
    const holeGeometry = toGeos(geos, own);
    const islandGeometry = toGeos(geos, inside.flat());
    const pieces = this.#difference(holeGeometry, islandGeometry);
    geos.GEOSGeom_destroy(holeGeometry);
    geos.GEOSGeom_destroy(islandGeometry);
    return pieces.sort(largestFirst)[0];
  }

  #difference(from: Pointer, take: Pointer): Piece[] {
    const geos = this.#geos;
    return withGeometry(
      geos,
      () => geos.GEOSDifference(from, take),
      "difference",
      (rest) =>
        fromGeos(geos, rest).map((polygon): Piece => {
          const area: Area = [polygon];
          const at = withGeometry(
            geos,
            () => toGeos(geos, area),
            "piece",
            (piece) => placeInside(geos, piece),
          );
          return { areaM2: areaM2(area), at };
        }),
    );
  }

  #collection(codes: readonly string[]): Pointer {
    const clones = codes.map((code) => this.#geos.GEOSGeom_clone(this.#geometry(code)));
    return collectGeos(this.#geos, clones);
  }

  #geometry(code: string): Pointer {
    const geometry = this.#geometries.get(code);
    if (geometry === undefined) throw new RangeError(`no area was added as ${code}`);
    return geometry;
  }

  /** Gives the WebAssembly memory back. The checker cannot be used afterwards. */
  free(): void {
    for (const geometry of this.#geometries.values()) this.#geos.GEOSGeom_destroy(geometry);
    this.#geos.Module._free(this.#interiorsMeet);
    this.#geometries.clear();
    this.#areas.clear();
  }
}

function largestFirst(a: Piece, b: Piece): number {
  return b.areaM2 - a.areaM2;
}
