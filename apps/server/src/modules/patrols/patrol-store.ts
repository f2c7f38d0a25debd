import type { PatrolLook } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** Writes a look. Of two on one day the one that found something wrong stays. */
export const storeLook = async (
  trx: Trx,
  countyCode: string,
  gridCode: string,
  { spot, lookedOn, finding }: PatrolLook,
): Promise<void> => {
  await sql`
    INSERT INTO patrol_look (county_code, spot, looked_on, grid_code, finding)
    VALUES (${countyCode}, ${spot}, ${lookedOn}, ${gridCode}, ${finding})
    ON CONFLICT (county_code, spot, looked_on) DO UPDATE SET finding = 'wrong'
      WHERE excluded.finding = 'wrong' AND patrol_look.finding <> 'wrong'`.execute(trx);
};

export type PointDraft = {
  pointId: string;
  gridCode: string;
  name: string;
  lng: number;
  lat: number;
  categoryCode: string | null;
  everyDays: number;
  active: boolean;
  sample: boolean;
};

/** Adds a point (base version 0) or writes its next version; false when another version stands. */
export const storePoint = async (
  trx: Trx,
  countyCode: string,
  baseVersion: number,
  draft: PointDraft,
): Promise<boolean> => {
  const values = {
    grid_code: draft.gridCode,
    name: draft.name,
    lng: draft.lng,
    lat: draft.lat,
    category_code: draft.categoryCode,
    every_days: draft.everyDays,
    active: draft.active,
    version: baseVersion + 1,
    sample: draft.sample,
  };
  if (baseVersion === 0) {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto("patrol_point")
      .values({ county_code: countyCode, point_id: draft.pointId, ...values })
      .onConflict((conflict) => conflict.columns(["county_code", "point_id"]).doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await trx
    .updateTable("patrol_point")
    .set(values)
    .where("county_code", "=", countyCode)
    .where("point_id", "=", draft.pointId)
    .where("version", "=", baseVersion)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

/** Puts the patrol points of changed grids into the grids they lie in now. */
export const relocatePatrolPoints = async (
  trx: Trx,
  countyCode: string,
  gridCodes: readonly string[],
  gridAt: (lng: number, lat: number) => { gridCode: string },
): Promise<void> => {
  const rows = await trx
    .selectFrom("patrol_point")
    .select(["point_id", "lng", "lat"])
    .where("county_code", "=", countyCode)
    .where("grid_code", "in", gridCodes)
    .execute();
  const placed = rows.map(({ point_id, lng, lat }) => ({
    point_id,
    grid_code: gridAt(lng, lat).gridCode,
  }));
  if (placed.length === 0) return;
  await sql`
    UPDATE patrol_point p SET grid_code = r.grid_code
    FROM jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) AS r(point_id uuid, grid_code text)
    WHERE p.county_code = ${countyCode} AND p.point_id = r.point_id`.execute(trx);
};
