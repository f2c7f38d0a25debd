import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { isRefused } from "../refused.ts";
import { arbitrarySpec, compiled } from "./test/arbitrary-calendar.ts";
import {
  type CalendarSpec,
  DEFAULT_WINDOWS,
  fiveDayWeek,
  type WorkingHours,
} from "./calendar-spec.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { dayNumberOf, dayOf, localDayOf, weekdayOf } from "./local-day.ts";
import { clockMinutes } from "./measure.ts";

// Thousands of random cases take seconds on a busy machine, and a slow one is no failure.
vi.setConfig({ testTimeout: 120_000 });

const PLAIN: CalendarSpec = {
  version: 1,
  timeZone: "Asia/Shanghai",
  hours: [
    {
      fromDay: "2026-01-01",
      week: fiveDayWeek(DEFAULT_WINDOWS),
      workdayWindows: DEFAULT_WINDOWS,
    },
  ],
  days: [],
  confirmedYears: [2026],
  fromDay: "2026-01-01",
  toDay: "2027-01-01",
};

/** Working minutes by looking at the wall clock every minute, in the slow and obvious way. */
function minutesByLooking(spec: CalendarSpec, fromMs: number, minutes: number): number {
  const wall = new Intl.DateTimeFormat("en-CA", {
    timeZone: spec.timeZone,
    dateStyle: "short",
    timeStyle: "short",
    hourCycle: "h23",
  });
  const windowsOn = (day: string) => {
    const special = spec.days.find((d) => d.day === day);
    const hours = spec.hours.findLast((h) => h.fromDay <= day) ?? (spec.hours[0] as WorkingHours);
    const plain = hours.week[weekdayOf(dayNumberOf(day) ?? 0)];
    if (special?.kind === "holiday") return [];
    if (special === undefined) return plain;
    if (special.windows !== undefined) return special.windows;
    return special.kind === "workday" && plain.length > 0 ? plain : hours.workdayWindows;
  };
  let count = 0;
  for (let i = 0; i < minutes; i += 1) {
    const [day, time] = wall.format(fromMs + i * 60_000).split(", ") as [string, string];
    const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const yesterday = dayOf((dayNumberOf(day) ?? 0) - 1);
    const inside = (of: string, at: number) =>
      windowsOn(of).some((w) => w.startMinute <= at && at < w.endMinute);
    // Yesterday's night is over when today's work begins.
    const isNight = minute < (windowsOn(day)[0]?.startMinute ?? 1440);
    if (inside(day, minute) || (isNight && inside(yesterday, minute + 1440))) count += 1;
  }
  return count;
}

describe("compileCalendar", () => {
  it("counts the same minutes as a look at the wall clock every minute", () => {
    // June has no change of summer time in any of the zones, where a wall clock is ambiguous.
    const start = fc
      .integer({ min: 0, max: 20 * 1440 })
      .map((m) => Date.UTC(2026, 5, 2) + m * 60_000);
    fc.assert(
      fc.property(arbitrarySpec, start, (spec, fromMs) => {
        const minutes = 2 * 1440;
        const counted = clockMinutes(
          compiled(spec),
          "working_hour",
          fromMs,
          fromMs + minutes * 60_000,
        );
        expect(counted).toBe(minutesByLooking(spec, fromMs, minutes));
      }),
      { numRuns: 40 },
    );
  });

  it("keeps windows sorted and disjoint and its sums true", () => {
    fc.assert(
      fc.property(arbitrarySpec, (spec) => {
        const { startsMs, endsMs, workedBeforeMs, dayFirstWindows } = compiled(spec);
        let worked = 0;
        for (let i = 0; i < startsMs.length; i += 1) {
          expect(startsMs[i]).toBeLessThan(endsMs[i] as number);
          expect(endsMs[i - 1] ?? 0).toBeLessThanOrEqual(startsMs[i] as number);
          expect(workedBeforeMs[i]).toBe(worked);
          worked += (endsMs[i] as number) - (startsMs[i] as number);
        }
        expect(dayFirstWindows.at(-1)).toBe(startsMs.length);
      }),
      { numRuns: 50 },
    );
  });

  it("joins the years without notice into spans", () => {
    const spec = { ...PLAIN, fromDay: "2024-06-01", toDay: "2029-01-01", confirmedYears: [2026] };
    const local = compiled(spec).provisional.map((s) => [
      localDayOf(s.fromMs, spec.timeZone),
      localDayOf(s.toMs, spec.timeZone),
    ]);
    expect(local).toEqual([
      ["2024-06-01", "2026-01-01"],
      ["2027-01-01", "2029-01-01"],
    ]);
  });

  it("names every fault by its field and compiles nothing", () => {
    const answer = compileCalendar({
      ...PLAIN,
      timeZone: "Asia/Dianjiang",
      hours: [
        {
          fromDay: "2026-01-01",
          workdayWindows: [],
          week: fiveDayWeek([
            { startMinute: 540, endMinute: 720 },
            { startMinute: 700, endMinute: 800 },
          ]),
        },
      ],
      days: [
        { day: "2026-02-30", kind: "holiday" },
        { day: "2026-05-01", kind: "holiday" },
        { day: "2026-05-01", kind: "workday", windows: [{ startMinute: 60, endMinute: 65 }] },
      ],
      toDay: "2026-01-01",
    });
    if (!isRefused(answer)) throw new Error("compiled");
    expect(answer.refused.code).toBe("calendar.invalid");
    expect(answer.refused.fields?.map((f) => f.field)).toEqual([
      "/timeZone",
      ...[1, 2, 3, 4, 5].map((weekday) => `/hours/0/week/${weekday}/1`),
      "/hours/0/workdayWindows",
      "/days/0/day",
      "/days/2/day",
      "/days/2/windows/0",
      "/toDay",
    ]);
  });
});
