import { type CalendarYear, DAY_KINDS, type DayKind } from "@onegrid/contract";
import {
  type CalendarSpec,
  DEFAULT_WINDOWS,
  fiveDayWeek,
  type SpecialDay,
  type WorkingWindow,
} from "@onegrid/domain";
import type { JsonValue } from "../../platform/schema.gen.ts";

/** A year as the tables hold it. */
export type StoredYear = {
  year: number;
  version: number;
  provisional: boolean;
  windows: WorkingWindow[];
  days: (SpecialDay & { name: string | null })[];
};

const isWindow = (value: JsonValue): value is { startMinute: number; endMinute: number } =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  typeof value["startMinute"] === "number" &&
  typeof value["endMinute"] === "number";

/** jsonb → windows. Throws RangeError: only this module writes the column. */
export const windowsOfRow = (value: JsonValue): WorkingWindow[] => {
  if (!Array.isArray(value) || !value.every(isWindow)) {
    throw new RangeError("calendar_year.windows is not a list of windows");
  }
  return value.map(({ startMinute, endMinute }) => ({ startMinute, endMinute }));
};

/** The CHECK of the column says the same; a kind beyond it is a broken database. */
export const dayKindOfRow = (value: string): DayKind => {
  const kind = DAY_KINDS.find((candidate) => candidate === value);
  if (kind === undefined) throw new RangeError(`unknown kind of day: ${value}`);
  return kind;
};

/** A year nobody has entered: a plain week, the hours of the nearest year before, provisional. */
export const unknownYear = (year: number, known: readonly StoredYear[]): StoredYear => ({
  year,
  version: 0,
  provisional: true,
  windows: [...(known.findLast((stored) => stored.year < year)?.windows ?? DEFAULT_WINDOWS)],
  days: [],
});

/** Years the tables accept; a deadline beyond them is refused, not guessed. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

/** The stored years, ascending, as one calendar. Its version is the sum of theirs: any edit shows. */
export const specOf = (timeZone: string, years: readonly StoredYear[]): CalendarSpec => {
  const first = years[0] ?? unknownYear(FIRST_YEAR, []);
  return {
    version: years.reduce((sum, { version }) => sum + version, 0),
    timeZone,
    hours: (years.length === 0 ? [first] : years).map(({ year, windows }) => ({
      fromDay: `${year}-01-01`,
      week: fiveDayWeek(windows),
      workdayWindows: windows,
    })),
    days: years.flatMap(({ days }) => days),
    confirmedYears: years.filter(({ provisional }) => !provisional).map(({ year }) => year),
    fromDay: `${FIRST_YEAR}-01-01`,
    toDay: `${LAST_YEAR + 1}-01-01`,
  };
};

/** Row → wire. */
export const yearView = (stored: StoredYear): CalendarYear => ({
  year: stored.year,
  version: stored.version,
  provisional: stored.provisional,
  windows: stored.windows,
  days: stored.days.map(({ day, kind, name }) => ({
    day,
    kind,
    name,
    provisional: stored.provisional,
  })),
});
