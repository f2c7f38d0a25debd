import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Day, QueryNumber, text } from "./primitives.ts";
import { DAY_KINDS } from "./words.ts";

export const CalendarDay = z.object({
  day: Day,
  kind: z.enum(DAY_KINDS),
  name: z.string().nullable(),
  /** True when no official notice is known for the year and weekends alone decide. */
  provisional: z.boolean(),
});
export type CalendarDay = z.infer<typeof CalendarDay>;

export const CalendarYear = z.object({
  year: z.number().int(),
  version: z.number().int(),
  provisional: z.boolean(),
  /** Working windows of a working day, minutes after midnight; end may pass 1440. */
  windows: z.array(z.object({ startMinute: z.number().int(), endMinute: z.number().int() })),
  /** Only days that differ from the plain week. */
  days: z.array(CalendarDay),
});
export type CalendarYear = z.infer<typeof CalendarYear>;

const year = z
  .string()
  .regex(/^[0-9]{4}$/)
  .transform(Number)
  .pipe(z.number().int().min(2000).max(2100));

export const getCalendarYear = endpoint({
  name: "calendar.getYear",
  method: "GET",
  path: "/api/v1/calendar/{year}",
  permission: "public",
  summary: "Working days, holidays and make-up working days of a year",
  params: z.strictObject({ year }),
  answer: CalendarYear,
});

export const putCalendarDays = endpoint({
  name: "calendar.putDays",
  method: "PUT",
  path: "/api/v1/calendar/{year}",
  permission: "configuration.write",
  summary: "Set the special days of a year; with dryRun only counts the open cases it would move",
  params: z.strictObject({ year }),
  query: z.strictObject({ limit: QueryNumber(z.number().int().min(1).max(200)).optional() }),
  body: z.strictObject({
    baseVersion: z.number().int().min(0),
    dryRun: z.boolean(),
    days: z
      .array(z.strictObject({ day: Day, kind: z.enum(DAY_KINDS), name: text(40).nullable() }))
      .max(366),
  }),
  answer: z.object({
    calendar: CalendarYear,
    /** Open cases whose limit would run out at another moment; what was frozen at filing stays. */
    movedCases: z.number().int(),
    examples: z.array(z.object({ number: z.string(), dueAt: z.string(), newDueAt: z.string() })),
  }),
  problems: ["calendar.version_conflict", "calendar.day_outside_year"],
});
