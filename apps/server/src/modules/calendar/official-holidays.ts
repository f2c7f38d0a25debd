import holidayTable from "chinese-days/dist/chinese-days.json" with { type: "json" };
import type { DayKind } from "@onegrid/contract";

/** A day that the State Council's notice 国务院办公厅放假安排 names. */
export type OfficialDay = { day: string; kind: DayKind; name: string };

/** `2026-02-17` → `Spring Festival,春节,4`: the names in two languages and the days off in all. */
const chineseName = (entry: string): string => entry.split(",")[1] ?? entry;

const daysOf = (table: Record<string, string>, year: number, kind: DayKind): OfficialDay[] =>
  Object.entries(table)
    .filter(([day]) => day.startsWith(`${year}-`))
    .map(([day, entry]) => ({ day, kind, name: chineseName(entry) }));

/**
 * Holidays and make-up working days of a year in mainland China, from npm `chinese-days`; null for
 * a year whose notice it does not hold. The package answers any year and is silent about those it
 * does not know, so a year counts as known only when its National Day stands in the table: a lone
 * first of January belongs to the notice of the year before.
 */
export const officialDays = (year: number): OfficialDay[] | null => {
  const { holidays, workdays } = holidayTable;
  if (!Object.hasOwn(holidays, `${year}-10-01`)) return null;
  return [
    ...daysOf(holidays, year, "holiday"),
    ...daysOf(workdays, year, "makeup_workday"),
  ].toSorted((a, b) => (a.day < b.day ? -1 : 1));
};

/** The years whose notice is known, ascending. */
export const officialYears = (): number[] =>
  [...new Set(Object.keys(holidayTable.holidays).map((day) => Number(day.slice(0, 4))))]
    .filter((year) => officialDays(year) !== null)
    .toSorted((a, b) => a - b);
