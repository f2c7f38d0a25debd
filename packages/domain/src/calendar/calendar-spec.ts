import type { DayKind } from "@onegrid/contract";

/**
 * Instants in this folder are epoch milliseconds (`…Ms`), calendar days are `YYYY-MM-DD` in the
 * county's time zone. Dates and time zones of JavaScript's own `Date` are never used for rules.
 */

/** Days of the week as ISO 8601 numbers them, Monday first. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * One stretch of work within a day, in minutes after local midnight of the day it begins on.
 * `endMinute` may pass 1440: a night window 22:00–06:00 is 1320–1800 and belongs, for counting
 * working days, to the day on which it begins.
 */
export type WorkingWindow = { readonly startMinute: number; readonly endMinute: number };

/** A day that differs from the plain week: 法定节假日, 调休 or a day with hours of its own. */
export type SpecialDay = {
  readonly day: string;
  readonly kind: DayKind;
  /** Own windows of a working day; absent means those of the plain week (or of any working day). */
  readonly windows?: readonly WorkingWindow[];
};

/** Working hours from a day on, until the next ones begin: summer and winter hours, a new year. */
export type WorkingHours = {
  readonly fromDay: string;
  /** Windows of each weekday; an empty list is a day of rest. */
  readonly week: Readonly<Record<Weekday, readonly WorkingWindow[]>>;
  /** Windows of a working day that falls on a day of rest of the plain week, as 调休 makes them. */
  readonly workdayWindows: readonly WorkingWindow[];
};

/** Everything a county decides about its working time. Plain data, as stored. */
export type CalendarSpec = {
  /** Version of the county's table; frozen on a case beside its deadline. */
  readonly version: number;
  /** IANA name, e.g. `Asia/Shanghai`. */
  readonly timeZone: string;
  /** Working hours in the order of their first days; the first one also covers what lies before. */
  readonly hours: readonly WorkingHours[];
  readonly days: readonly SpecialDay[];
  /** Years whose official notice of holidays is known. Deadlines that touch others are provisional. */
  readonly confirmedYears: readonly number[];
  /** First day covered. */
  readonly fromDay: string;
  /** First day no longer covered. */
  readonly toDay: string;
};

/** A week with the same windows from Monday to Friday and rest on Saturday and Sunday. */
export function fiveDayWeek(windows: readonly WorkingWindow[]): WorkingHours["week"] {
  return { 1: windows, 2: windows, 3: windows, 4: windows, 5: windows, 6: [], 7: [] };
}

/** Working hours of the demo county, 09:00–12:00 and 14:00–18:00. */
export const DEFAULT_WINDOWS: readonly WorkingWindow[] = [
  { startMinute: 9 * 60, endMinute: 12 * 60 },
  { startMinute: 14 * 60, endMinute: 18 * 60 },
];
