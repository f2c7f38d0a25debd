import type { Limit } from "@onegrid/contract";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { isRefused } from "../refused.ts";
import { compiled } from "./test/arbitrary-calendar.ts";
import { type CalendarSpec, DEFAULT_WINDOWS, fiveDayWeek } from "./calendar-spec.ts";
import { type Pause, dueAt, elapsed, isWorkingInstant, nextWorkingInstant } from "./deadline.ts";

/** The Spring Festival of 2026 as the State Council arranged it, around which the cases turn. */
const SPRING_FESTIVAL = [15, 16, 17, 18, 19, 20, 21, 22, 23].map((d) => ({
  day: `2026-02-${d}`,
  kind: "holiday" as const,
}));

const CHINA: CalendarSpec = {
  version: 3,
  timeZone: "Asia/Shanghai",
  hours: [
    {
      fromDay: "2025-01-01",
      week: fiveDayWeek(DEFAULT_WINDOWS),
      workdayWindows: DEFAULT_WINDOWS,
    },
  ],
  days: [
    ...SPRING_FESTIVAL,
    { day: "2026-02-14", kind: "makeup_workday" },
    { day: "2026-02-28", kind: "makeup_workday" },
  ],
  confirmedYears: [2025, 2026],
  fromDay: "2025-01-01",
  toDay: "2028-01-01",
};
const NIGHT = [{ startMinute: 22 * 60, endMinute: 30 * 60 }];
const NIGHTS: CalendarSpec = {
  ...CHINA,
  timeZone: "America/New_York",
  hours: [{ fromDay: "2025-01-01", week: fiveDayWeek(NIGHT), workdayWindows: NIGHT }],
  days: [],
};

const atIn = (timeZone: string) => (local: string) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds;
const at = atIn("Asia/Shanghai");
const newYork = atIn("America/New_York");
const china = compiled(CHINA);
const nights = compiled(NIGHTS);

const hours = (amount: number): Limit => ({ amount, unit: "working_hour" });
const days = (amount: number): Limit => ({ amount, unit: "working_day" });

function due(start: string, limit: Limit, pauses: readonly Pause[] = []): string | null {
  const deadline = dueAt(china, at(start), limit, pauses);
  if (isRefused(deadline)) return deadline.refused.code;
  if (deadline.dueAtMs === null) return null;
  return Temporal.Instant.fromEpochMilliseconds(deadline.dueAtMs)
    .toZonedDateTimeISO("Asia/Shanghai")
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
}

describe("working hours", () => {
  it("run through lunch, the night and the weekend only in the windows", () => {
    expect(due("2026-03-02T11:00", hours(2))).toBe("2026-03-02T15:00");
    expect(due("2026-03-06T17:00", hours(2))).toBe("2026-03-09T10:00");
  });

  it("count from the next window when they start outside one", () => {
    expect(due("2026-03-02T03:00", hours(1))).toBe("2026-03-02T10:00");
    expect(due("2026-03-07T12:00", hours(1))).toBe("2026-03-09T10:00");
  });

  it("are due at a window's end rather than at the next beginning", () => {
    expect(due("2026-03-02T09:00", hours(3))).toBe("2026-03-02T12:00");
    expect(due("2026-03-02T09:00", hours(7))).toBe("2026-03-02T18:00");
    expect(elapsed(china, at("2026-03-02T09:00"), at("2026-03-03T09:00"), "working_hour")).toBe(7);
  });

  it("count a make-up Saturday and skip the Spring Festival", () => {
    // Friday 13 February, 17:00; Saturday 14 is worked; the holiday ends on Monday 23.
    expect(due("2026-02-13T17:00", hours(8))).toBe("2026-02-14T18:00");
    expect(due("2026-02-14T17:00", hours(2))).toBe("2026-02-24T10:00");
    expect(isWorkingInstant(china, at("2026-02-28T10:00"))).toBe(true);
    expect(isWorkingInstant(china, at("2026-03-07T10:00"))).toBe(false);
  });
});

describe("working days", () => {
  it("end at the same time of day so many working days later", () => {
    expect(due("2026-03-02T10:30", days(1))).toBe("2026-03-03T10:30");
    expect(due("2026-03-06T10:30", days(3))).toBe("2026-03-11T10:30");
    expect(due("2026-02-13T10:30", days(2))).toBe("2026-02-24T10:30");
  });

  it("started outside hours end with the last of the whole days", () => {
    expect(due("2026-03-06T20:00", days(1))).toBe("2026-03-09T18:00");
    expect(due("2026-03-06T18:00", days(1))).toBe("2026-03-09T18:00");
    expect(due("2026-03-09T09:00", days(1))).toBe("2026-03-09T18:00");
  });

  it("count a short day as one whole day", () => {
    const halfDay = compiled({
      ...CHINA,
      days: [
        { day: "2026-03-03", kind: "workday", windows: [{ startMinute: 540, endMinute: 720 }] },
      ],
    });
    const deadline = dueAt(halfDay, at("2026-03-02T09:00"), days(2));
    expect(deadline).toEqual({ dueAtMs: at("2026-03-03T12:00"), provisional: false });
    // Half of Monday's seven hours into Monday is half of Tuesday's three hours into Tuesday.
    expect(dueAt(halfDay, at("2026-03-02T14:30"), days(1))).toEqual({
      dueAtMs: at("2026-03-03T10:30"),
      provisional: false,
    });
  });
});

describe("urgent units", () => {
  it("run by the natural clock, at night and on holidays", () => {
    expect(due("2026-02-16T23:00", { amount: 2, unit: "urgent_hour" })).toBe("2026-02-17T01:00");
    expect(due("2026-02-14T17:00", { amount: 2, unit: "urgent_day" })).toBe("2026-02-16T17:00");
  });

  it("need no calendar, so a year without notice is not provisional", () => {
    const start = at("2031-01-01T00:00");
    expect(dueAt(china, start, { amount: 1, unit: "urgent_hour" })).toEqual({
      dueAtMs: start + 3_600_000,
      provisional: false,
    });
  });
});

describe("windows across midnight and summer time", () => {
  const dueIn = (start: string, limit: Limit) => {
    const deadline = dueAt(nights, newYork(start), limit);
    return isRefused(deadline) ? deadline : deadline.dueAtMs;
  };

  it("belong to the day on which they begin", () => {
    // Friday's shift runs to Saturday 06:00; the next begins on Monday evening.
    expect(dueIn("2026-01-09T22:00", days(1))).toBe(newYork("2026-01-10T06:00"));
    expect(dueIn("2026-01-10T05:00", hours(2))).toBe(newYork("2026-01-12T23:00"));
  });

  it("are an hour shorter or longer where the clocks change, and one day all the same", () => {
    const night = compiled({
      ...NIGHTS,
      days: [
        { day: "2026-03-07", kind: "makeup_workday" },
        { day: "2026-10-31", kind: "makeup_workday" },
      ],
    });
    const of = (from: string, to: string) =>
      elapsed(night, newYork(from), newYork(to), "working_hour");
    expect(of("2026-03-07T22:00", "2026-03-08T06:00")).toBe(7);
    expect(of("2026-10-31T22:00", "2026-11-01T06:00")).toBe(9);
    const inDays = elapsed(
      night,
      newYork("2026-03-07T22:00"),
      newYork("2026-03-08T06:00"),
      "working_day",
    );
    expect(inDays).toBe(1);
  });
});

describe("a window that touches the hour that is missing", () => {
  it("ends with the change, and one inside it is no window", () => {
    const windows = [
      { startMinute: 60, endMinute: 135 },
      { startMinute: 150, endMinute: 170 },
      { startMinute: 180, endMinute: 240 },
    ];
    const early = compiled({
      ...NIGHTS,
      hours: [{ fromDay: "2025-01-01", week: fiveDayWeek(windows), workdayWindows: windows }],
      days: [{ day: "2026-03-08", kind: "makeup_workday" }],
    });
    const midnight = newYork("2026-03-08T00:00");
    expect(elapsed(early, midnight, newYork("2026-03-08T12:00"), "working_hour")).toBe(2);
  });
});

describe("pauses", () => {
  it("stop the clock and may stand open", () => {
    const pause = { fromMs: at("2026-03-02T11:00"), toMs: at("2026-03-04T11:00") };
    expect(due("2026-03-02T10:00", days(1), [pause])).toBe("2026-03-05T10:00");
    expect(due("2026-03-02T10:00", days(1), [{ ...pause, toMs: null }])).toBeNull();
  });

  it("that begin after the limit has run out change nothing", () => {
    const pause = { fromMs: at("2026-03-03T10:00"), toMs: null };
    expect(due("2026-03-02T10:00", days(1), [pause])).toBe("2026-03-03T10:00");
  });

  it("that overlap or lie before the start count once or not at all", () => {
    const pauses = [
      { fromMs: at("2026-03-02T14:00"), toMs: at("2026-03-02T16:00") },
      { fromMs: at("2026-03-02T15:00"), toMs: at("2026-03-02T17:00") },
      { fromMs: at("2026-02-24T09:00"), toMs: at("2026-02-25T09:00") },
    ];
    expect(due("2026-03-02T14:00", hours(1), pauses)).toBe("2026-03-02T18:00");
  });
});

describe("the edge of what is known", () => {
  it("is a provisional deadline where the holidays are not announced", () => {
    const deadline = dueAt(china, at("2026-12-30T10:00"), days(5));
    expect(deadline).toMatchObject({ provisional: true });
    expect(dueAt(china, at("2026-12-21T10:00"), days(5))).toMatchObject({ provisional: false });
  });

  it("is a refusal where the calendar ends, never a date", () => {
    expect(due("2027-12-30T10:00", days(5))).toBe("calendar.out_of_range");
    expect(due("2024-12-30T10:00", days(5))).toBe("calendar.out_of_range");
    expect(nextWorkingInstant(china, at("2027-12-31T19:00"))).toBeNull();
  });
});
