import type { Limit } from "@onegrid/contract";

/**
 * A clock is a log of what happened to it. Deadline, elapsed time, remaining time and verdict are
 * derived from the log every time, so replaying it under other rules can never lose a pause.
 * A case has one clock for itself and one for each stage or unit, told apart by `clockKey`.
 */
export const CLOCK_EVENT_KINDS = ["start", "pause", "resume", "extend", "stop"] as const;
export type ClockEventKind = (typeof CLOCK_EVENT_KINDS)[number];

export const CLOCK_STATES = ["running", "paused", "stopped"] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** Whether a limit was kept. `pending` until it is stopped or missed; a missed one stays missed. */
export const VERDICTS = ["pending", "on_time", "overdue"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** `case`, or a stage with the number of its round, e.g. `handle:1` for the first handling. */
export type ClockKey = string;

type At = { readonly clockKey: ClockKey; readonly atMs: number };
export type ClockEvent =
  /** The clock begins; its limit is frozen here, whatever the catalogue says later. */
  | (At & { readonly kind: "start"; readonly limit: Limit })
  /** 挂账; it ends by itself at `resumesAtMs`, or stays open when null. */
  | (At & { readonly kind: "pause"; readonly resumesAtMs: number | null })
  /** Ends a pause, or takes a stopped clock up again for rework 返工: what lay between is a pause. */
  | (At & { readonly kind: "resume" })
  /** 延期: one original limit is added to the current deadline. */
  | (At & { readonly kind: "extend" })
  | (At & { readonly kind: "stop" });

/**
 * Which event is possible in which state and where it leads; `none` is a clock not started yet.
 * The server refuses by this table and the fronts draw their buttons from it.
 */
export const CLOCK_EDGES: Readonly<
  Record<ClockState | "none", Readonly<Partial<Record<ClockEventKind, ClockState>>>>
> = {
  none: { start: "running" },
  running: { pause: "paused", extend: "running", stop: "stopped" },
  paused: { resume: "running", stop: "stopped" },
  stopped: { resume: "running" },
};
