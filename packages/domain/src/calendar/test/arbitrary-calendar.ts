import { LIMIT_UNITS, type Limit } from "@onegrid/contract";
import fc from "fast-check";
import { isRefused } from "../../refused.ts";
import {
  type CalendarSpec,
  fiveDayWeek,
  type SpecialDay,
  type WorkingWindow,
} from "../calendar-spec.ts";
import { type CompiledCalendar, compileCalendar } from "../compile-calendar.ts";
import { dayNumberOf, dayOf } from "../local-day.ts";

/** Generators for property tests: calendars as strange as a county may make them. */

export const FROM_DAY = "2026-01-01";
export const TO_DAY = "2027-12-31";
/** Zones with and without summer time, on both sides of Greenwich, one with half-hour offsets. */
export const ZONES = [
  "Asia/Shanghai",
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
] as const;

/** A day's windows: one to three, the last of which may run past midnight. */
export const arbitraryWindows: fc.Arbitrary<WorkingWindow[]> = fc
  .record({
    start: fc.integer({ min: 0, max: 1439 }),
    lengths: fc.array(
      fc.tuple(fc.integer({ min: 30, max: 400 }), fc.integer({ min: 0, max: 150 })),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  })
  .map(({ start, lengths }) => {
    const windows: WorkingWindow[] = [];
    let at = start;
    for (const [length, gap] of lengths) {
      const endMinute = Math.min(at + length, start + 1440);
      if (endMinute > at) windows.push({ startMinute: at, endMinute });
      at = endMinute + gap;
    }
    return windows;
  });

const arbitrarySpecialDays: fc.Arbitrary<SpecialDay[]> = fc.uniqueArray(
  fc.record(
    {
      day: fc
        .integer({ min: dayNumberOf(FROM_DAY) ?? 0, max: (dayNumberOf(TO_DAY) ?? 0) - 1 })
        .map(dayOf),
      kind: fc.constantFrom("workday", "holiday", "makeup_workday"),
      windows: arbitraryWindows,
    },
    { requiredKeys: ["day", "kind"] },
  ),
  { selector: (special) => special.day, maxLength: 40 },
);

/** A calendar of two years; some weekdays rest, at least one works. */
export const arbitrarySpec: fc.Arbitrary<CalendarSpec> = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    plain: arbitraryWindows,
    saturday: fc.option(arbitraryWindows, { nil: [] }),
    workdayWindows: arbitraryWindows,
    days: arbitrarySpecialDays,
    changeDay: fc.constantFrom("2026-05-01", "2026-06-15", "2026-10-01"),
    confirmedYears: fc.subarray([2026, 2027]),
  })
  .map(({ plain, saturday, timeZone, workdayWindows, days, confirmedYears, changeDay }) => ({
    version: 1,
    timeZone,
    hours: [
      {
        fromDay: FROM_DAY,
        week: { 1: plain, 2: plain, 3: plain, 4: plain, 5: plain, 6: saturday, 7: [] },
        workdayWindows,
      },
      { fromDay: changeDay, week: fiveDayWeek(workdayWindows), workdayWindows: plain },
    ],
    days,
    confirmedYears,
    fromDay: FROM_DAY,
    toDay: TO_DAY,
  }));

/** Compiles, or fails the test. */
export function compiled(spec: CalendarSpec): CompiledCalendar {
  const calendar = compileCalendar(spec);
  if (isRefused(calendar)) throw new Error(JSON.stringify(calendar.refused));
  return calendar;
}

/** An instant of the year 2026, to the millisecond, with whole minutes more likely than chance. */
export const arbitraryInstant: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 0, 2), max: Date.UTC(2026, 11, 31) }),
  fc
    .integer({ min: Date.UTC(2026, 0, 2) / 60_000, max: Date.UTC(2026, 11, 31) / 60_000 })
    .map((minute) => minute * 60_000),
);

/** A limit as catalogues have them, and others down to a millionth of a unit. */
export const arbitraryLimit: fc.Arbitrary<Limit> = fc.record({
  amount: fc.oneof(
    fc.constantFrom(0.5, 1, 2, 3, 5, 7, 10, 15, 20),
    fc.integer({ min: 1, max: 30_000_000 }).map((millionths) => millionths / 1e6),
  ),
  unit: fc.constantFrom(...LIMIT_UNITS),
});
