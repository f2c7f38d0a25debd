import { Temporal } from "temporal-polyfill";

/** First instant of a county's day and of the day after. */
export const digestBounds = (day: string, timeZone: string): { from: Date; to: Date } => {
  const date = Temporal.PlainDate.from(day);
  const startOf = (d: Temporal.PlainDate) =>
    new Date(d.toZonedDateTime(timeZone).epochMilliseconds);
  return { from: startOf(date), to: startOf(date.add({ days: 1 })) };
};

/** The last day of a county that is over for an hour: nothing can still be recorded on it. */
export const lastFullDay = (now: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime() - 3_600_000)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .subtract({ days: 1 })
    .toString();
