import type { CompiledCalendar } from "../calendar/compile-calendar.ts";
import { dueAt, nextWorkingInstant, outOfRange } from "../calendar/deadline.ts";
import { type Refused, isRefused } from "../refused.ts";
import type { ClockRules } from "./clock-rules.ts";
import type { Clock } from "./fold-clock.ts";
import { fullLimit } from "./read-clock.ts";

/** A moment at which somebody is told about a clock. */
export type Milestone = {
  readonly key: string;
  /** How often the limit had been extended: an extended clock turns amber once more. */
  readonly extensions: number;
  readonly ratio: number;
  /** When that share of the limit is used up. */
  readonly reachedAtMs: number;
  /** When to tell: not before somebody is at work, except for urgent limits. */
  readonly fireAtMs: number;
  readonly provisional: boolean;
};

/**
 * The milestones of a clock in order of time. Those behind an open pause, or after the clock was
 * stopped, are left out: they come back with the next event of the log. Urgent limits run by the
 * natural clock, and so do their milestones; all others wait for the next working window.
 * Refuses with `calendar.out_of_range`.
 */
export function milestones(
  clock: Clock,
  calendar: CompiledCalendar,
  rules: Pick<ClockRules, "milestones">,
): Milestone[] | Refused {
  const limit = fullLimit(clock);
  const urgent = limit.unit === "urgent_hour" || limit.unit === "urgent_day";
  const found: Milestone[] = [];
  for (const { key, ratio } of rules.milestones) {
    const share = { amount: limit.amount * ratio, unit: limit.unit };
    const reached = dueAt(calendar, clock.startedAtMs, share, clock.pauses);
    if (isRefused(reached)) return reached;
    const { dueAtMs: reachedAtMs, provisional } = reached;
    if (reachedAtMs === null) continue;
    if (clock.stoppedAtMs !== null && reachedAtMs > clock.stoppedAtMs) continue;
    const fireAtMs = urgent ? reachedAtMs : nextWorkingInstant(calendar, reachedAtMs);
    if (fireAtMs === null) return outOfRange(calendar);
    const { extensions } = clock;
    found.push({ key, extensions, ratio, reachedAtMs, fireAtMs, provisional });
  }
  return found.toSorted((a, b) => a.reachedAtMs - b.reachedAtMs);
}
