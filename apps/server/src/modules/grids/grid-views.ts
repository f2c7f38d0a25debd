import type { Grid, Responsible } from "@onegrid/contract";
import type { CountyGrids } from "./county-grids.ts";
import type { CurrentGrid, PeopleOfGrid } from "./grid-queries.ts";

/** A present grid → the wire. */
export const gridView = (grids: CountyGrids, grid: CurrentGrid): Grid => ({
  gridCode: grid.gridCode,
  version: grid.version,
  level: grid.level,
  parentCode: grid.parentCode,
  name: grid.name,
  nameKeys: grid.nameKeys,
  path: grids
    .chainOf(grid)
    .filter(({ level }) => level > 0)
    .map(({ name }) => name),
  partyGroup: grid.partyGroup,
  areaM2: grid.areaM2,
  bounds: [...grid.bounds],
  labelLng: grid.labelAt[0],
  labelLat: grid.labelAt[1],
  validFrom: grid.validFrom,
  childCount: grids.childrenOf(grid.gridCode).length,
  schematic: grid.schematic,
});

/** One link of the chain of those who serve at a place → the wire. Names, never numbers of people. */
export const responsibleView = (
  grid: CurrentGrid,
  people: PeopleOfGrid | undefined,
): Responsible["chain"][number] => ({
  gridCode: grid.gridCode,
  level: grid.level,
  name: grid.name,
  // The register knows more than the file the outline came in.
  partyGroup: people?.organisation ?? grid.partyGroup,
  head: people?.heads[0] ?? null,
  workers: people?.workers ?? [],
  dutyPhone: grid.dutyPhone,
});
