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

/** Offsets of a zone over a stretch of time: `offsetsMs[i]` holds before `changesMs[i]`. */
function offsetsOf(timeZone: string, fromMs: number, toMs: number) {
  const changesMs: number[] = [];
  const offsetsMs: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(timeZone);
  for (;;) {
    offsetsMs.push(at.offsetNanoseconds / 1e6);
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.epochMilliseconds > toMs) return { changesMs, offsetsMs };
    changesMs.push(next.epochMilliseconds);
    at = next;
  }
}

/**
 * Makes a function from (day number, minute after local midnight, which may pass 1440) to the
 * instant, for days from `firstDay` to `endDay`. Where clocks are put forward, a missing time is the
 * moment of the change; where they are put back, the earlier of two equal times is taken. So later
 * on the wall is never earlier in time.
 */
export function localClock(
  timeZone: string,
  firstDay: number,
  endDay: number,
): (dayNumber: number, minute: number) => number {
  // Asking Temporal for every window of a century takes seconds; only days near a change need it.
  const { changesMs, offsetsMs } = offsetsOf(
    timeZone,
    (firstDay - 3) * MS_PER_DAY,
    (endDay + 3) * MS_PER_DAY,
  );
  let index = 0;
  return (dayNumber, minute) => {
    const day = dayNumber + Math.floor(minute / MINUTES_PER_DAY);
    const within = minute - (day - dayNumber) * MINUTES_PER_DAY;
    const wallMs = day * MS_PER_DAY + within * MS_PER_MINUTE;
    while (index > 0 && (changesMs[index - 1] as number) > wallMs) index -= 1;
    while ((changesMs[index] ?? Infinity) <= wallMs) index += 1;
    const sinceChange = wallMs - (changesMs[index - 1] ?? -Infinity);
    const untilChange = (changesMs[index] ?? Infinity) - wallMs;
    // No offset is as large as a day, so farther than that from a change it is certain.
    if (sinceChange > MS_PER_DAY && untilChange > MS_PER_DAY) {
      return wallMs - (offsetsMs[index] as number);
    }
    const zoned = Temporal.PlainDate.from(dayOf(day)).toZonedDateTime({
      timeZone,
      plainTime: { hour: Math.floor(within / 60), minute: within % 60 },
    });
    const isMissing = zoned.hour * 60 + zoned.minute !== within;
    const at = isMissing ? (zoned.getTimeZoneTransition("previous") ?? zoned) : zoned;
    return at.epochMilliseconds;
  };
}
