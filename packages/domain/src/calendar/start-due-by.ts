import type { Limit } from "@onegrid/contract";
import { isRefused } from "../refused.ts";
import type { CompiledCalendar } from "./compile-calendar.ts";
import { dueAt } from "./deadline.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** As far back as is looked: whatever began earlier is late whatever its limit. */
const FURTHEST = 400 * DAY;

/**
 * The latest start, to the minute, whose limit has run out at `nowMs`: work begun before it is
 * late. `dueAt` grows with the start, so one comparison in the database tells late work from the
 * rest. Null when no limit could have run out within the calendar.
 */
export const startDueBy = (
  calendar: CompiledCalendar,
  nowMs: number,
  limit: Limit,
): number | null => {
  const isLate = (startMs: number): boolean => {
    const due = dueAt(calendar, startMs, limit);
    return !isRefused(due) && due.dueAtMs !== null && due.dueAtMs < nowMs;
  };
  let [late, intime] = [nowMs - FURTHEST, nowMs];
  if (!isLate(late)) return null;
  while (intime - late > MINUTE) {
    const middle = (late + intime) / 2;
    if (isLate(middle)) late = middle;
    else intime = middle;
  }
  return late;
};
