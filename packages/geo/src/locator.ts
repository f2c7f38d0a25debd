import Flatbush from "flatbush";
import { joinBounds, type Area, type Bounds } from "./lng-lat.ts";
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

/** Cells of the lattice a polygon: 8 × 8 for one of the common shape. */
const CELLS_A_GRID = 64;
const MAX_CELLS = 1 << 20;
/** How far a cell's box reaches over its sides, in cells: more than any rounding of a point. */
const OVERREACH = 1e-6;

const UNKNOWN = -1;
const NOTHING = -2;

/**
 * A lattice of cells over a tree of boxes. A cell that no edge touches has one answer for all its
 * points; any other has a short list of grids to test exactly. Cells are worked out at their first
 * point, so a county that is asked about one quarter only pays for that.
 */
class LatticeLocator<T extends LocatableGrid> implements Locator<T> {
  readonly #grids: readonly T[];
  readonly #stores: readonly PolygonStore[];
  readonly #tree: Flatbush;
  readonly #bounds: Bounds;
  readonly #columns: number;
  readonly #rows: number;
  readonly #columnsADegree: number;
  readonly #rowsADegree: number;
  /** Of each cell: UNKNOWN, NOTHING, 2 × the number of its grid, or 2 × that of its list + 1. */
  readonly #cells: Int32Array;
  readonly #lists: Uint32Array[] = [];

  /** `grids` in order of code, at least one. */
  constructor(grids: readonly T[]) {
    this.#grids = grids;
    this.#stores = grids.map((grid) => new PolygonStore(grid.area));
    this.#tree = new Flatbush(grids.length, 8);
    for (const store of this.#stores) this.#tree.add(...store.bounds);
    this.#tree.finish();
    this.#bounds = this.#stores.map((store) => store.bounds).reduce(joinBounds);
    const [west, south, east, north] = this.#bounds;
    const [width, height] = [east - west || 1, north - south || 1];
    const count = Math.min(MAX_CELLS, grids.length * CELLS_A_GRID);
    this.#columns = Math.max(1, Math.min(count, Math.round(Math.sqrt((count * width) / height))));
    this.#rows = Math.max(1, Math.round(count / this.#columns));
    this.#columnsADegree = this.#columns / width;
    this.#rowsADegree = this.#rows / height;
    this.#cells = new Int32Array(this.#columns * this.#rows).fill(UNKNOWN);
  }

  get size(): number {
    return this.#grids.length;
  }

  locate(lng: number, lat: number): T | undefined {
    const [west, south, east, north] = this.#bounds;
    if (!(lng >= west && lng <= east && lat >= south && lat <= north)) return undefined;
    const column = Math.min(this.#columns - 1, Math.floor((lng - west) * this.#columnsADegree));
    const row = Math.min(this.#rows - 1, Math.floor((lat - south) * this.#rowsADegree));
    let answer = this.#cells[row * this.#columns + column] as number;
    if (answer === UNKNOWN) answer = this.#workOut(column, row);
    if (answer === NOTHING) return undefined;
    if ((answer & 1) === 0) return this.#grids[answer >> 1];
    const list = this.#lists[answer >> 1] as Uint32Array;
    for (let i = 0; i < list.length; i++) {
      const index = list[i] as number;
      if ((this.#stores[index] as PolygonStore).covers(lng, lat)) return this.#grids[index];
    }
    return undefined;
  }

  #workOut(column: number, row: number): number {
    const [west, south] = this.#bounds;
    const box: Bounds = [
      west + (column - OVERREACH) / this.#columnsADegree,
      south + (row - OVERREACH) / this.#rowsADegree,
      west + (column + 1 + OVERREACH) / this.#columnsADegree,
      south + (row + 1 + OVERREACH) / this.#rowsADegree,
    ];
    const [lng, lat] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    const list: number[] = [];
    let holdsAll = false;
    for (const index of this.#tree.search(...box).sort((a, b) => a - b)) {
      const store = this.#stores[index] as PolygonStore;
      const touches = store.mayTouch(box);
      if (!touches && !store.covers(lng, lat)) continue;
      list.push(index);
      // Whatever comes after a grid that holds the whole cell has a higher code: it never wins.
      holdsAll = !touches;
      if (holdsAll) break;
    }
    const answer = this.#answerOf(list, holdsAll);
    this.#cells[row * this.#columns + column] = answer;
    return answer;
  }

  #answerOf(list: readonly number[], holdsAll: boolean): number {
    const [first, second] = list;
    if (first === undefined) return NOTHING;
    if (holdsAll && second === undefined) return first * 2;
    this.#lists.push(Uint32Array.from(list));
    return (this.#lists.length - 1) * 2 + 1;
  }
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
  if (grids.length === 0) return { size: 0, locate: () => undefined };
  return new LatticeLocator([...grids].sort(byCode));
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
