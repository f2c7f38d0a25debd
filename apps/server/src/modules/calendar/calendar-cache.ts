import { type CompiledCalendar, compileCalendar, isRefused } from "@onegrid/domain";
import { countyCache } from "../../platform/county-cache.ts";
import { type Db, inScope } from "../../platform/database.ts";
import { readSnapshot, readTimeZone, readYears } from "./calendar-queries.ts";
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

/** Makes the next reading come from the tables: for work that must not miss an edit just made. */
export const forgetCalendar = (db: Db, countyCode: string): void =>
  calendarCache.forget(db, countyCode);

const KEPT_VERSIONS = 40;
const oldVersions = new WeakMap<Db, Map<string, Promise<CompiledCalendar>>>();

/**
 * An earlier version of a county's calendar, as a case filed under it goes on counting. A version
 * never changes, so it is kept in memory; `otherwise` stands in for one that was never kept.
 */
export const calendarVersionOf = (
  db: Db,
  countyCode: string,
  version: number,
  otherwise: CompiledCalendar,
): Promise<CompiledCalendar> => {
  const kept = oldVersions.get(db) ?? new Map<string, Promise<CompiledCalendar>>();
  oldVersions.set(db, kept);
  const key = `${countyCode} ${version}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const loading = inScope(db, { countyCode, scopeCode: "", unitCode: "" }, (trx) =>
    readSnapshot(trx, countyCode, version),
  ).then((years) => (years === undefined ? otherwise : compileYears(otherwise.timeZone, years)));
  if (kept.size >= KEPT_VERSIONS) kept.clear();
  kept.set(key, loading);
  loading.catch(() => kept.delete(key));
  return loading;
};
