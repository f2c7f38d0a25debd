export * from "./calendar-spec.ts";
export { checkCalendar, windowProblems } from "./check-spec.ts";
export { type CompiledCalendar, compileCalendar } from "./compile-calendar.ts";
export {
  type Deadline,
  type Pause,
  dueAt,
  elapsed,
  isWorkingInstant,
  nextWorkingInstant,
} from "./deadline.ts";
export { dayNumberOf, dayOf, localDayOf, startOfDayMs, weekdayOf } from "./local-day.ts";
export { clockMinutes } from "./measure.ts";
export { startDueBy } from "./start-due-by.ts";
