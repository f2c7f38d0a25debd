import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Day, Id, Instant, QueryNumber, text } from "./primitives.ts";
import { DAY_KINDS } from "./words.ts";

export const CalendarDay = z.object({
  day: Day,
  kind: z.enum(DAY_KINDS),
  name: z.string().nullable(),
  /** True when no official notice is known for the year and weekends alone decide. */
  provisional: z.boolean(),
});
export type CalendarDay = z.infer<typeof CalendarDay>;

/** A stretch of work in a working day, minutes after midnight; an end may pass 1440. */
export const CalendarWindow = z.strictObject({
  startMinute: z.number().int().min(0).max(2879),
  endMinute: z.number().int().min(1).max(2880),
});

/** An open case whose deadline an edit of the calendar moves. */
export const MovedDeadline = z.object({
  caseId: Id,
  number: z.string(),
  dueAt: Instant,
  newDueAt: Instant,
});
export type MovedDeadline = z.infer<typeof MovedDeadline>;

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
  summary:
    "Set a year's special days and hours; tells which open cases that moves, dryRun only tells",
  params: z.strictObject({ year }),
  query: z.strictObject({
    /** Page of the moved cases that is answered. */
    limit: QueryNumber(z.number().int().min(1).max(200)).optional(),
    offset: QueryNumber(z.number().int().min(0).max(1_000_000)).optional(),
  }),
  body: z.strictObject({
    baseVersion: z.number().int().min(0),
    dryRun: z.boolean(),
    days: z
      .array(z.strictObject({ day: Day, kind: z.enum(DAY_KINDS), name: text(40).nullable() }))
      .max(366),
    /** Working windows of a working day; those the year has stay without them. */
    windows: z.array(CalendarWindow).min(1).max(6).optional(),
    /** The official notice of this year is in: true once a holiday is named unless told. */
    confirmed: z.boolean().optional(),
    /** Moves the deadlines of the open cases told of; else they keep what was frozen at filing. */
    moveCases: z.boolean().default(false),
  }),
  answer: z.object({
    calendar: CalendarYear,
    /** Open cases whose limit runs out at another moment on the new calendar. */
    movedCases: z.number().int(),
    /** One page of them, in the order of their present deadlines. */
    examples: z.array(MovedDeadline),
  }),
  problems: ["calendar.version_conflict", "calendar.day_outside_year", "calendar.windows_invalid"],
});
