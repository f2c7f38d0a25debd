import type { CompiledCalendar } from "../calendar/compile-calendar.ts";
import { dueAt } from "../calendar/deadline.ts";
import { dayNumberOf, localDayOf, startOfDayMs } from "../calendar/local-day.ts";
import { isRefused, type Refused } from "../refused.ts";

/**
 * When a publication term 公示期 ends: the close of the last of `termDays` working days, counted
 * from the day after publication (任前公示 not less than five working days).
 */
export const termEndMs = (
  calendar: CompiledCalendar,
  timeZone: string,
  publishedAtMs: number,
  termDays: number,
): number | Refused => {
  const day = dayNumberOf(localDayOf(publishedAtMs, timeZone)) ?? 0;
  const due = dueAt(calendar, startOfDayMs(day + 1, timeZone), {
    amount: termDays,
    unit: "working_day",
  });
  if (isRefused(due)) return due;
  return due.dueAtMs ?? publishedAtMs;
};
