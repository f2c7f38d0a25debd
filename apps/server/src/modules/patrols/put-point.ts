import type { EndpointParsed, PatrolSpot, putPatrolPoint } from "@onegrid/contract";
import { isWithin } from "@onegrid/domain";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { categoriesOf } from "../catalogue/index.ts";
import { gridsOf } from "../grids/index.ts";
import { storePoint } from "./patrol-store.ts";
import { noGrids, outsideScope, pointConflict, unknownCategory } from "./problems.ts";

type Input = { pointId: string } & EndpointParsed<typeof putPatrolPoint>["body"];

/**
 * Puts a place on the list of those looked at regularly, or changes it (inactive: off the list).
 * Throws `patrols.outside_scope`, `.version_conflict`, `cases.unknown_category`, `cases.no_grids`.
 */
export const putPoint = async (ctx: StaffCtx, input: Input): Promise<PatrolSpot> => {
  const { countyCode, sample } = ctx.county;
  const { location, baseVersion, categoryCode } = input;
  const [grids, categories] = await Promise.all([gridsOf(ctx), categoriesOf(ctx.db, countyCode)]);
  const place = grids.locate(location.lng, location.lat);
  if (place === undefined) throw new ProblemError(noGrids);
  if (!isWithin(place.gridCode, ctx.actor.scopeCode)) throw new ProblemError(outsideScope);
  const category = categoryCode === null ? undefined : categories.get(categoryCode);
  if (categoryCode !== null && !category?.active) {
    throw new ProblemError(unknownCategory(categoryCode));
  }
  const { pointId, name, everyDays, active } = input;
  const draft = { pointId, name, everyDays, active, categoryCode, ...place, ...location, sample };
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    if (!(await storePoint(trx, countyCode, baseVersion, draft))) {
      throw new ProblemError(pointConflict);
    }
    await audit(trx, ctx, { action: "patrol.put_point", outcome: "done", subject: pointId });
  });
  return {
    spot: pointId,
    kind: "point",
    name,
    gridCode: place.gridCode,
    gridName: grids.get(place.gridCode)?.name ?? place.gridCode,
    ...location,
    categoryCode,
    categoryName: category?.name ?? null,
    everyDays,
    lastLookedOn: null,
    lastFinding: null,
    repeatedCases: 0,
    version: baseVersion + 1,
    sample,
  };
};
