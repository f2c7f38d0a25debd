import { GRID_TOLERANCE_M2, type GridChangeGrid, type OutlinedGrid } from "@onegrid/contract";
import {
  areaM2,
  balancedSplit,
  drawInto,
  mergeAreas,
  plainPositions,
  reshape,
  shareCorners,
  splitByLine,
  type Area,
  type LngLat,
  type WeightedPlace,
} from "@onegrid/geo/edit";

/** A grid on the drawing table. */
export type EditorGrid = {
  /** Its code, or `new 1`, `new 2` … */
  key: string;
  gridCode: string | null;
  name: string;
  outline: Area;
};

/** The grids that a drawing begins from. */
export type Base = { parent: { name: string; outline: Area }; grids: readonly OutlinedGrid[] };

/** What an operation answers: the grids afterwards, or why not (a key of `grids>refused_…`). */
export type Edited = { grids: EditorGrid[]; selected: string[] } | { refused: string };

export type NameOf = (n: number) => string;

export const present = (grids: readonly OutlinedGrid[]): EditorGrid[] =>
  grids.map(({ gridCode, name, outline }) => ({ key: gridCode, gridCode, name, outline }));

/** The present grids; a community without any begins as one grid that is all of it. */
export const begin = (base: Base, nameOf: NameOf): EditorGrid[] =>
  base.grids.length > 0
    ? present(base.grids)
    : [{ key: "new 1", gridCode: null, name: nameOf(1), outline: base.parent.outline }];

const freshGrids = (
  grids: readonly EditorGrid[],
  outlines: readonly Area[],
  nameOf: NameOf,
): EditorGrid[] => {
  const keys = new Set(grids.map(({ key }) => key));
  const names = new Set(grids.map(({ name }) => name));
  const next = (taken: Set<string>, from: number, of: NameOf): string => {
    let n = from;
    while (taken.has(of(n))) n += 1;
    taken.add(of(n));
    return of(n);
  };
  return outlines.map((outline) => ({
    key: next(keys, 1, (n) => `new ${n}`),
    gridCode: null,
    name: next(names, grids.length + 1, nameOf),
    outline,
  }));
};

/** Puts pieces in a grid's place: the first, the largest, goes on being the grid. */
const inPieces = (
  grids: readonly EditorGrid[],
  key: string,
  pieces: readonly Area[],
  nameOf: NameOf,
): Edited => {
  const [first, ...others] = pieces;
  if (first === undefined || others.length === 0) return { refused: "line_does_not_divide" };
  const fresh = freshGrids(grids, others, nameOf);
  return {
    grids: grids.flatMap((grid) =>
      grid.key === key ? [{ ...grid, outline: first }, ...fresh] : [grid],
    ),
    selected: [key, ...fresh.map((grid) => grid.key)],
  };
};

export const split = (
  grids: readonly EditorGrid[],
  key: string,
  line: readonly LngLat[],
  nameOf: NameOf,
): Edited => {
  const grid = grids.find((one) => one.key === key);
  if (grid === undefined) return { refused: "choose_one" };
  const made = splitByLine(grid.outline, line);
  return "refused" in made ? made : inPieces(grids, key, made.pieces, nameOf);
};

/** Divides a grid evenly by what its places weigh, or by area where there is none inside. */
export const splitEvenly = (
  grids: readonly EditorGrid[],
  key: string,
  count: number,
  places: readonly WeightedPlace[],
  nameOf: NameOf,
): Edited => {
  const grid = grids.find((one) => one.key === key);
  if (grid === undefined) return { refused: "choose_one" };
  const pieces = balancedSplit(grid.outline, count, places)
    .map(({ area }) => area)
    .toSorted((a, b) => areaM2(b) - areaM2(a));
  return inPieces(grids, key, pieces, nameOf);
};

/** Makes one grid of several; the one with the lowest code goes on, with its name. */
export const merge = (grids: readonly EditorGrid[], keys: readonly string[]): Edited => {
  const chosen = grids.filter(({ key }) => keys.includes(key));
  if (chosen.length < 2) return { refused: "choose_two" };
  const made = mergeAreas(
    chosen.map(({ outline }) => outline),
    GRID_TOLERANCE_M2,
  );
  if ("refused" in made) return made;
  const heir = chosen.find(({ gridCode }) => gridCode !== null) ?? chosen[0];
  if (heir === undefined) return { refused: "choose_two" };
  return {
    grids: grids.flatMap((grid) => {
      if (grid.key === heir.key) return [{ ...grid, outline: made.area }];
      return keys.includes(grid.key) ? [] : [grid];
    }),
    selected: [heir.key],
  };
};

export const draw = (
  base: Base,
  grids: readonly EditorGrid[],
  outline: Area,
  nameOf: NameOf,
): Edited => {
  const siblings = new Map(grids.map((grid) => [grid.key, grid.outline]));
  const made = drawInto(base.parent.outline, siblings, outline, GRID_TOLERANCE_M2);
  if ("refused" in made) return made;
  const fresh = freshGrids(grids, [made.drawn], nameOf);
  const left = grids.flatMap((grid) => {
    const rest = made.siblings.get(grid.key);
    return rest === undefined ? [] : [{ ...grid, outline: rest }];
  });
  return { grids: [...left, ...fresh], selected: fresh.map(({ key }) => key) };
};

/** Carries a new outline of one grid over to its neighbours. */
export const shape = (grids: readonly EditorGrid[], key: string, outline: Area): Edited => {
  const areas = reshape(new Map(grids.map((grid) => [grid.key, grid.outline])), key, outline);
  if (areas === undefined) return { refused: "one_corner_at_a_time" };
  return {
    grids: grids.map((grid) => ({ ...grid, outline: areas.get(grid.key) ?? grid.outline })),
    selected: [key],
  };
};

/** Corners of neighbours on a grid's edges become its own, so that moving one moves them all. */
export const withSharedCorners = (grids: readonly EditorGrid[]): EditorGrid[] => {
  const areas = shareCorners(new Map(grids.map((grid) => [grid.key, grid.outline])));
  return grids.map((grid) => ({ ...grid, outline: areas.get(grid.key) ?? grid.outline }));
};

export const rename = (grids: readonly EditorGrid[], key: string, name: string): EditorGrid[] =>
  grids.map((grid) => (grid.key === key ? { ...grid, name } : grid));

const isUntouched = (grid: EditorGrid, before: OutlinedGrid | undefined): boolean =>
  before !== undefined &&
  before.name === grid.name &&
  JSON.stringify(before.outline) === JSON.stringify(grid.outline);

/** What a draft has to say: the grids that differ, before and after. */
export const changeOf = (
  base: Base,
  grids: readonly EditorGrid[],
): { replaces: { gridCode: string; version: number }[]; grids: GridChangeGrid[] } => {
  const before = new Map(base.grids.map((grid) => [grid.gridCode, grid]));
  const touched = grids.filter((grid) => !isUntouched(grid, before.get(grid.gridCode ?? "")));
  const same = new Set(grids.filter((grid) => !touched.includes(grid)).map(({ key }) => key));
  return {
    replaces: base.grids
      .filter(({ gridCode }) => !same.has(gridCode))
      .map(({ gridCode, version }) => ({ gridCode, version })),
    grids: touched.map(({ gridCode, name, outline }) => ({
      gridCode,
      name,
      outline: plainPositions(outline),
    })),
  };
};

/** The grids as they are once a change is made. */
export const applied = (
  grids: readonly OutlinedGrid[],
  change: { replaces: readonly { gridCode: string }[]; grids: readonly GridChangeGrid[] },
): EditorGrid[] => {
  const gone = new Set(change.replaces.map(({ gridCode }) => gridCode));
  return [
    ...present(grids.filter(({ gridCode }) => !gone.has(gridCode))),
    ...change.grids.map((grid, index) => ({ ...grid, key: grid.gridCode ?? `new ${index + 1}` })),
  ];
};
