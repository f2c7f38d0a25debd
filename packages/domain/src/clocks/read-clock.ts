import type { Limit, LimitUnit } from "@onegrid/contract";
import type { CompiledCalendar } from "../calendar/compile-calendar.ts";
import { type Pause, dueAt, elapsed, outOfRange, tidyPauses } from "../calendar/deadline.ts";
import { clockMinutes } from "../calendar/measure.ts";
import { type Refused, isRefused } from "../refused.ts";
import type { ClockState, Verdict } from "./clock-events.ts";
import type { ClockRules } from "./clock-rules.ts";
import type { Clock } from "./fold-clock.ts";
import { type Light, lightOf } from "./light.ts";

/** Everything that follows from a clock at one instant. */
export type ClockReading = {
  readonly state: ClockState;
  readonly startedAtMs: number;
  readonly stoppedAtMs: number | null;
  /** Null while an open pause keeps it from being known. */
  readonly dueAtMs: number | null;
  /** The deadline touches a year whose holidays are not announced. */
  readonly provisional: boolean;
  /** The limit with its extensions. */
  readonly limit: Limit;
  /** Units run so far, in the limit's unit. */
  readonly elapsedAmount: number;
  /** Minutes run so far on the unit's clock: working minutes, or natural ones for urgent units. */
  readonly elapsedMinutes: number;
  /** Minutes left on the same clock, negative once overdue; as if resumed now while paused. */
  readonly remainingMinutes: number;
  readonly usedRatio: number;
  readonly verdict: Verdict;
  readonly light: Light;
};

/** The limit that counts: the original one, once more for each extension. */
export function fullLimit(clock: Pick<Clock, "limit" | "extensions">): Limit {
  return { amount: clock.limit.amount * (1 + clock.extensions), unit: clock.limit.unit };
}

/** Minutes on the unit's clock between two instants, pauses not counted. */
function minutesBetween(
  calendar: CompiledCalendar,
  unit: LimitUnit,
  fromMs: number,
  toMs: number,
  pauses: readonly Pause[],
): number {
  let minutes = clockMinutes(calendar, unit, fromMs, toMs);
  for (const pause of tidyPauses(pauses, fromMs)) {
    if (pause.fromMs >= toMs) break;
    minutes -= clockMinutes(calendar, unit, pause.fromMs, Math.min(pause.toMs ?? toMs, toMs));
  }
  return Math.max(0, minutes);
}

function verdictOf(clock: Clock, dueAtMs: number | null, atMs: number): Verdict {
  const until = clock.stoppedAtMs ?? atMs;
  if (dueAtMs !== null && until > dueAtMs) return "overdue";
  return clock.stoppedAtMs === null ? "pending" : "on_time";
}

function covers(calendar: CompiledCalendar, unit: LimitUnit, atMs: number): boolean {
  if (unit === "urgent_hour" || unit === "urgent_day") return true;
  return atMs >= calendar.fromMs && atMs < calendar.toMs;
}

/**
 * Reads a clock at an instant. On time means stopped at or before the deadline, to the millisecond
 * and by the wall: a matter due at 18:00 and finished at 18:30 is overdue, with 0 working minutes.
 * An instant before the last event reads as that event's. Refuses with `calendar.out_of_range`.
 */
export function readClock(
  clock: Clock,
  calendar: CompiledCalendar,
  rules: Pick<ClockRules, "amberRatio">,
  nowMs: number,
): ClockReading | Refused {
  const atMs = clock.stoppedAtMs ?? Math.max(nowMs, clock.lastEventAtMs);
  const limit = fullLimit(clock);
  if (!covers(calendar, limit.unit, atMs)) return outOfRange(calendar);
  const due = dueAt(calendar, clock.startedAtMs, limit, clock.pauses);
  if (isRefused(due)) return due;
  // What is left is told as if a pause ended now; its real end is not known or may change.
  const pausesSoFar = clock.pauses
    .filter((pause) => pause.fromMs < atMs)
    .map((pause) => ({ fromMs: pause.fromMs, toMs: Math.min(pause.toMs ?? atMs, atMs) }));
  const dueIfResumed = dueAt(calendar, clock.startedAtMs, limit, pausesSoFar);
  if (isRefused(dueIfResumed)) return dueIfResumed;
  const endMs = dueIfResumed.dueAtMs ?? atMs;
  const { unit } = limit;
  const elapsedAmount = elapsed(calendar, clock.startedAtMs, atMs, unit, pausesSoFar);
  const verdict = verdictOf(clock, due.dueAtMs, atMs);
  const usedRatio = limit.amount === 0 ? 1 : elapsedAmount / limit.amount;
  return {
    state: clock.state,
    startedAtMs: clock.startedAtMs,
    stoppedAtMs: clock.stoppedAtMs,
    dueAtMs: due.dueAtMs,
    provisional: due.provisional,
    limit,
    elapsedAmount,
    elapsedMinutes: minutesBetween(calendar, unit, clock.startedAtMs, atMs, pausesSoFar),
    remainingMinutes:
      endMs >= atMs
        ? minutesBetween(calendar, unit, atMs, endMs, [])
        : 0 - minutesBetween(calendar, unit, endMs, atMs, pausesSoFar),
    usedRatio,
    verdict,
    light: lightOf(verdict, usedRatio, rules.amberRatio),
  };
}
