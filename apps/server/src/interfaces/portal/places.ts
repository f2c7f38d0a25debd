import type { PublicCase } from "@onegrid/contract";
import { gridsOf, gridView } from "../../modules/grids/index.ts";
import type { Ctx } from "../../platform/context.ts";

/**
 * Cases with their grid named along with those above it: 第三网格 alone is nowhere. A case outside
 * every grid keeps the county's name.
 */
export const withPlaces = async <C extends PublicCase>(
  ctx: Ctx,
  cases: readonly C[],
): Promise<C[]> => {
  const grids = await gridsOf(ctx);
  return cases.map((item) => {
    const grid = grids.get(item.gridCode);
    if (grid === undefined || grid.level === 0) return item;
    return { ...item, gridName: gridView(grids, grid).path.join(" · ") };
  });
};

/** The same for one case. */
export const withPlace = async <C extends PublicCase>(ctx: Ctx, item: C): Promise<C> => {
  const [placed = item] = await withPlaces(ctx, [item]);
  return placed;
};
