import { CELLS_A_SIDE_LOG2, clusterTile, tileKeyDivisor, tileKeyRange } from "@onegrid/geo";
import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { inCounty } from "./component-queries.ts";

/** Farther out a county's lamps are a smear: nothing is drawn, and nothing is read. */
const COMPONENT_MIN_ZOOM = 14;

type Cell = {
  n: number;
  lng: number;
  lat: number;
  code: string;
  name: string;
  category: string;
  condition: string;
};

/**
 * Vector tile of a county's components, layer "components": single ones with `id` (the component's
 * code), `name`, `categoryCode` and `condition`, crowds with `count`. What is restricted is not
 * public; what was removed is drawn for nobody.
 */
export const componentTile = async (
  ctx: Ctx,
  { z, x, y }: { z: number; x: number; y: number },
  which: "all" | "public",
): Promise<Uint8Array | undefined> => {
  if (z < COMPONENT_MIN_ZOOM) return undefined;
  const { countyCode } = ctx.county;
  const { from, until } = tileKeyRange(z, x, y);
  const divisor = tileKeyDivisor(Math.min(z + CELLS_A_SIDE_LOG2, 26));
  const { rows } = await inScope(ctx.db, inCounty(countyCode), (trx) =>
    sql<Cell>`SELECT count(*)::int AS n, avg(c.lng) AS lng, avg(c.lat) AS lat,
        min(c.component_code) AS code, min(c.name) AS name, min(c.category_code) AS category,
        min(c.condition) AS condition
      FROM component c
      WHERE c.county_code = ${countyCode} AND c.tile_key >= ${from}::bigint
        AND c.tile_key < ${until}::bigint AND c.condition <> 'removed'
        AND (${which === "all"} OR NOT c.restricted)
      GROUP BY c.tile_key / ${divisor}::bigint`.execute(trx),
  );
  const cells = rows.map(({ n, lng, lat, code, name, category, condition }) => ({
    lng,
    lat,
    count: n,
    ...(n === 1 && { id: code, properties: { name, categoryCode: category, condition } }),
  }));
  return clusterTile(z, x, y, cells, "components");
};
