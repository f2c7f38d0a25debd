import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { compiled } from "../calendar/test/arbitrary-calendar.ts";
import { DEFAULT_WINDOWS, fiveDayWeek } from "../calendar/calendar-spec.ts";
import { isRefused } from "../refused.ts";
import { checkClockEvent } from "./check-clock-event.ts";
import type { ClockEvent } from "./clock-events.ts";
import { DEFAULT_CLOCK_RULES as RULES } from "./clock-rules.ts";
import { type Clock, foldClock, foldClocks } from "./fold-clock.ts";
import { lightAt } from "./light.ts";
import { milestones } from "./milestones.ts";
import { readClock } from "./read-clock.ts";

const calendar = compiled({
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
});
const at = (local: string) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").epochMilliseconds;

const key = { clockKey: "case" };
/** Three working days from Monday 2 March, 09:00. */
const START: ClockEvent = {
  ...key,
  kind: "start",
  atMs: at("2026-03-02T09:00"),
  limit: { amount: 3, unit: "working_day" },
};
const pause = (from: string, until: string | null): ClockEvent => ({
  ...key,
  kind: "pause",
  atMs: at(from),
  resumesAtMs: until === null ? null : at(until),
});
const event = (kind: "resume" | "extend" | "stop", local: string): ClockEvent => ({
  ...key,
  kind,
  atMs: at(local),
});

function clockOf(...events: ClockEvent[]): Clock {
  const clock = foldClock([START, ...events]);
  if (clock === null || isRefused(clock)) throw new Error("the log was refused");
  return clock;
}
function read(clock: Clock, local: string) {
  const reading = readClock(clock, calendar, RULES, at(local));
  if (isRefused(reading)) throw new Error(reading.refused.detail);
  return reading;
}

describe("readClock", () => {
  it("tells deadline, elapsed and remaining time and turns amber, then red", () => {
    const clock = clockOf();
    expect(read(clock, "2026-03-03T12:00")).toMatchObject({
      dueAtMs: at("2026-03-04T18:00"),
      elapsedMinutes: 600,
      remainingMinutes: 660,
      verdict: "pending",
      light: { colour: "green", name: "in_time" },
    });
    expect(read(clock, "2026-03-04T12:00").light).toEqual({ colour: "amber", name: "due_soon" });
    expect(read(clock, "2026-03-05T10:00")).toMatchObject({
      remainingMinutes: -60,
      verdict: "overdue",
      light: { colour: "red", name: "overdue" },
    });
  });

  it("judges by the wall: half past the deadline is late even though nobody worked", () => {
    const late = read(clockOf(event("stop", "2026-03-04T18:30")), "2026-03-09T09:00");
    expect(late).toMatchObject({ verdict: "overdue", elapsedAmount: 3 });
    expect(late.remainingMinutes).toBe(0);
    const kept = read(clockOf(event("stop", "2026-03-04T18:00")), "2026-03-09T09:00");
    expect(kept).toMatchObject({ verdict: "on_time", light: { colour: "green" } });
  });

  it("stands still while suspended and goes on by itself at the planned end", () => {
    const open = clockOf(pause("2026-03-03T09:00", null));
    expect(read(open, "2026-05-01T09:00")).toMatchObject({
      dueAtMs: null,
      elapsedAmount: 1,
      remainingMinutes: 840,
      verdict: "pending",
    });
    const planned = clockOf(pause("2026-03-03T09:00", "2026-03-10T09:00"));
    expect(read(planned, "2026-03-04T09:00")).toMatchObject({
      dueAtMs: at("2026-03-11T18:00"),
      elapsedAmount: 1,
    });
    expect(read(planned, "2026-03-12T09:00").verdict).toBe("overdue");
  });

  it("does not count the time under verification when the work comes back", () => {
    const clock = clockOf(event("stop", "2026-03-03T18:00"), event("resume", "2026-03-09T09:00"));
    expect(read(clock, "2026-03-09T12:00")).toMatchObject({
      dueAtMs: at("2026-03-09T18:00"),
      verdict: "pending",
    });
  });

  it("adds one original limit to the current deadline", () => {
    const clock = clockOf(event("extend", "2026-03-04T17:00"));
    expect(read(clock, "2026-03-04T17:00").dueAtMs).toBe(at("2026-03-09T18:00"));
  });
});

describe("checkClockEvent", () => {
  const code = (clock: Clock | null, e: ClockEvent) =>
    checkClockEvent(clock, e, calendar, RULES)?.code ?? null;

  it("grants an extension before the deadline only, and twice at most", () => {
    const one = event("extend", "2026-03-03T09:00");
    expect(code(clockOf(), one)).toBeNull();
    expect(code(clockOf(), event("extend", "2026-03-04T18:00"))).toBeNull();
    expect(code(clockOf(), event("extend", "2026-03-05T09:00"))).toBe("clocks.extend_after_due");
    expect(code(clockOf(one, one), one)).toBe("clocks.extensions_used_up");
  });

  it("grants one suspension with an end within a year", () => {
    const good = pause("2026-03-03T09:00", "2026-04-03T09:00");
    expect(code(clockOf(), good)).toBeNull();
    expect(code(clockOf(), pause("2026-03-03T09:00", null))).toBe("clocks.pause_needs_end");
    expect(code(clockOf(), pause("2026-03-03T09:00", "2026-03-03T09:00"))).toBe(
      "clocks.pause_ends_before_start",
    );
    expect(code(clockOf(), pause("2026-03-03T09:00", "2027-06-03T09:00"))).toBe(
      "clocks.pause_too_long",
    );
    const again = clockOf(good, event("resume", "2026-03-05T09:00"));
    expect(code(again, pause("2026-03-06T09:00", "2026-03-07T09:00"))).toBe(
      "clocks.pauses_used_up",
    );
  });

  it("refuses what the state does not allow", () => {
    expect(code(null, event("stop", "2026-03-03T09:00"))).toBe("clocks.event_not_allowed");
    expect(code(clockOf(), START)).toBe("clocks.event_not_allowed");
    expect(foldClock([START, event("resume", "2026-03-03T09:00")])).toMatchObject({
      refused: { params: { index: 1, state: "running", kind: "resume" } },
    });
  });
});

describe("foldClocks", () => {
  it("keeps the clocks of a case and of its stages apart", () => {
    const stage: ClockEvent = {
      ...START,
      clockKey: "handle:1",
      limit: { amount: 4, unit: "working_hour" },
    };
    const clocks = foldClocks([
      START,
      stage,
      { ...event("stop", "2026-03-02T11:00"), clockKey: "handle:1" },
    ]);
    if (isRefused(clocks)) throw new Error("refused");
    expect([...clocks].map(([k, c]) => [k, c.state])).toEqual([
      ["case", "running"],
      ["handle:1", "stopped"],
    ]);
  });
});

describe("milestones", () => {
  const marks = (clock: Clock) => {
    const found = milestones(clock, calendar, RULES);
    if (isRefused(found)) throw new Error(found.refused.detail);
    return found;
  };

  it("stand at 75 %, 100 % and half a limit too late, on the working line", () => {
    expect(marks(clockOf()).map((m) => [m.key, m.fireAtMs])).toEqual([
      ["amber", at("2026-03-04T10:45")],
      ["due", at("2026-03-04T18:00")],
      ["overdue_half", at("2026-03-06T14:30")],
    ]);
  });

  it("of an urgent limit do not wait for the morning", () => {
    const urgent = foldClock([
      {
        ...key,
        kind: "start",
        atMs: at("2026-03-02T22:00"),
        limit: { amount: 2, unit: "urgent_hour" },
      },
    ]);
    if (urgent === null || isRefused(urgent)) throw new Error("refused");
    expect(marks(urgent).map((m) => m.fireAtMs)).toEqual([
      at("2026-03-02T23:30"),
      at("2026-03-03T00:00"),
      at("2026-03-03T01:00"),
    ]);
  });

  it("behind an open pause or a stop are not announced", () => {
    expect(marks(clockOf(pause("2026-03-03T09:00", null)))).toEqual([]);
    expect(marks(clockOf(event("stop", "2026-03-04T12:00"))).map((m) => m.key)).toEqual(["amber"]);
  });
});

describe("lightAt", () => {
  it("needs nothing but the stored instants", () => {
    const row = { amberAtMs: 100, dueAtMs: 200 };
    expect([50, 100, 200, 201].map((now) => lightAt(now, row).colour)).toEqual([
      "green",
      "amber",
      "amber",
      "red",
    ]);
    expect(lightAt(1e15, { amberAtMs: null, dueAtMs: null }).name).toBe("in_time");
  });
});
