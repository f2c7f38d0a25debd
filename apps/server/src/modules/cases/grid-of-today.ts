import type { Case, Decided } from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { gridsOf, type CountyGrids } from "../grids/index.ts";

/** The middle of a grid as it was in a version; undefined for one nobody knows. */
const middleOf = async (
  trx: Trx,
  countyCode: string,
  { gridCode, gridVersion }: Pick<Case, "gridCode" | "gridVersion">,
): Promise<{ lng: number; lat: number } | undefined> => {
  const row = await trx
    .selectFrom("grid")
    .select(["label_lng", "label_lat"])
    .where("county_code", "=", countyCode)
    .where("grid_code", "=", gridCode)
    .where("version", "=", gridVersion)
    .executeTakeFirst();
  return row && { lng: row.label_lng, lat: row.label_lat };
};

/** Where a case of a grid that changed lies: by its point, else as its code goes on, else by the middle. */
const presentGrid = async (trx: Trx, ctx: Ctx, grids: CountyGrids, before: Case) => {
  const { lng, lat, gridCode } = before;
  const found = lng === null || lat === null ? undefined : grids.at(lng, lat);
  const kept = found ?? grids.get(gridCode);
  if (kept !== undefined) return kept;
  const middle = await middleOf(trx, ctx.county.countyCode, before);
  return middle && grids.at(middle.lng, middle.lat);
};

/**
 * What a case that is opened again has to say about its place: a closed one kept its grid, which may
 * have been split or be gone since. Nothing while its grid is still the present one.
 */
export const moveToGridOfToday = async (trx: Trx, ctx: Ctx, before: Case): Promise<Decided[]> => {
  const grids = await gridsOf(ctx);
  if (grids.get(before.gridCode)?.version === before.gridVersion) return [];
  const found = await presentGrid(trx, ctx, grids, before);
  if (found === undefined) return [];
  const { gridCode, version: gridVersion } = found;
  return [{ kind: "relocate", data: { gridCode, gridVersion }, by: "system" }];
};
