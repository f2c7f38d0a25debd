import type { Limit, LimitUnit, Refusal } from "@onegrid/contract";
import type { Refused } from "../refused.ts";
import type { CompiledCalendar } from "./compile-calendar.ts";
import { type Measure, measureOf } from "./measure.ts";

/** A stretch in which the clock stands still 挂账; `toMs` null while it has no end yet. */
export type Pause = { readonly fromMs: number; readonly toMs: number | null };

/** When a limit runs out. */
export type Deadline = {
  /** Null while an open pause keeps the clock from running on. */
  readonly dueAtMs: number | null;
  /** True when the stretch touches a year whose holidays are not announced yet. */
  readonly provisional: boolean;
};

/** Amounts are told in millionths of a unit: below a tenth of a second for a working day. */
const AMOUNT_STEPS = 1e6;
function roundAmount(amount: number): number {
  // Sums of fractions miss an exact half by a hair to either side; billionths take the hair away,
  // so that the same time told in two ways rounds to the same amount.
  const billionths = Math.round(amount * 1e9);
  return Math.round(billionths / 1e3) / AMOUNT_STEPS;
}

/** Refusal of an instant that the calendar does not cover. */
export function outOfRange(calendar: CompiledCalendar): Refused {
  const refused: Refusal = {
    code: "calendar.out_of_range",
    status: 422,
    detail: "the county's calendar does not reach that far",
    params: {
      from: new Date(calendar.fromMs).toISOString(),
      to: new Date(calendar.toMs).toISOString(),
    },
  };
  return { refused };
}

function isProvisional(calendar: CompiledCalendar, fromMs: number, toMs: number): boolean {
  return calendar.provisional.some((span) => span.fromMs <= toMs && span.toMs > fromMs);
}

/** Pauses cut to what lies after the start, sorted, touching ones joined. */
export function tidyPauses(pauses: readonly Pause[], startAtMs: number): Pause[] {
  const sorted = pauses
    .map((p) => ({ fromMs: Math.max(p.fromMs, startAtMs), toMs: p.toMs ?? Infinity }))
    .filter((p) => p.toMs > p.fromMs)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const joined: { fromMs: number; toMs: number }[] = [];
  for (const pause of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && pause.fromMs <= last.toMs)
      last.toMs = Math.max(last.toMs, pause.toMs);
    else joined.push({ ...pause });
  }
  return joined.map((p) => ({ fromMs: p.fromMs, toMs: p.toMs === Infinity ? null : p.toMs }));
}

/** Where the limit runs out; null when an open pause comes first, undefined past the calendar. */
function runOut(
  measure: Measure,
  startAtMs: number,
  amount: number,
  pauses: readonly Pause[],
): number | null | undefined {
  let fromMs = startAtMs;
  let left = amount;
  for (const pause of tidyPauses(pauses, startAtMs)) {
    const run = measure.positionAt(pause.fromMs) - measure.positionAt(fromMs);
    // Equality within the rounding of amounts: used up exactly when the pause began.
    if (roundAmount(left - run) <= 0) break;
    if (pause.toMs === null) return null;
    left -= run;
    fromMs = pause.toMs;
  }
  const dueAtMs = measure.instantAt(measure.positionAt(fromMs) + left);
  return dueAtMs === null ? undefined : Math.max(fromMs, dueAtMs);
}

/**
 * The instant at which a limit runs out: the **earliest** instant by which `limit.amount` units
 * have elapsed since `startAtMs`, pauses not counted.
 *
 * - A start outside working windows counts from the next window's beginning.
 * - A limit that is used up exactly at a window's end is due at that end (18:00), not at the next
 *   window's beginning (09:00 the next day), although {@link elapsed} is the same for both.
 * - A limit of 0 is due at the start itself.
 *
 * Exact inverse of {@link elapsed}: `elapsed(start, dueAt(start, L)) = L` for every amount in
 * millionths of a unit. Refuses with `calendar.out_of_range` rather than guess.
 */
export function dueAt(
  calendar: CompiledCalendar,
  startAtMs: number,
  limit: Limit,
  pauses: readonly Pause[] = [],
): Deadline | Refused {
  const measure = measureOf(calendar, limit.unit);
  if (measure.needsCalendar && (startAtMs < calendar.fromMs || startAtMs >= calendar.toMs)) {
    return outOfRange(calendar);
  }
  if (limit.amount === 0) return { dueAtMs: startAtMs, provisional: false };
  const dueAtMs = runOut(measure, startAtMs, limit.amount, pauses);
  if (dueAtMs === undefined) return outOfRange(calendar);
  const untilMs = dueAtMs ?? Math.max(startAtMs, ...pauses.map((pause) => pause.fromMs));
  return {
    dueAtMs,
    provisional: measure.needsCalendar && isProvisional(calendar, startAtMs, untilMs),
  };
}

/**
 * Units elapsed between two instants, pauses not counted; 0 when `atMs` is before the start.
 * Outside the calendar's range time stands still, so ask {@link dueAt} first where that matters.
 */
export function elapsed(
  calendar: CompiledCalendar,
  startAtMs: number,
  atMs: number,
  unit: LimitUnit,
  pauses: readonly Pause[] = [],
): number {
  if (atMs <= startAtMs) return 0;
  const { positionAt } = measureOf(calendar, unit);
  let sum = positionAt(atMs) - positionAt(startAtMs);
  for (const pause of tidyPauses(pauses, startAtMs)) {
    if (pause.fromMs >= atMs) break;
    sum -= positionAt(Math.min(pause.toMs ?? atMs, atMs)) - positionAt(pause.fromMs);
  }
  return Math.max(0, roundAmount(sum));
}

/** Whether somebody is at work at this instant; a window's last instant still counts. */
export function isWorkingInstant(calendar: CompiledCalendar, atMs: number): boolean {
  return nextWorkingInstant(calendar, atMs) === atMs;
}

/** The instant itself in working hours, else the next window's beginning; null past the calendar. */
export function nextWorkingInstant(calendar: CompiledCalendar, atMs: number): number | null {
  const { startsMs, endsMs } = calendar;
  let low = 0;
  let high = endsMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((endsMs[middle] as number) < atMs) low = middle + 1;
    else high = middle;
  }
  return low === endsMs.length ? null : Math.max(atMs, startsMs[low] as number);
}
