import { DAY_KINDS, type FieldProblem, type Refusal } from "@onegrid/contract";
import { type CalendarSpec, WEEKDAYS, type WorkingWindow } from "./calendar-spec.ts";
import { dayNumberOf, isTimeZone } from "./local-day.ts";

/** A working day shorter than this is a slip of the pen, and too short to divide exactly. */
export const MIN_WORKDAY_MINUTES = 30;

/** Longest span a calendar may cover; keeps a wrong year from costing minutes and gigabytes. */
export const MAX_CALENDAR_DAYS = 366 * 150;

/**
 * Says what is wrong with a list of windows: whole minutes, ascending, not overlapping, the last
 * one ending within 24 hours of the first one's start.
 */
export function windowProblems(windows: readonly WorkingWindow[], field: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const complain = (index: number, allowed: string) =>
    problems.push({ field: `${field}/${index}`, code: "calendar.window_invalid", allowed });
  let previousEnd = 0;
  for (const [index, { startMinute, endMinute }] of windows.entries()) {
    if (!Number.isInteger(startMinute) || startMinute < 0 || (index === 0 && startMinute >= 1440)) {
      complain(index, "a start of whole minutes after midnight, the first one below 1440");
    } else if (!Number.isInteger(endMinute) || endMinute <= startMinute) {
      complain(index, "an end of whole minutes after the start; past 1440 means the next day");
    } else if (startMinute < previousEnd) {
      complain(index, "windows in order that do not overlap");
    } else if (endMinute > (windows[0]?.startMinute ?? 0) + 1440) {
      complain(index, "windows of one day within 24 hours");
    }
    previousEnd = endMinute;
  }
  const minutes = windows.reduce((sum, w) => sum + w.endMinute - w.startMinute, 0);
  if (problems.length === 0 && windows.length > 0 && minutes < MIN_WORKDAY_MINUTES) {
    complain(0, `at least ${MIN_WORKDAY_MINUTES} minutes of work in a working day`);
  }
  return problems;
}

function dayProblems(spec: CalendarSpec): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  for (const [index, { day, kind, windows }] of spec.days.entries()) {
    const field = `/days/${index}`;
    if (dayNumberOf(day) === null) {
      problems.push({ field: `${field}/day`, code: "calendar.day_invalid", allowed: "YYYY-MM-DD" });
    } else if (seen.has(day)) {
      problems.push({ field: `${field}/day`, code: "calendar.day_twice", allowed: "a day once" });
    }
    seen.add(day);
    if (!DAY_KINDS.includes(kind)) {
      problems.push({
        field: `${field}/kind`,
        code: "calendar.day_kind_unknown",
        allowed: DAY_KINDS.join(", "),
      });
    }
    if (windows !== undefined) problems.push(...windowProblems(windows, `${field}/windows`));
  }
  return problems;
}

function hoursProblems({ hours }: CalendarSpec): FieldProblem[] {
  const problems: FieldProblem[] = [];
  let previous = "";
  for (const [index, { fromDay, week, workdayWindows }] of hours.entries()) {
    const field = `/hours/${index}`;
    if (dayNumberOf(fromDay) === null || fromDay <= previous) {
      problems.push({
        field: `${field}/fromDay`,
        code: "calendar.hours_out_of_order",
        allowed: "YYYY-MM-DD, later than the hours before",
      });
    }
    previous = fromDay;
    for (const weekday of WEEKDAYS) {
      problems.push(...windowProblems(week[weekday], `${field}/week/${weekday}`));
    }
    if (workdayWindows.length === 0) {
      problems.push({
        field: `${field}/workdayWindows`,
        code: "calendar.window_missing",
        allowed: "at least one window, the hours of a make-up working day",
      });
    }
    problems.push(...windowProblems(workdayWindows, `${field}/workdayWindows`));
  }
  if (hours.length === 0) {
    problems.push({
      field: "/hours",
      code: "calendar.window_missing",
      allowed: "the working hours of at least one stretch of time",
    });
  }
  return problems;
}

/** Checks a calendar as a whole; null when it can be compiled, else every fault by its field. */
export function checkCalendar(spec: CalendarSpec): Refusal | null {
  const fields: FieldProblem[] = [];
  if (!isTimeZone(spec.timeZone)) {
    fields.push({
      field: "/timeZone",
      code: "calendar.time_zone_unknown",
      allowed: "an IANA time zone such as Asia/Shanghai",
    });
  }
  fields.push(...hoursProblems(spec), ...dayProblems(spec));
  const from = dayNumberOf(spec.fromDay);
  const to = dayNumberOf(spec.toDay);
  if (from === null || to === null || to <= from || to - from > MAX_CALENDAR_DAYS) {
    fields.push({
      field: "/toDay",
      code: "calendar.range_invalid",
      allowed: `days YYYY-MM-DD, from before to, at most ${MAX_CALENDAR_DAYS} days apart`,
    });
  }
  if (fields.length === 0) return null;
  return {
    code: "calendar.invalid",
    status: 422,
    detail: `the calendar has ${fields.length} fault(s)`,
    fields,
  };
}
