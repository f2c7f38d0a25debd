import type { Category, Limit } from "@onegrid/contract";
import { dueAt, isRefused, type CaseContext } from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import { calendarOf } from "../calendar/index.ts";
import { categoriesOf } from "../catalogue/index.ts";
import { checkedRulesOf, ruleOf } from "../dispatching/index.ts";
import { gridsOf, type GridReference } from "../grids/index.ts";

/** Everything a case asks of its county, from memory: place, kind of problem, deadline. */
export type CountyRules = {
  timeZone: string;
  sample: boolean;
  /** Smallest grid at the point, the county outside every grid; undefined without any grid. */
  locate(lng: number | null, lat: number | null): GridReference | undefined;
  gridName(gridCode: string): string | undefined;
  category(categoryCode: string): Category | undefined;
  /**
   * What the domain's rules may know. `dueAt` throws a ProblemError past the calendar's end.
   * `componentOwner` is the department whose component the case is about.
   */
  context(category: Category, now: Date, componentOwner?: string | null): CaseContext;
};

/** Reads a county's grids, catalogue and calendar through the caches of their modules. */
export const countyRules = async (ctx: Pick<Ctx, "db" | "county">): Promise<CountyRules> => {
  const { county } = ctx;
  const [grids, categories, calendar, dispatchRules] = await Promise.all([
    gridsOf(ctx),
    categoriesOf(ctx.db, county.countyCode),
    calendarOf(ctx.db, county.countyCode),
    checkedRulesOf(ctx),
  ]);
  const deadline = (startAt: Date, limit: Limit): Date => {
    const due = dueAt(calendar, startAt.getTime(), limit);
    if (isRefused(due)) throw new ProblemError(due.refused);
    if (due.dueAtMs === null) throw new RangeError("a new limit has no pauses");
    return new Date(due.dueAtMs);
  };
  return {
    timeZone: county.timeZone,
    sample: county.sample,
    locate: (lng, lat) => grids.locate(lng, lat),
    gridName: (code) => grids.get(code)?.name,
    category: (code) => categories.get(code),
    context: (category, now, componentOwner = null) => ({
      levelLengths: county.levelLengths,
      category,
      dueAt: deadline,
      ruleFor: (c) =>
        ruleOf(dispatchRules, {
          case: c,
          kind: (categories.get(c.categoryCode) ?? category).kind,
          componentOwner,
          calendar,
          levelLengths: county.levelLengths,
          now,
        }),
      now,
    }),
  };
};
