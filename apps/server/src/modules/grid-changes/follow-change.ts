import { followGrids, type Following, type Successors } from "@onegrid/domain";
import { isInArea } from "@onegrid/geo/edit";
import type { Trx } from "../../platform/database.ts";
import type { ChangeRow } from "./change-queries.ts";
import { selectTies, type NamedTie } from "./tie-queries.ts";

export type FollowingTie = NamedTie & Following;

/** Middles of the grids that a change replaces, in the versions it was drawn on. */
export const selectMiddles = async (
  trx: Trx,
  countyCode: string,
  { parentCode, replaces }: Pick<ChangeRow, "parentCode" | "replaces">,
): Promise<Map<string, readonly [number, number]>> => {
  const rows = await trx
    .selectFrom("grid")
    .select(["grid_code", "version", "label_lng", "label_lat"])
    .where("county_code", "=", countyCode)
    .where("parent_code", "=", parentCode)
    .execute();
  return new Map(
    replaces.flatMap(({ gridCode, version }) => {
      const found = rows.find((row) => row.grid_code === gridCode && row.version === version);
      if (found === undefined) return [];
      return [[gridCode, [found.label_lng, found.label_lat] as const] as const];
    }),
  );
};

const successorsOf = (
  { grids }: Pick<ChangeRow, "grids">,
  middles: ReadonlyMap<string, readonly [number, number]>,
): Successors => {
  const placeOf = (index: number) => (index === -1 ? null : index);
  const at = (lngLat: readonly [number, number]) =>
    placeOf(grids.findIndex(({ outline }) => isInArea(outline, lngLat)));
  return {
    at,
    kept: (gridCode) => placeOf(grids.findIndex((grid) => grid.gridCode === gridCode)),
    middleOf: (gridCode) => {
      const middle = middles.get(gridCode);
      return middle === undefined ? null : at(middle);
    },
  };
};

/** Everything that is tied to the grids a change replaces, with where it goes. */
export const followingTies = async (
  trx: Trx,
  countyCode: string,
  row: Pick<ChangeRow, "parentCode" | "replaces" | "grids" | "moves">,
  today: string,
): Promise<FollowingTie[]> => {
  const codes = row.replaces.map(({ gridCode }) => gridCode);
  const ties = await selectTies(trx, countyCode, codes, today);
  const middles = await selectMiddles(trx, countyCode, row);
  const followings = followGrids(ties, row.moves, successorsOf(row, middles));
  return ties.map((tie, index) => ({ ...tie, ...(followings[index] as Following) }));
};
