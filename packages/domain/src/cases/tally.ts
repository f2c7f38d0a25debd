import type { Net, Tier } from "@onegrid/contract";
import { disposedOnTime, isCounted, isEnded, type Case } from "./case.ts";

/** Where a figure is counted. `day` is a day in the county's time zone. */
export type TallyKey = {
  day: string;
  gridCode: string;
  categoryCode: string;
  net: Net;
  tier: Tier;
  /** Department that holds it, or '' at a grid tier. */
  unitCode: string;
};

export type Tally = TallyKey & {
  /** 上报数, on the day of the report. */
  reported: number;
  /** +1 when it opens at this tier, -1 when it leaves it: open now. Under {@link OPEN_DAY}. */
  opened: number;
  /** 应处置数, on the day it becomes due. */
  due: number;
  /** 处置数 and 按期处置数, on the day it becomes due (period = by due date). */
  disposed: number;
  disposedOnTime: number;
  /** 申诉认可的超期数: disposed too late and not counted against anybody; beside the raw fact. */
  overdueExempt: number;
  /** 结案数, on the day it was closed. */
  closed: number;
};

/**
 * Being open belongs to no day: all of it is counted under this one, where what came and went
 * adds up to nothing, so that "open now" reads few lines however long the history is.
 */
export const OPEN_DAY = "1970-01-01";

type Measures = Omit<Tally, keyof TallyKey>;
const NONE: Measures = {
  reported: 0,
  opened: 0,
  due: 0,
  disposed: 0,
  disposedOnTime: 0,
  overdueExempt: 0,
  closed: 0,
};

type DayOf = (at: Date) => string;

const lines = (c: Case, dayOf: DayOf): Tally[] => {
  const key = {
    gridCode: c.gridCode,
    categoryCode: c.categoryCode,
    net: c.net,
    tier: c.tier,
    unitCode: c.tier === "department" ? (c.holderCode ?? c.involvedUnits.at(-1) ?? "") : "",
  };
  const out: Tally[] = [{ ...NONE, ...key, day: dayOf(c.reportedAt), reported: 1 }];
  if (!isEnded(c.state)) out.push({ ...NONE, ...key, day: OPEN_DAY, opened: 1 });
  if (c.dueAt !== null && isCounted(c.state)) {
    const onTime = disposedOnTime(c);
    out.push({
      ...NONE,
      ...key,
      day: dayOf(c.dueAt),
      due: 1,
      disposed: onTime === null ? 0 : 1,
      disposedOnTime: onTime === true ? 1 : 0,
      overdueExempt: onTime === false && c.overdueExempt ? 1 : 0,
    });
  }
  if (c.closedAt !== null && isCounted(c.state)) {
    out.push({ ...NONE, ...key, day: dayOf(c.closedAt), closed: 1 });
  }
  return out;
};

const MEASURES = Object.keys(NONE) as (keyof Measures)[];
const keyText = (t: TallyKey) =>
  [t.day, t.gridCode, t.categoryCode, t.net, t.tier, t.unitCode].join("|");

/** Sums lines of equal keys and drops those that come to nothing. */
export const sumTallies = (tallies: readonly Tally[]): Tally[] => {
  const byKey = new Map<string, Tally>();
  for (const tally of tallies) {
    const sum = byKey.get(keyText(tally));
    if (sum === undefined) byKey.set(keyText(tally), { ...tally });
    else for (const measure of MEASURES) sum[measure] += tally[measure];
  }
  return [...byKey.values()].filter((t) => MEASURES.some((measure) => t[measure] !== 0));
};

const negative = (t: Tally): Tally => {
  const out = { ...t };
  for (const measure of MEASURES) out[measure] = -t[measure];
  return out;
};

/**
 * What changes in the rollup when a case goes from `before` to `after`: the difference of what
 * the two states count for. So the sum over any log equals the count over the rows it folds to,
 * whatever path it took.
 */
export const tallyDelta = (before: Case | null, after: Case, dayOf: DayOf): Tally[] =>
  sumTallies([
    ...(before === null ? [] : lines(before, dayOf).map(negative)),
    ...lines(after, dayOf),
  ]);
