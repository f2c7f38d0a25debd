import { LIMIT_UNITS } from "@onegrid/contract";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { isRefused } from "../refused.ts";
import {
  arbitraryInstant,
  arbitraryLimit,
  arbitrarySpec,
  compiled,
} from "./test/arbitrary-calendar.ts";
import { type CompiledCalendar } from "./compile-calendar.ts";
import { type Pause, dueAt, elapsed } from "./deadline.ts";

// Thousands of random cases take seconds on a busy machine, and a slow one is no failure.
vi.setConfig({ testTimeout: 120_000 });

/** Compiling costs more than asking, so each of 100 calendars is asked 30 times: 3,000 sequences. */
const ROUNDS = 30;
const RUNS = { numRuns: 100 };
const arbitraryCalendar = arbitrarySpec.map(compiled);

/** Runs a property on many questions to one calendar. */
function assertEach<T>(
  question: fc.Arbitrary<T>,
  property: (calendar: CompiledCalendar, question: T) => void,
): void {
  const questions = fc.array(question, { minLength: ROUNDS, maxLength: ROUNDS });
  fc.assert(
    fc.property(arbitraryCalendar, questions, (calendar, asked) => {
      for (const one of asked) property(calendar, one);
    }),
    RUNS,
  );
}

const arbitraryPauses: fc.Arbitrary<Pause[]> = fc.array(
  fc
    .record({ fromMs: arbitraryInstant, lengthMs: fc.integer({ min: 0, max: 20 * 86_400_000 }) })
    .map(({ fromMs, lengthMs }) => ({ fromMs, toMs: fromMs + lengthMs })),
  { maxLength: 4 },
);

/** The deadline, or null where the calendar ends; those runs prove nothing and are skipped. */
function dueMs(
  calendar: CompiledCalendar,
  startMs: number,
  limit: Parameters<typeof dueAt>[2],
  pauses: readonly Pause[] = [],
): number | null {
  const deadline = dueAt(calendar, startMs, limit, pauses);
  return isRefused(deadline) ? null : deadline.dueAtMs;
}

/** Amounts are told in millionths of a unit (deadline.ts). */
const TOLD_STEP = 1e-6;

describe("dueAt and elapsed", () => {
  it("are exact inverses for every unit, with and without pauses", () => {
    let proved = 0;
    assertEach(
      fc.tuple(arbitraryInstant, arbitraryLimit, arbitraryPauses),
      (calendar, [startMs, limit, pauses]) => {
        for (const some of [[], pauses]) {
          const due = dueMs(calendar, startMs, limit, some);
          if (due === null) continue;
          proved += 1;
          expect(elapsed(calendar, startMs, due, limit.unit, some)).toBe(limit.amount);
        }
      },
    );
    expect(proved).toBeGreaterThan(2000);
  });

  it("give the earliest instant: a moment before, less has elapsed", () => {
    const limits = fc.record({
      amount: fc.integer({ min: 1, max: 40 }),
      unit: fc.constantFrom(...LIMIT_UNITS),
    });
    assertEach(fc.tuple(arbitraryInstant, limits), (calendar, [startMs, limit]) => {
      const due = dueMs(calendar, startMs, limit);
      if (due === null) return;
      // A tenth of a second, for that is the step in which a working day is told. Where closed
      // hours lie just before, less than a step of it was working time and cannot show.
      const lastStretch = elapsed(calendar, due - 100, due, limit.unit);
      const bound = lastStretch > TOLD_STEP ? limit.amount : limit.amount + TOLD_STEP;
      expect(elapsed(calendar, startMs, due - 100, limit.unit)).toBeLessThan(bound);
    });
  });

  it("never bring a deadline forward when a pause is added", () => {
    const another = fc.record({ fromMs: arbitraryInstant, lengthMs: fc.nat({ max: 86_400_000 }) });
    assertEach(
      fc.tuple(arbitraryInstant, arbitraryLimit, arbitraryPauses, another),
      (calendar, [startMs, limit, pauses, { fromMs, lengthMs }]) => {
        const before = dueMs(calendar, startMs, limit, pauses);
        const more = [...pauses, { fromMs, toMs: fromMs + lengthMs }];
        const after = dueMs(calendar, startMs, limit, more);
        if (before === null || after === null) return;
        // Both are rounded to the millisecond.
        expect(after).toBeGreaterThanOrEqual(before - 1);
      },
    );
  });

  it("never fall: later is more, an earlier start is due no later, and nothing is negative", () => {
    const instants = fc.tuple(arbitraryInstant, arbitraryInstant, arbitraryInstant);
    assertEach(
      fc.tuple(instants, arbitraryLimit, arbitraryPauses),
      (calendar, [unsorted, limit, pauses]) => {
        const [a, b, c] = unsorted.toSorted((x, y) => x - y) as [number, number, number];
        const first = elapsed(calendar, a, b, limit.unit, pauses);
        const second = elapsed(calendar, a, c, limit.unit, pauses);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(second).toBeGreaterThanOrEqual(first);
        expect(elapsed(calendar, b, a, limit.unit, pauses)).toBe(0);
        const early = dueMs(calendar, a, limit);
        const late = dueMs(calendar, b, limit);
        expect(early ?? a).toBeGreaterThanOrEqual(a);
        expect(early ?? -Infinity).toBeLessThanOrEqual((late ?? Infinity) + 1);
      },
    );
  });
});
