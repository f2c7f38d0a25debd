import type { Limit } from "@onegrid/contract";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  arbitraryInstant,
  arbitraryLimit,
  arbitrarySpec,
  compiled,
} from "../calendar/test/arbitrary-calendar.ts";
import type { CompiledCalendar } from "../calendar/compile-calendar.ts";
import { isWorkingInstant } from "../calendar/deadline.ts";
import { isRefused } from "../refused.ts";
import { checkClockEvent } from "./check-clock-event.ts";
import { CLOCK_EDGES, CLOCK_EVENT_KINDS, type ClockEvent } from "./clock-events.ts";
import { DEFAULT_CLOCK_RULES } from "./clock-rules.ts";
import { type Clock, applyClockEvent, foldClock } from "./fold-clock.ts";
import { milestones } from "./milestones.ts";
import { type ClockReading, readClock } from "./read-clock.ts";

// Thousands of random cases take seconds on a busy machine, and a slow one is no failure.
vi.setConfig({ testTimeout: 120_000 });

const RULES = { ...DEFAULT_CLOCK_RULES, maxPauses: 3 };
/** 100 calendars with 25 sequences each. */
const RUNS = { numRuns: 100 };
const SEQUENCES = 25;
const HOUR = 3_600_000;

/** Steps as they may come: any kind at any time, now and then with a clock set back. */
const arbitraryStep = fc.record({
  kind: fc.constantFrom(...CLOCK_EVENT_KINDS),
  gapMs: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 100 * HOUR }) },
    { weight: 1, arbitrary: fc.integer({ min: -5 * HOUR, max: 0 }) },
  ),
  pauseMs: fc.option(fc.integer({ min: 1, max: 400 * HOUR }), { nil: null }),
});
const arbitrarySequence = fc.record({
  startMs: arbitraryInstant,
  limit: arbitraryLimit,
  steps: fc.array(arbitraryStep, { maxLength: 12 }),
});
type Sequence = typeof arbitrarySequence extends fc.Arbitrary<infer T> ? T : never;

function eventsOf({ startMs, limit, steps }: Sequence): ClockEvent[] {
  const events: ClockEvent[] = [{ clockKey: "case", kind: "start", atMs: startMs, limit }];
  let atMs = startMs;
  for (const { kind, gapMs, pauseMs } of steps) {
    atMs += gapMs;
    const base = { clockKey: "case", atMs };
    if (kind === "start") events.push({ ...base, kind, limit });
    else if (kind === "pause") {
      events.push({ ...base, kind, resumesAtMs: pauseMs === null ? null : atMs + pauseMs });
    } else events.push({ ...base, kind });
  }
  return events;
}

/** Laws of a single reading, by name. Empty when all are kept. */
function brokenLaws(clock: Clock, reading: ClockReading, limit: Limit): string[] {
  const { elapsedMinutes, remainingMinutes, elapsedAmount, verdict } = reading;
  const inHours = limit.unit === "working_hour" || limit.unit === "urgent_hour";
  const whole = (elapsedMinutes + remainingMinutes) / 60;
  const kept: Record<string, boolean> = {
    "no negative minutes": elapsedMinutes >= 0,
    "no negative amount": elapsedAmount >= 0,
    "red means overdue": (reading.light.colour === "red") === (verdict === "overdue"),
    "one limit an extension": reading.limit.amount === limit.amount * (1 + clock.extensions),
    "nothing left once overdue": verdict === "overdue" ? remainingMinutes <= 0 : true,
    "something left until then": verdict === "overdue" || remainingMinutes >= 0,
    "no more used than there is": verdict === "overdue" || elapsedAmount <= reading.limit.amount,
    "used and left make the whole":
      verdict === "overdue" || !inHours || Math.abs(whole - reading.limit.amount) < 1e-5,
  };
  return Object.keys(kept).filter((law) => kept[law] === false);
}

/** Laws of the milestones. Where the calendar ends there are none to judge. */
function brokenMilestones(
  clock: Clock,
  reading: ClockReading,
  calendar: CompiledCalendar,
): string[] {
  const marks = milestones(clock, calendar, RULES);
  if (isRefused(marks)) return [];
  const urgent = reading.limit.unit.startsWith("urgent");
  return marks.flatMap((mark, i) => {
    const kept: Record<string, boolean> = {
      "told after it is reached": mark.fireAtMs >= mark.reachedAtMs,
      "in the order of shares": i === 0 || mark.ratio > (marks[i - 1]?.ratio ?? 0),
      "told at work, or at once": urgent
        ? mark.fireAtMs === mark.reachedAtMs
        : isWorkingInstant(calendar, mark.fireAtMs),
      "due means the deadline": mark.key !== "due" || mark.reachedAtMs === reading.dueAtMs,
    };
    return Object.keys(kept).filter((law) => kept[law] === false);
  });
}

/** Laws between a reading and the one before it. */
function brokenSince(before: ClockReading | null, reading: ClockReading): string[] {
  if (before === null) return [];
  const kept: Record<string, boolean> = {
    "time never runs back": reading.elapsedAmount >= before.elapsedAmount,
    "missed stays missed": before.verdict !== "overdue" || reading.verdict === "overdue",
  };
  return Object.keys(kept).filter((law) => kept[law] === false);
}

describe("a clock under any sequence of events", () => {
  it("keeps its laws: fold = row, no illegal state, no negative time, missed stays missed", () => {
    let applied = 0;
    const sequences = fc.array(arbitrarySequence, { minLength: SEQUENCES, maxLength: SEQUENCES });
    fc.assert(
      fc.property(arbitrarySpec.map(compiled), sequences, (calendar, all) => {
        for (const sequence of all) {
          let clock: Clock | null = null;
          let before: ClockReading | null = null;
          const log: ClockEvent[] = [];
          for (const event of eventsOf(sequence)) {
            const state: keyof typeof CLOCK_EDGES = clock === null ? "none" : clock.state;
            const next = applyClockEvent(clock, event);
            expect(isRefused(next)).toBe(CLOCK_EDGES[state][event.kind] === undefined);
            if (isRefused(next) || checkClockEvent(clock, event, calendar, RULES) !== null)
              continue;
            expect(next.state).toBe(CLOCK_EDGES[state][event.kind]);
            log.push(event);
            clock = next;
            applied += 1;
            const reading = readClock(clock, calendar, RULES, clock.lastEventAtMs);
            if (isRefused(reading)) break;
            expect([
              ...brokenLaws(clock, reading, sequence.limit),
              ...brokenMilestones(clock, reading, calendar),
              ...brokenSince(before, reading),
            ]).toEqual([]);
            before = reading;
          }
          expect(foldClock(log)).toEqual(clock);
        }
      }),
      RUNS,
    );
    expect(applied).toBeGreaterThan(2 * RUNS.numRuns * SEQUENCES);
  });

  it("reads the same whether the log is folded at once or a pause is written by the job late", () => {
    fc.assert(
      fc.property(
        arbitrarySpec.map(compiled),
        arbitrarySequence,
        fc.integer({ min: 1, max: 200 * HOUR }),
        fc.nat({ max: 50 * HOUR }),
        (calendar, { startMs, limit }, pauseMs, lateMs) => {
          const resumesAtMs = startMs + HOUR + pauseMs;
          const paused: ClockEvent[] = [
            { clockKey: "case", kind: "start", atMs: startMs, limit },
            { clockKey: "case", kind: "pause", atMs: startMs + HOUR, resumesAtMs },
          ];
          const late = { clockKey: "case", kind: "resume", atMs: resumesAtMs + lateMs } as const;
          const open = foldClock(paused);
          const resumed = foldClock([...paused, late]);
          if (isRefused(open) || isRefused(resumed) || open === null || resumed === null) {
            throw new Error("a pause and its end were refused");
          }
          const a = readClock(open, calendar, RULES, late.atMs);
          const b = readClock(resumed, calendar, RULES, late.atMs);
          if (isRefused(a) || isRefused(b)) return;
          expect({ ...a, state: null }).toEqual({ ...b, state: null });
        },
      ),
      { numRuns: 200 },
    );
  });
});
