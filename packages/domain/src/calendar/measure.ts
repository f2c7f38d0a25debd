import type { LimitUnit } from "@onegrid/contract";
import type { CompiledCalendar } from "./compile-calendar.ts";
import { dayPositionAt, instantOfDayPosition, instantOfWorked, workedAt } from "./position.ts";

/**
 * The four limit units 时限单位, each as one line of numbers that a deadline is measured along:
 *
 * | unit           | Chinese      | one unit is                                                   |
 * |----------------|--------------|---------------------------------------------------------------|
 * | `working_hour` | 工作时       | 60 minutes inside the working windows                         |
 * | `working_day`  | 工作日       | one working day, spread evenly over that day's windows        |
 * | `urgent_hour`  | 紧急工作时   | 60 minutes of natural time, nights and holidays too           |
 * | `urgent_day`   | 紧急工作日   | 24 hours of natural time, nights and holidays too             |
 *
 * An urgent day is 24 hours and not "the same time tomorrow": the two differ only where summer
 * time changes, and only the first can be inverted exactly.
 */
export type Measure = {
  /** Units from the calendar's own origin to the instant; only differences mean something. */
  readonly positionAt: (atMs: number) => number;
  /** Earliest instant of a position; null when the calendar does not reach that far. */
  readonly instantAt: (position: number) => number | null;
  /** False for the natural units, which need no calendar and have no provisional years. */
  readonly needsCalendar: boolean;
};

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 86_400_000;

function natural(msPerUnit: number): Measure {
  return {
    positionAt: (atMs) => atMs / msPerUnit,
    instantAt: (position) => Math.round(position * msPerUnit),
    needsCalendar: false,
  };
}

const URGENT_HOUR = natural(MS_PER_HOUR);
const URGENT_DAY = natural(MS_PER_DAY);

/** The measure of a unit on a county's calendar. */
export function measureOf(calendar: CompiledCalendar, unit: LimitUnit): Measure {
  switch (unit) {
    case "working_hour":
      return {
        positionAt: (atMs) => workedAt(calendar, atMs) / MS_PER_HOUR,
        instantAt: (position) => instantOfWorked(calendar, Math.round(position * MS_PER_HOUR)),
        needsCalendar: true,
      };
    case "working_day":
      return {
        positionAt: (atMs) => dayPositionAt(calendar, atMs),
        instantAt: (position) => instantOfDayPosition(calendar, position),
        needsCalendar: true,
      };
    case "urgent_hour":
      return URGENT_HOUR;
    case "urgent_day":
      return URGENT_DAY;
  }
}

/** Minutes between two instants as the unit's clock counts them: working or natural minutes. */
export function clockMinutes(
  calendar: CompiledCalendar,
  unit: LimitUnit,
  fromMs: number,
  toMs: number,
): number {
  const ms =
    unit === "urgent_hour" || unit === "urgent_day"
      ? toMs - fromMs
      : workedAt(calendar, toMs) - workedAt(calendar, fromMs);
  return ms / 60_000;
}
