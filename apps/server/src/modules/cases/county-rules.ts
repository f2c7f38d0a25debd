import type { CaseRules, Category, Limit } from "@onegrid/contract";
import {
  dueAt,
  fullLimit,
  isRefused,
  type Case,
  type CaseContext,
  type CaseEvent,
  type Clock,
  type CompiledCalendar,
  type CaseDue,
  type GuardContext,
} from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import { calendarOf, calendarVersionOf } from "../calendar/index.ts";
import { categoriesOf } from "../catalogue/index.ts";
import { gridsOf, type GridReference } from "../grids/index.ts";
import { checkedRulesOf, ruleOf } from "../dispatching/index.ts";
import { caseRulesOf } from "./case-rules-cache.ts";
import { dayEnd } from "./county-days.ts";

/** Everything a case asks of its county, from memory: place, kind of problem, deadline. */
export type CountyRules = {
  timeZone: string;
  sample: boolean;
  /** Smallest grid at the point, the county outside every grid; undefined without any grid. */
  locate(lng: number | null, lat: number | null): GridReference | undefined;
  gridName(gridCode: string): string | undefined;
  category(categoryCode: string): Category | undefined;
  /** Rules and calendar as they are now, for what is filed now. */
  present: Counting;
  /** Those a case was filed under: it goes on being counted by them. */
  countingOf(c: Pick<Case, "calendarVersion" | "rulesVersion">): Promise<Counting>;
  /**
   * What the domain's rules may know. `log` and `counting` belong to the case in question; a new
   * case has none. Deadlines throw a ProblemError past the calendar's end.
   */
  context(
    category: Category,
    now: Date,
    of?: { log: readonly CaseEvent[]; counting: Counting },
    /** Department that owns the component it is about. */
    componentOwner?: string | null,
  ): CaseContext;
  /** What a guard looks at beside the case. */
  guards(now: Date): GuardContext;
};

/** What a case is counted by. */
export type Counting = { calendar: CompiledCalendar; calendarVersion: number; rules: CaseRules };

const deadlineOn =
  (calendar: CompiledCalendar) =>
  (startAt: Date, limit: Limit): Date => {
    const due = dueAt(calendar, startAt.getTime(), limit);
    if (isRefused(due)) throw new ProblemError(due.refused);
    if (due.dueAtMs === null) throw new RangeError("a new limit has no pauses");
    return new Date(due.dueAtMs);
  };

/** Deadline and amber of a clock with its pauses and extensions. */
const dueOfClock =
  ({ calendar, rules }: Counting) =>
  (clock: Clock): CaseDue => {
    const at = (limit: Limit): string => {
      const due = dueAt(calendar, clock.startedAtMs, limit, clock.pauses);
      if (isRefused(due)) throw new ProblemError(due.refused);
      if (due.dueAtMs === null) throw new RangeError("every suspension has an end");
      return new Date(due.dueAtMs).toISOString();
    };
    const limit = fullLimit(clock);
    return { dueAt: at(limit), amberAt: at({ ...limit, amount: limit.amount * rules.amberRatio }) };
  };

/** Reads a county's grids, catalogue, calendar and rules through the caches of their modules. */
export const countyRules = async (ctx: Pick<Ctx, "db" | "county">): Promise<CountyRules> => {
  const { county } = ctx;
  const { countyCode, timeZone } = county;
  const [grids, categories, calendar, history, dispatchRules] = await Promise.all([
    gridsOf(ctx),
    categoriesOf(ctx.db, countyCode),
    calendarOf(ctx.db, countyCode),
    caseRulesOf(ctx.db, countyCode),
    checkedRulesOf(ctx),
  ]);
  const present = { calendar, calendarVersion: calendar.version, rules: history.rules };
  const guards = (now: Date): GuardContext => ({
    levelLengths: county.levelLengths,
    rules: history.rules,
    endOfDay: (day) => dayEnd(day, timeZone),
    now,
  });
  return {
    timeZone,
    sample: county.sample,
    locate: (lng, lat) => grids.locate(lng, lat),
    gridName: (code) => grids.get(code)?.name,
    category: (code) => categories.get(code),
    present,
    countingOf: async ({ calendarVersion, rulesVersion }) => ({
      calendar:
        calendarVersion === null || calendarVersion === calendar.version
          ? calendar
          : await calendarVersionOf(ctx.db, countyCode, calendarVersion, calendar),
      calendarVersion: calendarVersion ?? calendar.version,
      rules: history.at(rulesVersion),
    }),
    guards,
    context: (category, now, of = { log: [], counting: present }, componentOwner = null) => ({
      ...guards(now),
      category,
      ruleFor: (c) =>
        ruleOf(dispatchRules, {
          case: c,
          kind: (categories.get(c.categoryCode) ?? category).kind,
          componentOwner,
          calendar,
          levelLengths: county.levelLengths,
          now,
        }),
      dueAt: deadlineOn(of.counting.calendar),
      dueOf: dueOfClock(of.counting),
      calendarVersion: calendar.version,
      rulesVersion: history.version,
      log: of.log,
    }),
  };
};
