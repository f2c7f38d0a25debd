import { NETS, TIERS, type Board, type Net, type Rate } from "@onegrid/contract";
import { figureFilters, isWithin, levelOf } from "@onegrid/domain";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { addDays, countCases, countyDay, daysBetween } from "../cases/index.ts";
import { gridsOf } from "../grids/index.ts";
import {
  selectOpenSums,
  selectPeriodSums,
  type BoardScope,
  type OpenSums,
  type PeriodSums,
} from "./board-queries.ts";
import { gridNotFound, LONGEST_PERIOD_DAYS, periodReversed, periodTooLong } from "./problems.ts";

export type BoardQuery = {
  grid?: string | undefined;
  net?: Net | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

const DEFAULT_DAYS = 30;

const rate = (numerator: number, denominator: number): Rate => ({
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
});

const periodOf = ({ from, to }: BoardQuery, today: string): { from: string; to: string } => {
  const end = to ?? today;
  const start = from ?? addDays(end, 1 - DEFAULT_DAYS);
  const days = daysBetween(start, end) + 1;
  if (days < 1) throw new ProblemError(periodReversed());
  if (days > LONGEST_PERIOD_DAYS) throw new ProblemError(periodTooLong());
  return { from: start, to: end };
};

type Sums = {
  reported: number;
  closed: number;
  open: number;
  due: number;
  disposedOnTime: number;
  overdueExempt: number;
};
const NOTHING: Sums = {
  reported: 0,
  closed: 0,
  open: 0,
  due: 0,
  disposedOnTime: 0,
  overdueExempt: 0,
};

/** Sums looked up by what they are grouped by; a group without lines is nothing. */
const lookup = (period: readonly PeriodSums[], open: readonly OpenSums[]) => {
  const sums = new Map<string, Sums>();
  const keyOf = ({ net, tier, child, day }: PeriodSums | OpenSums) =>
    net ?? tier ?? child ?? day ?? "";
  for (const row of period) sums.set(keyOf(row), { ...NOTHING, ...row });
  for (const row of open) {
    sums.set(keyOf(row), { ...(sums.get(keyOf(row)) ?? NOTHING), open: row.open });
  }
  return (key: string): Sums => sums.get(key) ?? NOTHING;
};

const days = (from: string, to: string): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));

const rateOf = (sums: Sums): Rate => rate(sums.disposedOnTime, sums.due);

/**
 * The board of a grid's subtree in a period: from the rollup, and what is overdue now from the
 * index of open cases. A department sees what it holds or was the last to hold, wherever it is.
 * Every figure is defined by `figureFilters` in the domain.
 * Throws `grids.not_found` (outside the own scope too), `board.period_too_long`,
 * `board.period_reversed`.
 */
export const getBoard = async (ctx: Ctx, query: BoardQuery): Promise<Board> => {
  const { countyCode, levelLengths, timeZone, sample } = ctx.county;
  const now = ctx.clock.now();
  const { from, to } = periodOf(query, countyDay(now, timeZone));
  const isDepartment = ctx.actor.role === "department";
  const own = isDepartment ? countyCode : ctx.actor.scopeCode;
  const gridCode = query.grid ?? own;
  const grids = await gridsOf(ctx);
  const grid = isWithin(gridCode, own) ? grids.get(gridCode) : undefined;
  if (grid === undefined) throw new ProblemError(gridNotFound(gridCode));
  const children = grids.childrenOf(gridCode);
  const level = levelOf(gridCode, levelLengths) ?? 0;
  const unitCode = isDepartment ? ctx.actor.unitCode : null;
  const scope: BoardScope = {
    countyCode,
    gridCode,
    net: query.net,
    unitCode,
    childLength: children.length === 0 ? 0 : (levelLengths[level + 1] ?? 0),
  };
  const overdueFilters = figureFilters("overdue", {
    gridCode,
    from,
    to,
    net: query.net,
    unitCode: unitCode ?? undefined,
  });
  const { of, overdue } = await inScope(ctx.db, scopeOf(ctx), async (trx) => ({
    of: lookup(await selectPeriodSums(trx, scope, from, to), await selectOpenSums(trx, scope)),
    overdue: await countCases(trx, countyCode, overdueFilters, {
      actor: ctx.actor,
      lengths: levelLengths,
      timeZone,
      now,
    }),
  }));
  const all = of("");
  return {
    from,
    to,
    gridCode,
    gridName: grid.name,
    disposedOnTime: rateOf(all),
    adjustedOnTime: rate(all.disposedOnTime + all.overdueExempt, all.due),
    reported: all.reported,
    closed: all.closed,
    open: all.open,
    overdue,
    openByTier: TIERS.map((tier) => ({ tier, open: of(tier).open })),
    byNet: NETS.map((net) => {
      const sums = of(net);
      return { net, reported: sums.reported, open: sums.open, disposedOnTime: rateOf(sums) };
    }),
    byGrid: children.map((child) => {
      const sums = of(child.gridCode);
      return {
        gridCode: child.gridCode,
        name: child.name,
        level: child.level,
        reported: sums.reported,
        open: sums.open,
        disposedOnTime: rateOf(sums),
      };
    }),
    trend: days(from, to).map((day) => ({
      day,
      reported: of(day).reported,
      closed: of(day).closed,
    })),
    sample,
  };
};
