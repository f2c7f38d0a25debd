import Flatbush from "flatbush";
import type { Area } from "./lng-lat.ts";
import { PolygonStore } from "./polygon-store.ts";

/** What a locator needs to know of a grid; callers may carry more (a version id, a level). */
export interface LocatableGrid {
  code: string;
  area: Area;
}

/** Finds the grid a point belongs to. */
export interface Locator<T> {
  readonly size: number;
  /** The grid of the point, or undefined when no grid holds it. Never throws; NaN is nowhere. */
  locate(lng: number, lat: number): T | undefined;
}

class BoxTreeLocator<T extends LocatableGrid> implements Locator<T> {
  readonly #grids: readonly T[];
  readonly #stores: readonly PolygonStore[];
  readonly #tree: Flatbush | undefined;
  #lng = 0;
  #lat = 0;
  #best = 0;

  constructor(grids: readonly T[]) {
    this.#grids = [...grids].sort(byCode);
    this.#stores = this.#grids.map((grid) => new PolygonStore(grid.area));
    if (this.#grids.length === 0) return;
    const tree = new Flatbush(this.#grids.length, 8);
    for (const store of this.#stores) tree.add(...store.bounds);
    tree.finish();
    this.#tree = tree;
  }

  get size(): number {
    return this.#grids.length;
  }

  locate(lng: number, lat: number): T | undefined {
    if (this.#tree === undefined) return undefined;
    this.#lng = lng;
    this.#lat = lat;
    this.#best = this.#grids.length;
    // The filter does the exact test and always answers no: nothing is collected or allocated.
    this.#tree.search(lng, lat, lng, lat, this.#test);
    return this.#grids[this.#best];
  }

  readonly #test = (index: number): boolean => {
    if (index < this.#best && (this.#stores[index] as PolygonStore).covers(this.#lng, this.#lat)) {
      this.#best = index;
    }
    return false;
  };
}

/**
 * A locator over the grids of one level.
 *
 * Rule for boundaries: grids are closed, and of all grids that hold a point the one with the
 * **lowest code** (compared by code unit) gets it. So a point on a shared edge or corner belongs to
 * exactly one grid, always the same one, whatever the order of the input; a point on the outer
 * boundary of the county is inside; and where two grids overlap by a sliver below the import
 * tolerance the answer is still one grid.
 */
export function createLocator<T extends LocatableGrid>(grids: readonly T[]): Locator<T> {
  return new BoxTreeLocator(grids);
}

/**
 * A locator over several levels: the deepest level that holds the point answers, so a street with
 * level-3 grids gives a level-3 grid and a township without them gives the village.
 */
export function createLevelledLocator<T extends LocatableGrid & { level: number }>(
  grids: readonly T[],
): Locator<T> {
  const levels = [...new Set(grids.map((grid) => grid.level))].sort((a, b) => b - a);
  const locators = levels.map((level) =>
    createLocator(grids.filter((grid) => grid.level === level)),
  );
  return {
    size: grids.length,
    locate(lng, lat) {
      for (const locator of locators) {
        const grid = locator.locate(lng, lat);
        if (grid !== undefined) return grid;
      }
      return undefined;
    },
  };
}

/** Order of codes by code unit: the same on every machine, unlike a locale's order. */
function byCode(a: LocatableGrid, b: LocatableGrid): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}
