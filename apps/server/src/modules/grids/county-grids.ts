import { createHash } from "node:crypto";
import {
  createLevelledLocator,
  GridTiles,
  joinBounds,
  type Area,
  type Bounds,
  type Locator,
} from "@onegrid/geo";
import type { CurrentGrid } from "./grid-queries.ts";

/** Where a case belongs: a code and the version of its outline at that moment. */
export interface GridReference {
  gridCode: string;
  gridVersion: number;
}

type LocatedGrid = { code: string; level: number; area: Area; grid: CurrentGrid };

/** On-screen size below which a level is left out of a tile, as the side of its middle grid. */
const SMALLEST_SIDE_PX = 14;
/** Metres a pixel at zoom 0 at the equator, 512 px tiles (MapLibre). */
const METRES_A_PIXEL = 40_075_016.686 / 512;

/** The present grids of one county in memory: tree, locator and tiles. Immutable. */
export class CountyGrids {
  readonly countyCode: string;
  /** Changes exactly when a grid's present version or words change. */
  readonly stamp: string;
  readonly bounds: Bounds | undefined;
  readonly #byCode: ReadonlyMap<string, CurrentGrid>;
  readonly #children: ReadonlyMap<string, CurrentGrid[]>;
  readonly #locator: Locator<LocatedGrid>;
  #tiles: { minZoom: number; tiles: GridTiles }[] | undefined;

  constructor(countyCode: string, grids: readonly CurrentGrid[]) {
    this.countyCode = countyCode;
    this.#byCode = new Map(grids.map((grid) => [grid.gridCode, grid]));
    this.#children = Map.groupBy(
      grids.filter((grid) => grid.parentCode !== null),
      (grid) => grid.parentCode as string,
    );
    this.#locator = createLevelledLocator(
      grids.map((grid) => ({ code: grid.gridCode, level: grid.level, area: grid.area, grid })),
    );
    this.bounds = grids.length === 0 ? undefined : grids.map((g) => g.bounds).reduce(joinBounds);
    const words = grids.map((g) => [g.gridCode, g.version, g.name, g.partyGroup, g.schematic]);
    this.stamp = createHash("sha256")
      .update(JSON.stringify(words))
      .digest("base64url")
      .slice(0, 16);
  }

  get size(): number {
    return this.#byCode.size;
  }

  get(gridCode: string): CurrentGrid | undefined {
    return this.#byCode.get(gridCode);
  }

  /** Every present grid, parents before children. */
  all(): readonly CurrentGrid[] {
    return [...this.#byCode.values()];
  }

  /** Direct children in order of code. */
  childrenOf(gridCode: string): readonly CurrentGrid[] {
    return this.#children.get(gridCode) ?? [];
  }

  /** The grid and those above it, county first. */
  chainOf(grid: CurrentGrid): CurrentGrid[] {
    const above = grid.parentCode === null ? undefined : this.#byCode.get(grid.parentCode);
    return above === undefined ? [grid] : [...this.chainOf(above), grid];
  }

  /** The smallest grid that holds the point; undefined outside all of them. */
  at(lng: number, lat: number): CurrentGrid | undefined {
    return this.#locator.locate(lng, lat)?.grid;
  }

  /**
   * Where a report at this point belongs: the smallest grid that holds it; outside every grid, or
   * without a point, the county itself, whose centre takes what nobody else does.
   * Undefined only while the county has no grids at all.
   */
  locate(lng: number | null, lat: number | null): GridReference | undefined {
    const found = lng === null || lat === null ? undefined : this.at(lng, lat);
    const grid = found ?? this.#byCode.get(this.countyCode);
    return grid && { gridCode: grid.gridCode, gridVersion: grid.version };
  }

  /**
   * Vector tile of the boundaries worth drawing at this zoom: a level is in it once the middle one
   * of its grids is some pixels wide, so a far view does not drown in outlines.
   */
  tile(z: number, x: number, y: number): Uint8Array | undefined {
    this.#tiles ??= this.#cutLevels();
    const fit = this.#tiles.findLast(({ minZoom }) => z >= minZoom) ?? this.#tiles[0];
    return fit?.tiles.tile(z, x, y);
  }

  #cutLevels(): { minZoom: number; tiles: GridTiles }[] {
    const all = [...this.#byCode.values()];
    const levels = [...new Set(all.map((grid) => grid.level))].sort();
    return levels
      .map((level) => {
        const shown = all.filter((grid) => grid.level <= level);
        const minZoom = level <= 1 ? 0 : firstZoom(all.filter((grid) => grid.level === level));
        return { minZoom, shown };
      })
      .filter(({ shown }, index) => shown.length > 0 && !(index === 0 && levels.length > 1))
      .sort((a, b) => a.minZoom - b.minZoom || a.shown.length - b.shown.length)
      .map(({ minZoom, shown }) => ({
        minZoom,
        tiles: new GridTiles(shown.map(({ gridCode: code, ...grid }) => ({ ...grid, code }))),
      }));
  }
}

/** The zoom at which the middle grid of a level is wide enough to be told from its neighbours. */
const firstZoom = (grids: readonly CurrentGrid[]): number => {
  const sizes = grids.map((grid) => grid.areaM2).sort((a, b) => a - b);
  const middle = grids[0];
  if (middle === undefined) return 0;
  const sideM = Math.sqrt(sizes[sizes.length >> 1] as number);
  const metresAPixel = METRES_A_PIXEL * Math.cos((middle.labelAt[1] * Math.PI) / 180);
  return Math.max(0, Math.ceil(Math.log2((SMALLEST_SIDE_PX * metresAPixel) / sideM)));
};
