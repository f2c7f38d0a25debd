import type { Refusal } from "@onegrid/contract";
import type { CompiledCalendar } from "../calendar/compile-calendar.ts";
import { CLOCK_EDGES, type ClockEvent } from "./clock-events.ts";
import type { ClockRules } from "./clock-rules.ts";
import { isRefused } from "../refused.ts";
import { type Clock, clockEventRefused } from "./fold-clock.ts";
import { readClock } from "./read-clock.ts";

const conflict = (code: string, detail: string, params?: Record<string, unknown>): Refusal => ({
  code,
  status: 409,
  detail,
  ...(params === undefined ? {} : { params }),
});

function checkPause(clock: Clock, event: ClockEvent, rules: ClockRules): Refusal | null {
  if (event.kind !== "pause") return null;
  const params = { max: rules.maxPauses };
  if (clock.pausesTaken >= rules.maxPauses) {
    return conflict("clocks.pauses_used_up", "the clock was suspended as often as allowed", params);
  }
  if (event.resumesAtMs !== null && event.resumesAtMs <= event.atMs) {
    return conflict("clocks.pause_ends_before_start", "a pause ends after it begins");
  }
  if (rules.maxPauseMs === null) return null;
  const maxDays = { maxDays: rules.maxPauseMs / 86_400_000 };
  if (event.resumesAtMs === null) {
    return conflict("clocks.pause_needs_end", "a suspension needs an end date", maxDays);
  }
  return event.resumesAtMs - event.atMs > rules.maxPauseMs
    ? conflict("clocks.pause_too_long", "the suspension is longer than allowed", maxDays)
    : null;
}

function checkExtension(
  clock: Clock,
  event: ClockEvent,
  calendar: CompiledCalendar,
  rules: ClockRules,
): Refusal | null {
  if (event.kind !== "extend") return null;
  if (clock.extensions >= rules.maxExtensions) {
    return conflict("clocks.extensions_used_up", "the limit was extended as often as allowed", {
      max: rules.maxExtensions,
    });
  }
  const reading = readClock(clock, calendar, rules, event.atMs);
  if (isRefused(reading)) return reading.refused;
  return reading.verdict === "overdue"
    ? conflict("clocks.extend_after_due", "an extension is asked for before the limit has run out")
    : null;
}

/**
 * Whether a county's rules allow an event now; null when they do. The log itself is folded without
 * these rules, since what was granted under an older version stays granted.
 */
export function checkClockEvent(
  clock: Clock | null,
  event: ClockEvent,
  calendar: CompiledCalendar,
  rules: ClockRules,
): Refusal | null {
  const state = clock?.state ?? "none";
  if (CLOCK_EDGES[state][event.kind] === undefined) return clockEventRefused(state, event.kind);
  if (clock === null) return null;
  return checkPause(clock, event, rules) ?? checkExtension(clock, event, calendar, rules);
}
