import type { Refused } from "../refused.ts";
import type { CalendarSpec, SpecialDay, WorkingWindow } from "./calendar-spec.ts";
import { checkCalendar } from "./check-spec.ts";
import { dayNumberOf, dayOf, localClock, weekdayOf } from "./local-day.ts";

/**
 * Working time laid out on one line. Windows are sorted and disjoint, `[startsMs, endsMs)`; the
 * prefix sums make every question a binary search. Working days are numbered from 0 in the order
 * of time; days of rest have no number.
 */
export type CompiledCalendar = {
  readonly version: number;
  readonly timeZone: string;
  /** First instant covered and first instant no longer covered. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly startsMs: Float64Array;
  readonly endsMs: Float64Array;
  /** Working milliseconds before each window. */
  readonly workedBeforeMs: Float64Array;
  /** Number of the working day each window belongs to. */
  readonly dayIndexes: Int32Array;
  /** For each working day its first window, with one more entry at the end. */
  readonly dayFirstWindows: Int32Array;
  /** Stretches `[fromMs, toMs)` whose official holidays are not known yet. */
  readonly provisional: readonly { readonly fromMs: number; readonly toMs: number }[];
};

/** Working windows of a day, by the plain week and what is special about the day. */
function windowsOf(
  spec: CalendarSpec,
  dayNumber: number,
  special: SpecialDay | undefined,
): readonly WorkingWindow[] {
  const plain = spec.week[weekdayOf(dayNumber)];
  if (special === undefined) return plain;
  if (special.kind === "holiday") return [];
  if (special.windows !== undefined) return special.windows;
  // A make-up Saturday 调休 works as a working day does, whatever Saturdays are otherwise.
  if (special.kind === "makeup_workday" || plain.length === 0) return spec.workdayWindows;
  return plain;
}

function provisionalSpans(
  spec: CalendarSpec,
  firstDay: number,
  endDay: number,
  instantOf: (dayNumber: number, minute: number) => number,
): { fromMs: number; toMs: number }[] {
  const confirmed = new Set(spec.confirmedYears);
  const spans: { fromMs: number; toMs: number }[] = [];
  const firstYear = Number(dayOf(firstDay).slice(0, 4));
  const lastYear = Number(dayOf(endDay - 1).slice(0, 4));
  for (let year = firstYear; year <= lastYear; year += 1) {
    if (confirmed.has(year)) continue;
    const from = Math.max(firstDay, dayNumberOf(`${year}-01-01`) ?? firstDay);
    const to = Math.min(endDay, dayNumberOf(`${year + 1}-01-01`) ?? endDay);
    const span = { fromMs: instantOf(from, 0), toMs: instantOf(to, 0) };
    const last = spans.at(-1);
    if (last !== undefined && last.toMs === span.fromMs) last.toMs = span.toMs;
    else spans.push(span);
  }
  return spans;
}

/**
 * Compiles a county's calendar. Costs a few milliseconds a year, so compile once and keep it.
 * Windows that run into the next day's are cut there; a window swallowed by a gap of summer time
 * disappears. Refuses with `calendar.invalid` and every faulty field.
 */
export function compileCalendar(spec: CalendarSpec): CompiledCalendar | Refused {
  const refused = checkCalendar(spec);
  if (refused !== null) return { refused };
  const firstDay = dayNumberOf(spec.fromDay) ?? 0;
  const endDay = dayNumberOf(spec.toDay) ?? 0;
  const instantOf = localClock(spec.timeZone);
  const specials = new Map(spec.days.map((day) => [day.day, day]));
  const fromMs = instantOf(firstDay, 0);
  const toMs = instantOf(endDay, 0);
  const starts: number[] = [];
  const ends: number[] = [];
  const workedBefore: number[] = [];
  const dayIndexes: number[] = [];
  const dayFirst: number[] = [];
  let worked = 0;
  for (let day = firstDay; day < endDay; day += 1) {
    const firstWindow = starts.length;
    for (const window of windowsOf(spec, day, specials.get(dayOf(day)))) {
      const startMs = Math.max(instantOf(day, window.startMinute), ends.at(-1) ?? fromMs);
      const endMs = Math.min(instantOf(day, window.endMinute), toMs);
      if (endMs <= startMs) continue;
      starts.push(startMs);
      ends.push(endMs);
      workedBefore.push(worked);
      dayIndexes.push(dayFirst.length);
      worked += endMs - startMs;
    }
    if (starts.length > firstWindow) dayFirst.push(firstWindow);
  }
  dayFirst.push(starts.length);
  return {
    version: spec.version,
    timeZone: spec.timeZone,
    fromMs,
    toMs,
    startsMs: Float64Array.from(starts),
    endsMs: Float64Array.from(ends),
    workedBeforeMs: Float64Array.from(workedBefore),
    dayIndexes: Int32Array.from(dayIndexes),
    dayFirstWindows: Int32Array.from(dayFirst),
    provisional: provisionalSpans(spec, firstDay, endDay, instantOf),
  };
}
