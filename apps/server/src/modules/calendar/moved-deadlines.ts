import type { DayKind, MovedDeadline } from "@onegrid/contract";
import {
  CASE_CLOCK,
  clocksOf,
  dayNumberOf,
  dueAt,
  formatCaseNumber,
  fullLimit,
  isRefused,
  localDayOf,
  startOfDayMs,
  type CompiledCalendar,
} from "@onegrid/domain";
import type { StaffCtx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { compileYears } from "./calendar-cache.ts";
import { readOpenDeadlines, type OpenDeadline } from "./calendar-queries.ts";
import type { StoredYear } from "./calendar-row.ts";

/** Days whose working time differs between two versions of a year: all of them for other hours. */
const changedDays = (before: StoredYear, after: StoredYear): string[] => {
  if (JSON.stringify(before.windows) !== JSON.stringify(after.windows)) {
    return [`${after.year}-01-01`, `${after.year}-12-31`];
  }
  const kinds = new Map<string, DayKind>(before.days.map(({ day, kind }) => [day, kind]));
  const changed = after.days.filter(({ day, kind }) => kinds.get(day) !== kind);
  const kept = new Set(after.days.map(({ day }) => day));
  const dropped = before.days.filter(({ day }) => !kept.has(day));
  return [...changed, ...dropped].map(({ day }) => day).toSorted();
};

/** Deadline of a case on a calendar, with every pause and extension its log tells of. */
const newDueAt = (calendar: CompiledCalendar, { log }: OpenDeadline): Date | null => {
  const clock = clocksOf(log).get(CASE_CLOCK);
  if (clock === undefined) return null;
  const due = dueAt(calendar, clock.startedAtMs, fullLimit(clock), clock.pauses);
  return isRefused(due) || due.dueAtMs === null ? null : new Date(due.dueAtMs);
};

/**
 * Open cases that an edit of a year would move, by their present deadlines: those whose limit runs
 * out at another moment on the new calendar. Only cases under way on the changed days are looked at.
 */
export const movedDeadlines = async (
  trx: Trx,
  ctx: StaffCtx,
  years: readonly StoredYear[],
  before: StoredYear,
  after: StoredYear,
): Promise<MovedDeadline[]> => {
  const { countyCode, timeZone } = ctx.county;
  const changed = changedDays(before, after);
  const [first, last] = [changed[0], changed.at(-1)];
  if (first === undefined || last === undefined) return [];
  const others = years.filter(({ year }) => year !== after.year);
  const calendar = compileYears(
    timeZone,
    [...others, after].toSorted((a, b) => a.year - b.year),
  );
  const startOf = (day: string, plus: number) =>
    startOfDayMs((dayNumberOf(day) ?? 0) + plus, timeZone);
  const open = await readOpenDeadlines(trx, countyCode, startOf(first, -1), startOf(last, 2));
  return open.flatMap((one) => {
    const next = newDueAt(calendar, one);
    if (next === null || next.getTime() === one.dueAt.getTime()) return [];
    const reportedOn = localDayOf(one.reportedAt.getTime(), timeZone);
    return {
      caseId: one.caseId,
      number: formatCaseNumber(reportedOn, one.caseNumber),
      dueAt: one.dueAt.toISOString(),
      newDueAt: next.toISOString(),
    };
  });
};
