import { type CompiledCalendar, compileCalendar, isRefused } from "@onegrid/domain";
import { countyCache } from "../../platform/county-cache.ts";
import { type Db, inScope } from "../../platform/database.ts";
import { readTimeZone, readYears } from "./calendar-queries.ts";
import { specOf, type StoredYear } from "./calendar-row.ts";

/** Compiles what the tables hold. Throws RangeError: what is stored was checked when it was. */
export const compileYears = (timeZone: string, years: readonly StoredYear[]): CompiledCalendar => {
  const calendar = compileCalendar(specOf(timeZone, years));
  if (isRefused(calendar)) throw new RangeError(JSON.stringify(calendar.refused));
  return calendar;
};

export const calendarCache = countyCache("calendar", async (db, countyCode) => {
  const timeZone = await readTimeZone(db, countyCode);
  if (timeZone === undefined) throw new RangeError(`no county ${countyCode}`);
  const years = await inScope(db, { countyCode, scopeCode: "", unitCode: "" }, (trx) =>
    readYears(trx, countyCode),
  );
  return compileYears(timeZone, years);
});

/**
 * The county's working calendar from memory, fresh after every edit in any process. Deadlines that
 * touch a year without official notice are marked provisional.
 */
export const calendarOf = (db: Db, countyCode: string): Promise<CompiledCalendar> =>
  calendarCache.get(db, countyCode);
