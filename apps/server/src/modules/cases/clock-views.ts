import type { CaseClock, ClockStage } from "@onegrid/contract";
import { clocksOf, isRefused, readClock, type CaseEvent } from "@onegrid/domain";
import type { Counting } from "./county-rules.ts";

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Log → the case's clocks as they stand at `now`; one past the calendar's end is left out. */
export const clockViews = (
  log: readonly CaseEvent[],
  { calendar, rules }: Counting,
  now: Date,
): CaseClock[] =>
  [...clocksOf(log)].flatMap(([key, clock]) => {
    const reading = readClock(clock, calendar, rules, now.getTime());
    if (isRefused(reading)) return [];
    return {
      key,
      // Keys begin with their stage (clocksOf).
      stage: key.split(":")[0] as ClockStage,
      state: reading.state,
      limit: reading.limit,
      startedAt: new Date(reading.startedAtMs).toISOString(),
      stoppedAt: iso(reading.stoppedAtMs),
      dueAt: iso(reading.dueAtMs),
      elapsedAmount: reading.elapsedAmount,
      elapsedMinutes: reading.elapsedMinutes,
      remainingMinutes: reading.remainingMinutes,
      usedRatio: reading.usedRatio,
      verdict: reading.verdict,
      light: reading.light.colour,
      provisional: reading.provisional,
    };
  });
