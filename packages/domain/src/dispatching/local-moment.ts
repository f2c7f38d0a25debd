import {
  dayNumberOf,
  isWorkingInstant,
  localDayOf,
  weekdayOf,
  type CompiledCalendar,
} from "../calendar/index.ts";
import type { DispatchFacts } from "./rule.ts";

type Moment = Pick<DispatchFacts, "day" | "weekday" | "minute" | "workingTime">;

const clocks = new Map<string, Intl.DateTimeFormat>();

const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const options = { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const made = new Intl.DateTimeFormat("en-GB", options);
  clocks.set(timeZone, made);
  return made;
};

/** An instant as the county's wall clock and calendar show it. */
export const localMoment = (calendar: CompiledCalendar, at: Date): Moment => {
  const day = localDayOf(at.getTime(), calendar.timeZone);
  const [hours = 0, minutes = 0] = clockOf(calendar.timeZone).format(at).split(":").map(Number);
  return {
    day,
    weekday: weekdayOf(dayNumberOf(day) ?? 0),
    minute: hours * 60 + minutes,
    workingTime: isWorkingInstant(calendar, at.getTime()),
  };
};
