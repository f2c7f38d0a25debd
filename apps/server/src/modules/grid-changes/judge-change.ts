import { GRID_TOLERANCE_M2, type GridFinding } from "@onegrid/contract";
import type { Area } from "@onegrid/geo";
import { checkPartition } from "@onegrid/geo/edit";
import type { CurrentGrid } from "../grids/index.ts";
import type { ChangeRow } from "./change-queries.ts";

type Drawn = Pick<ChangeRow, "parentCode" | "parentVersion" | "replaces" | "grids">;

/** Children of a parent among the present grids of a county. */
export const childrenOf = (all: readonly CurrentGrid[], parentCode: string): CurrentGrid[] =>
  all.filter((grid) => grid.parentCode === parentCode);

/** Codes of grids that are there no more after the change. */
export const vanishing = ({ replaces, grids }: Pick<Drawn, "replaces" | "grids">): string[] => {
  const kept = new Set(grids.map(({ gridCode }) => gridCode));
  return replaces.map(({ gridCode }) => gridCode).filter((code) => !kept.has(code));
};

/** Whether the grids it was drawn on are still the present ones. */
export const isUpToDate = (drawn: Drawn, all: readonly CurrentGrid[]): boolean => {
  const version = new Map(all.map((grid) => [grid.gridCode, grid.version]));
  const children = new Set(childrenOf(all, drawn.parentCode).map(({ gridCode }) => gridCode));
  return (
    version.get(drawn.parentCode) === drawn.parentVersion &&
    drawn.replaces.every(
      (grid) => children.has(grid.gridCode) && version.get(grid.gridCode) === grid.version,
    )
  );
};

/** What does not fit once the change is made: all children of the parent against its outline. */
export const findingsOf = (drawn: Drawn, all: readonly CurrentGrid[]): GridFinding[] => {
  const parent = all.find((grid) => grid.gridCode === drawn.parentCode);
  if (parent === undefined) return [];
  const gone = new Set(drawn.replaces.map(({ gridCode }) => gridCode));
  const children = new Map<string, { name: string; area: Area }>();
  for (const grid of childrenOf(all, drawn.parentCode)) {
    if (!gone.has(grid.gridCode)) children.set(grid.gridCode, grid);
  }
  drawn.grids.forEach((grid, index) => {
    children.set(grid.gridCode ?? `new ${index}`, { name: grid.name, area: grid.outline });
  });
  const areas = new Map([...children].map(([key, { area }]) => [key, area]));
  return checkPartition(parent.area, areas, GRID_TOLERANCE_M2).map(
    ({ kind, keys, at, areaM2 }) => ({
      kind,
      names: keys.map((key) => children.get(key)?.name ?? key),
      lng: at[0],
      lat: at[1],
      areaM2,
    }),
  );
};
