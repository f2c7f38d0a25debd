import type { Refused } from "../refused.ts";
import type { CalendarSpec, SpecialDay, WorkingHours, WorkingWindow } from "./calendar-spec.ts";
import { checkCalendar, MIN_WORKDAY_MINUTES } from "./check-spec.ts";
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
  hours: WorkingHours,
  dayNumber: number,
  special: SpecialDay | undefined,
): readonly WorkingWindow[] {
  const plain = hours.week[weekdayOf(dayNumber)];
  if (special === undefined) return plain;
  if (special.kind === "holiday") return [];
  if (special.windows !== undefined) return special.windows;
  // A make-up Saturday 调休 works as a working day does, whatever Saturdays are otherwise.
  if (special.kind === "makeup_workday" || plain.length === 0) return hours.workdayWindows;
  return plain;
}

/** Answers ascending days with the hours that hold on them. */
function hoursByDay(hours: readonly WorkingHours[]): (day: string) => WorkingHours {
  let index = 0;
  return (day) => {
    while ((hours[index + 1]?.fromDay ?? "9999-99-99") <= day) index += 1;
    return hours[index] as WorkingHours;
  };
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

type Stretch = { startMs: number; endMs: number; dayNumber: number };

/** Every window of every day as a stretch of time, sorted and disjoint. */
function stretchesOf(
  spec: CalendarSpec,
  firstDay: number,
  endDay: number,
  instantOf: (dayNumber: number, minute: number) => number,
): Stretch[] {
  const hoursOn = hoursByDay(spec.hours);
  const specials = new Map(spec.days.map((day) => [day.day, day]));
  const toMs = instantOf(endDay, 0);
  const stretches: Stretch[] = [];
  for (let dayNumber = firstDay; dayNumber < endDay; dayNumber += 1) {
    const name = dayOf(dayNumber);
    const windows = windowsOf(hoursOn(name), dayNumber, specials.get(name));
    if (windows[0] === undefined) continue;
    // The next working day begins with its first window; what is left of the one before is cut.
    const beginsMs = instantOf(dayNumber, windows[0].startMinute);
    for (let last = stretches.at(-1); last !== undefined && last.endMs > beginsMs;) {
      last.endMs = beginsMs;
      if (last.startMs < beginsMs) break;
      stretches.pop();
      last = stretches.at(-1);
    }
    for (const { startMinute, endMinute } of windows) {
      const startMs = instantOf(dayNumber, startMinute);
      const endMs = Math.min(instantOf(dayNumber, endMinute), toMs);
      if (endMs > startMs) stretches.push({ startMs, endMs, dayNumber });
    }
  }
  return stretches;
}

/**
 * Compiles a county's calendar. A century takes tens of milliseconds, so compile once and keep it.
 * A night's windows end where those of the next working day begin; a window swallowed by a gap of
 * summer time disappears. Refuses with `calendar.invalid` and every faulty field.
 */
export function compileCalendar(spec: CalendarSpec): CompiledCalendar | Refused {
  const refused = checkCalendar(spec);
  if (refused !== null) return { refused };
  const firstDay = dayNumberOf(spec.fromDay) ?? 0;
  const endDay = dayNumberOf(spec.toDay) ?? 0;
  const instantOf = localClock(spec.timeZone, firstDay, endDay);
  const stretches = stretchesOf(spec, firstDay, endDay, instantOf);
  const workedBeforeMs = new Float64Array(stretches.length);
  const dayIndexes = new Int32Array(stretches.length);
  const dayFirstWindows: number[] = [];
  let workedMs = 0;
  let dayMs = Infinity;
  for (const [index, { startMs, endMs, dayNumber }] of stretches.entries()) {
    const isNewDay = dayNumber !== stretches[index - 1]?.dayNumber;
    // What a cut or a missing hour left of a night may be too short for a day: the next takes it in.
    if (isNewDay && dayMs >= MIN_WORKDAY_MINUTES * 60_000) {
      dayFirstWindows.push(index);
      dayMs = 0;
    }
    dayIndexes[index] = dayFirstWindows.length - 1;
    workedBeforeMs[index] = workedMs;
    workedMs += endMs - startMs;
    dayMs += endMs - startMs;
  }
  return {
    version: spec.version,
    timeZone: spec.timeZone,
    fromMs: instantOf(firstDay, 0),
    toMs: instantOf(endDay, 0),
    startsMs: Float64Array.from(stretches, (stretch) => stretch.startMs),
    endsMs: Float64Array.from(stretches, (stretch) => stretch.endMs),
    workedBeforeMs,
    dayIndexes,
    dayFirstWindows: Int32Array.from([...dayFirstWindows, stretches.length]),
    provisional: provisionalSpans(spec, firstDay, endDay, instantOf),
  };
}
