import { Temporal } from "temporal-polyfill";
import type { Weekday } from "./calendar-spec.ts";

const MS_PER_DAY = 86_400_000;
const MS_PER_MINUTE = 60_000;
const MINUTES_PER_DAY = 1440;

/** Days since 1970-01-01 of `YYYY-MM-DD`; null when it is no day of the Gregorian calendar. */
export function dayNumberOf(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const ms = Date.parse(`${day}T00:00:00Z`);
  // Date.parse refuses 2026-13-01; 2026-02-30 it lets pass in some engines, so read it back.
  return Number.isNaN(ms) || dayOf(ms / MS_PER_DAY) !== day ? null : ms / MS_PER_DAY;
}

/** The inverse of {@link dayNumberOf}. */
export function dayOf(dayNumber: number): string {
  return new Date(dayNumber * MS_PER_DAY).toISOString().slice(0, 10);
}

/** ISO weekday of a day number; 1970-01-01 was a Thursday. */
export function weekdayOf(dayNumber: number): Weekday {
  return (((((dayNumber + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** First instant of the local day; after midnight where summer time begins at midnight. */
export function startOfDayMs(dayNumber: number, timeZone: string): number {
  return Temporal.PlainDate.from(dayOf(dayNumber)).toZonedDateTime(timeZone).epochMilliseconds;
}

/** The local day in which an instant lies. */
export function localDayOf(atMs: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(atMs)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** Whether the runtime knows this IANA time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.PlainDate.from("2000-01-01").toZonedDateTime(timeZone);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes a function from (day number, minute after local midnight, which may pass 1440) to the
 * instant. Where clocks are put forward a missing time counts as the same distance after the gap,
 * where they are put back the earlier of two equal times is taken (Temporal's "compatible").
 */
export function localClock(timeZone: string): (dayNumber: number, minute: number) => number {
  const midnights = new Map<number, number>();
  const midnight = (dayNumber: number): number => {
    let ms = midnights.get(dayNumber);
    if (ms === undefined) {
      ms = startOfDayMs(dayNumber, timeZone);
      midnights.set(dayNumber, ms);
    }
    return ms;
  };
  return (dayNumber, minute) => {
    const day = dayNumber + Math.floor(minute / MINUTES_PER_DAY);
    const within = minute - (day - dayNumber) * MINUTES_PER_DAY;
    // Zone arithmetic is slow; a day of 24 hours needs none.
    if (midnight(day + 1) - midnight(day) === MS_PER_DAY) {
      return midnight(day) + within * MS_PER_MINUTE;
    }
    return Temporal.PlainDate.from(dayOf(day)).toZonedDateTime({
      timeZone,
      plainTime: { hour: Math.floor(within / 60), minute: within % 60 },
    }).epochMilliseconds;
  };
}
