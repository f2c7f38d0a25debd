import type { CaseRules } from "@onegrid/contract";
import type { CompiledCalendar } from "../calendar/compile-calendar.ts";
import { nextWorkingInstant } from "../calendar/deadline.ts";
import type { Clock } from "../clocks/fold-clock.ts";
import { milestones } from "../clocks/milestones.ts";
import { isRefused } from "../refused.ts";
import { CASE_CLOCK } from "./clock-projection.ts";

/** A moment at which somebody is told about a clock of a case, or the case goes up by itself. */
export type CaseMilestone = {
  clockKey: string;
  /** A key of the rules, `due` for stages, `resume` where a suspension ends. */
  key: string;
  /** Extensions, or for `resume` suspensions, granted before: each fires anew. */
  round: number;
  reachedAt: Date;
  fireAt: Date;
};

const DUE = [{ key: "due", ratio: 1 }] as const;

/**
 * Every milestone of the running clocks, earliest first. A stopped clock has none: there is nothing
 * left to be done about it. Milestones past the calendar's end are left out until it is extended.
 */
export const caseMilestones = (
  clocks: ReadonlyMap<string, Clock>,
  rules: Pick<CaseRules, "milestones">,
  calendar: CompiledCalendar,
): CaseMilestone[] => {
  const out: CaseMilestone[] = [];
  for (const [clockKey, clock] of clocks) {
    if (clock.state === "stopped") continue;
    const isCase = clockKey === CASE_CLOCK;
    const marks = milestones(clock, calendar, { milestones: isCase ? rules.milestones : DUE });
    for (const mark of isRefused(marks) ? [] : marks) {
      out.push({
        clockKey,
        key: mark.key,
        round: mark.extensions,
        reachedAt: new Date(mark.reachedAtMs),
        fireAt: new Date(mark.fireAtMs),
      });
    }
    const resumesAtMs = clock.state === "paused" ? (clock.pauses.at(-1)?.toMs ?? null) : null;
    if (isCase && resumesAtMs !== null) {
      out.push({
        clockKey,
        key: "resume",
        round: clock.pausesTaken,
        reachedAt: new Date(resumesAtMs),
        fireAt: new Date(nextWorkingInstant(calendar, resumesAtMs) ?? resumesAtMs),
      });
    }
  }
  return out.toSorted(
    (a, b) => a.fireAt.getTime() - b.fireAt.getTime() || (a.clockKey < b.clockKey ? -1 : 1),
  );
};
