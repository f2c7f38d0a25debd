import type { Limit, Refusal } from "@onegrid/contract";
import type { Pause } from "../calendar/deadline.ts";
import { type Refused, isRefused } from "../refused.ts";
import {
  CLOCK_EDGES,
  type ClockEvent,
  type ClockEventKind,
  type ClockKey,
  type ClockState,
} from "./clock-events.ts";

/** The facts a clock's log tells; what follows from them needs a calendar (`readClock`). */
export type Clock = {
  readonly state: ClockState;
  readonly startedAtMs: number;
  readonly stoppedAtMs: number | null;
  /** The original limit, frozen at the start. */
  readonly limit: Limit;
  readonly extensions: number;
  /** How many pauses were asked for; rework is not among them. */
  readonly pausesTaken: number;
  /** In order of time. Only the last may have no end, or an end still to come. */
  readonly pauses: readonly Pause[];
  readonly lastEventAtMs: number;
};

/** Refusal of an event that the clock's state does not allow. */
export function clockEventRefused(state: ClockState | "none", kind: ClockEventKind): Refusal {
  return {
    code: "clocks.event_not_allowed",
    status: 409,
    detail: `a clock in state ${state} cannot take ${kind}`,
    params: { state, kind, allowed: Object.keys(CLOCK_EDGES[state]) },
  };
}

/** The pauses with the last one closed at `atMs`, or at its planned end if that came first. */
function closeLastPause(pauses: readonly Pause[], atMs: number): Pause[] {
  const last = pauses.at(-1);
  if (last === undefined) return [];
  return [...pauses.slice(0, -1), { fromMs: last.fromMs, toMs: Math.min(last.toMs ?? atMs, atMs) }];
}

/**
 * Applies one event. A time before the last event's counts as that event's time, so a server clock
 * that was set back can never make negative time. Refuses with `clocks.event_not_allowed`.
 */
export function applyClockEvent(clock: Clock | null, event: ClockEvent): Clock | Refused {
  const from = clock?.state ?? "none";
  const state = CLOCK_EDGES[from][event.kind];
  if (state === undefined) return { refused: clockEventRefused(from, event.kind) };
  if (event.kind === "start") {
    return {
      state,
      startedAtMs: event.atMs,
      stoppedAtMs: null,
      limit: event.limit,
      extensions: 0,
      pausesTaken: 0,
      pauses: [],
      lastEventAtMs: event.atMs,
    };
  }
  if (clock === null) return { refused: clockEventRefused("none", event.kind) };
  const atMs = Math.max(event.atMs, clock.lastEventAtMs);
  const next: Clock = { ...clock, state, lastEventAtMs: atMs };
  switch (event.kind) {
    case "pause": {
      const toMs = event.resumesAtMs === null ? null : Math.max(event.resumesAtMs, atMs);
      return {
        ...next,
        pausesTaken: clock.pausesTaken + 1,
        pauses: [...clock.pauses, { fromMs: atMs, toMs }],
      };
    }
    case "resume":
      return clock.state === "paused"
        ? { ...next, pauses: closeLastPause(clock.pauses, atMs) }
        : {
            ...next,
            stoppedAtMs: null,
            pauses: [...clock.pauses, { fromMs: clock.stoppedAtMs ?? atMs, toMs: atMs }],
          };
    case "extend":
      return { ...next, extensions: clock.extensions + 1 };
    case "stop":
      return {
        ...next,
        stoppedAtMs: atMs,
        pauses: clock.state === "paused" ? closeLastPause(clock.pauses, atMs) : clock.pauses,
      };
  }
}

function refusedAt({ refused }: Refused, index: number): Refused {
  return { refused: { ...refused, params: { ...refused.params, index } } };
}

/** Folds the log of one clock; null for an empty log. The refusal names the event at fault. */
export function foldClock(events: readonly ClockEvent[]): Clock | null | Refused {
  let clock: Clock | null = null;
  for (const [index, event] of events.entries()) {
    const applied = applyClockEvent(clock, event);
    if (isRefused(applied)) return refusedAt(applied, index);
    clock = applied;
  }
  return clock;
}

/** Folds the mixed log of a case into its clocks. */
export function foldClocks(events: readonly ClockEvent[]): Map<ClockKey, Clock> | Refused {
  const clocks = new Map<ClockKey, Clock>();
  for (const [index, event] of events.entries()) {
    const applied = applyClockEvent(clocks.get(event.clockKey) ?? null, event);
    if (isRefused(applied)) return refusedAt(applied, index);
    clocks.set(event.clockKey, applied);
  }
  return clocks;
}
