import type { CompiledCalendar } from "./compile-calendar.ts";

/**
 * Positions on the working line. Two measures, both continuous and never falling as time goes on:
 *
 * - **worked**: working milliseconds since the calendar's first instant;
 * - **day position**: working days since then, each working day counting exactly 1, spread evenly
 *   over that day's own working time. So a day with shorter hours is still one working day, and on
 *   days of equal hours "one working day later" is the same time of day.
 *
 * Both stand still outside windows, so each value that falls on a window's edge belongs to a whole
 * stretch of instants; the inverse takes the earliest, which is the end of the window before.
 */

const MS_EXACT = 1e9;

/** Index of the last window that starts at or before the instant; -1 before the first. */
export function windowAt(calendar: CompiledCalendar, atMs: number): number {
  const { startsMs } = calendar;
  let low = 0;
  let high = startsMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((startsMs[middle] as number) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Working milliseconds between the calendar's first instant and this one. */
export function workedAt(calendar: CompiledCalendar, atMs: number): number {
  const window = windowAt(calendar, atMs);
  if (window < 0) return 0;
  const startMs = calendar.startsMs[window] as number;
  const endMs = calendar.endsMs[window] as number;
  return (calendar.workedBeforeMs[window] as number) + Math.min(atMs, endMs) - startMs;
}

/** Working milliseconds before a window; for the index after the last one, the total. */
function workedBefore(calendar: CompiledCalendar, window: number): number {
  const last = calendar.startsMs.length - 1;
  if (window <= last) return calendar.workedBeforeMs[window] as number;
  if (last < 0) return 0;
  return workedAt(calendar, calendar.endsMs[last] as number);
}

/** Earliest instant at which `worked` milliseconds are reached; null beyond the calendar. */
export function instantOfWorked(calendar: CompiledCalendar, workedMs: number): number | null {
  const { workedBeforeMs, startsMs } = calendar;
  if (workedMs > workedBefore(calendar, startsMs.length)) return null;
  let low = 0;
  let high = workedBeforeMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((workedBeforeMs[middle] as number) < workedMs) low = middle + 1;
    else high = middle;
  }
  const window = Math.max(0, low - 1);
  if (startsMs.length === 0) return null;
  return (startsMs[window] as number) + workedMs - (workedBeforeMs[window] as number);
}

/** Bounds of a working day on the worked line. */
function dayBounds(calendar: CompiledCalendar, dayIndex: number): [number, number] {
  const first = calendar.dayFirstWindows[dayIndex] as number;
  const next = calendar.dayFirstWindows[dayIndex + 1] as number;
  return [workedBefore(calendar, first), workedBefore(calendar, next)];
}

/** Number of working days the calendar holds. */
export function workingDayCount(calendar: CompiledCalendar): number {
  return calendar.dayFirstWindows.length - 1;
}

/** Working days, with fractions, between the calendar's first instant and this one. */
export function dayPositionAt(calendar: CompiledCalendar, atMs: number): number {
  const window = windowAt(calendar, atMs);
  if (window < 0) return 0;
  const dayIndex = calendar.dayIndexes[window] as number;
  const [from, to] = dayBounds(calendar, dayIndex);
  return dayIndex + (workedAt(calendar, atMs) - from) / (to - from);
}

/** Earliest instant of a day position, to the millisecond; null beyond the calendar. */
export function instantOfDayPosition(calendar: CompiledCalendar, position: number): number | null {
  // Sums of fractions miss whole numbers by a hair, and on the far side of the hair lies another
  // day; a billionth of a day is far below a millisecond.
  const snapped = Math.round(position * MS_EXACT) / MS_EXACT;
  if (snapped > workingDayCount(calendar) || workingDayCount(calendar) === 0) return null;
  const dayIndex = Math.max(0, Math.ceil(snapped) - 1);
  const [from, to] = dayBounds(calendar, dayIndex);
  const within = Math.round((snapped - dayIndex) * (to - from));
  if (within === 0)
    return calendar.startsMs[calendar.dayFirstWindows[dayIndex] as number] as number;
  return instantOfWorked(calendar, from + within);
}
