import type { CaseFilters, Net } from "@onegrid/contract";
import { clusterTile, type PointCell } from "@onegrid/geo";
import { everywhere, scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { changesOf } from "../../platform/changes.ts";
import { CASE_CHANNEL, newsOf } from "./case-feed.ts";
import {
  selectCaseCells,
  selectPublicCells,
  type CaseCell,
  type TileAddress,
} from "./case-tile-queries.ts";
import { listItemView, publicCaseView } from "./case-views.ts";

/** Layer of the tiles that holds clusters and single cases. */
const LAYER = "cases";

type Tags = PointCell["properties"];

const tileOf = (
  { z, x, y }: TileAddress,
  cells: readonly CaseCell[],
  tagsOf: (only: NonNullable<CaseCell["only"]>) => NonNullable<Tags>,
): Uint8Array | undefined =>
  clusterTile(
    z,
    x,
    y,
    cells.map(({ count, lng, lat, only }) => ({
      count,
      lng,
      lat,
      ...(only !== null && { id: only.case_id, properties: tagsOf(only) }),
    })),
    LAYER,
  );

/**
 * A vector tile, layer `cases`, of what the actor's list with these filters holds: clusters with
 * `count`; a case alone with `id`, `net` and `light`. Undefined when nothing lies in it.
 */
export const caseTile = async (
  ctx: Ctx,
  tile: TileAddress,
  filters: CaseFilters,
): Promise<Uint8Array | undefined> => {
  const { countyCode, levelLengths, timeZone } = ctx.county;
  const now = ctx.clock.now();
  const context = { actor: ctx.actor, lengths: levelLengths, timeZone, now };
  const cells = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    selectCaseCells(trx, countyCode, tile, filters, context),
  );
  return tileOf(tile, cells, (only) => {
    const item = listItemView(only, timeZone, now);
    return { net: item.net, ...(item.light && { light: item.light }) };
  });
};

/**
 * The same of public cases. A case alone tells what everybody may see of it: `net`, `number`,
 * `state`, `categoryName`, `gridName` and `reportedAt`.
 */
export const publicCaseTile = async (
  ctx: Ctx,
  tile: TileAddress,
  filters: { net: readonly Net[] | undefined; grid: string | undefined },
): Promise<Uint8Array | undefined> => {
  const { countyCode, timeZone, levelLengths } = ctx.county;
  const cells = await inScope(ctx.db, everywhere(countyCode), (trx) =>
    selectPublicCells(trx, countyCode, tile, { ...filters, lengths: levelLengths }),
  );
  return tileOf(tile, cells, (only) => {
    const { net, number, state, categoryName, gridName, reportedAt } = publicCaseView(
      only,
      timeZone,
    );
    return { net, number, state, categoryName, gridName, reportedAt };
  });
};

/**
 * Counts the changes of each county's cases that this process has heard of: what was read under a
 * number that still stands is still true. Null while changes cannot be heard.
 */
export const caseChangeCounter = (db: Ctx["db"]) => {
  const counts = new Map<string, number>();
  let missed = 0;
  const changes = changesOf(db);
  const stop = changes?.hear(CASE_CHANNEL, (payload) => {
    if (payload === null) missed += 1;
    else {
      for (const county of new Set(newsOf(payload).map(({ countyCode }) => countyCode))) {
        counts.set(county, (counts.get(county) ?? 0) + 1);
      }
    }
  });
  return {
    read: async (countyCode: string): Promise<string | null> =>
      (await changes?.listening()) === true ? `${missed}.${counts.get(countyCode) ?? 0}` : null,
    stop: () => stop?.(),
  };
};
