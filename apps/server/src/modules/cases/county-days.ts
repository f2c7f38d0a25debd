import { dayNumberOf, dayOf, localDayOf, startOfDayMs } from "@onegrid/domain";

const QUARTER_MS = 15 * 60_000;
const KEPT_QUARTERS = 4_000;

const dayCaches = new Map<string, Map<number, string>>();

/**
 * Day of an instant in a time zone. Every zone's midnight lies on a quarter of an hour of UTC, so
 * the answer is remembered by quarters: zone arithmetic would be the slowest part of a report.
 */
export const countyDay = (at: Date, timeZone: string): string => {
  let days = dayCaches.get(timeZone);
  if (days === undefined) {
    days = new Map();
    dayCaches.set(timeZone, days);
  }
  const quarter = Math.floor(at.getTime() / QUARTER_MS);
  const known = days.get(quarter);
  if (known !== undefined) return known;
  const day = localDayOf(quarter * QUARTER_MS, timeZone);
  if (days.size >= KEPT_QUARTERS) days.clear();
  days.set(quarter, day);
  return day;
};

/** PostgreSQL and JavaScript agree on these years; a filter beyond them means the same. */
const FIRST_DAY = "1900-01-01";
const LAST_DAY = "9998-12-31";

const clamp = (day: string): string =>
  day < FIRST_DAY ? FIRST_DAY : day > LAST_DAY ? LAST_DAY : day;

/** First instant of a day in the time zone. */
export const dayStart = (day: string, timeZone: string): Date =>
  new Date(startOfDayMs(dayNumberOf(clamp(day)) ?? 0, timeZone));

/** First instant after a day. */
export const dayEnd = (day: string, timeZone: string): Date =>
  new Date(startOfDayMs((dayNumberOf(clamp(day)) ?? 0) + 1, timeZone));

/** The day `days` later (earlier when negative). */
export const addDays = (day: string, days: number): string => dayOf((dayNumberOf(day) ?? 0) + days);

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  (dayNumberOf(to) ?? 0) - (dayNumberOf(from) ?? 0);
