import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { dueAt } from "../calendar/deadline.ts";
import { foldClocks } from "../clocks/fold-clock.ts";
import { readClock } from "../clocks/read-clock.ts";
import { isRefused, type Refused } from "../refused.ts";
import { caseMilestones, clockEventsOf, clocksOf, DEFAULT_CASE_RULES, isEnded } from "./index.ts";
import { arbitraryLife, CALENDAR, live } from "./test/arbitrary-case.ts";

vi.setConfig({ testTimeout: 120_000 });

const RUNS = { numRuns: 2_000 };
const RULES = DEFAULT_CASE_RULES;

/** A value that a rule has, or the test fails by name. */
const value = <T>(answer: T | Refused): T => {
  if (isRefused(answer)) throw new Error(JSON.stringify(answer));
  return answer;
};

describe("the clocks of any life of a case", () => {
  test("are a legal log of clock events, and fold to the same clocks", () => {
    fc.assert(
      fc.property(arbitraryLife, (life) => {
        const log = live(life).at(-1)?.log ?? [];
        expect(value(foldClocks(clockEventsOf(log)))).toEqual(clocksOf(log));
      }),
      RUNS,
    );
  });

  test("have the deadline and the amber that the row has, and no negative time", () => {
    let read = 0;
    fc.assert(
      fc.property(arbitraryLife, (life) => {
        for (const { log, after, at } of live(life)) {
          for (const [key, clock] of clocksOf(log)) {
            const reading = value(readClock(clock, CALENDAR, RULES, at.getTime()));
            expect(reading.elapsedAmount).toBeGreaterThanOrEqual(0);
            expect(reading.elapsedMinutes).toBeGreaterThanOrEqual(0);
            read += 1;
            if (key !== "case") continue;
            expect(reading.dueAtMs).toBe(after.dueAt?.getTime());
            const amber = { ...reading.limit, amount: reading.limit.amount * RULES.amberRatio };
            const amberAt = value(dueAt(CALENDAR, clock.startedAtMs, amber, clock.pauses));
            expect(amberAt.dueAtMs).toBe(after.amberAt?.getTime());
          }
        }
      }),
      RUNS,
    );
    expect(read).toBeGreaterThan(RUNS.numRuns);
  });

  test("run while work is due, stop with the case, and one turn at a time", () => {
    fc.assert(
      fc.property(arbitraryLife, (life) => {
        const last = live(life).at(-1);
        if (last === undefined) return;
        const clocks = clocksOf(last.log);
        const open = [...clocks].filter(([, { state }]) => state !== "stopped");
        expect(isEnded(last.after.state) ? open : []).toEqual([]);
        const works = ["dispatched", "signed", "handled", "filed"].includes(last.after.state);
        expect(open.some(([key]) => key === "case")).toBe(works);
        for (const stage of ["sign:", "hold:"]) {
          expect(open.filter(([key]) => key.startsWith(stage)).length).toBeLessThanOrEqual(1);
        }
      }),
      RUNS,
    );
  });

  test("have milestones in order, none behind, none of a stopped clock", () => {
    let seen = 0;
    fc.assert(
      fc.property(arbitraryLife, (life) => {
        const last = live(life).at(-1);
        if (last === undefined) return;
        const clocks = clocksOf(last.log);
        const marks = caseMilestones(clocks, RULES, CALENDAR);
        seen += marks.length;
        expect(marks.every(({ clockKey }) => clocks.get(clockKey)?.state !== "stopped")).toBe(true);
        expect(marks.every(({ fireAt, reachedAt }) => fireAt >= reachedAt)).toBe(true);
        const times = marks.map(({ fireAt }) => fireAt.getTime());
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const due = marks.find(({ clockKey, key }) => clockKey === "case" && key === "due");
        expect(due?.reachedAt ?? last.after.dueAt).toEqual(last.after.dueAt);
        const ids = marks.map((m) => `${m.clockKey} ${m.key} ${m.round}`);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      RUNS,
    );
    expect(seen).toBeGreaterThan(RUNS.numRuns);
  });
});
