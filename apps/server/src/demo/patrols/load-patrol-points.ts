import { derivedId } from "../../interfaces/replay/play.ts";
import { putPoint } from "../../modules/patrols/index.ts";
import type { Ctx, StaffCtx } from "../../platform/context.ts";
import type { DemoPlace } from "../cases/plan-cases.ts";

/** What a head would put on the list, and how often it is to be looked at. */
const POINTS = [
  ["示例：小区消防通道", 7],
  ["示例：河边护栏", 14],
  ["示例：临街餐饮油烟口", 10],
] as const;

/** Gives each grid of the sample county some places to look at, put there by its head. */
export const loadDemoPatrolPoints = async (
  ctx: Ctx,
  places: readonly DemoPlace[],
): Promise<void> => {
  for (const place of places) {
    for (const [name, everyDays] of POINTS) {
      await putPoint({ ...ctx, actor: place.head } as StaffCtx, {
        pointId: derivedId("demo", place.gridCode, name),
        baseVersion: 0,
        name,
        location: place.point(),
        categoryCode: null,
        everyDays,
        active: true,
      });
    }
  }
};
