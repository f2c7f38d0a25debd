import { DEFAULT_WINDOWS, localDayOf, type WorkingWindow } from "@onegrid/domain";
import { announceChange } from "../../platform/changes.ts";
import { type Db, inScope } from "../../platform/database.ts";
import { calendarCache } from "./calendar-cache.ts";
import { readYears } from "./calendar-queries.ts";
import type { StoredYear } from "./calendar-row.ts";
import { writeYear } from "./calendar-store.ts";
import { officialDays, officialYears } from "./official-holidays.ts";

/** Zones in which the State Council's notice holds. */
const MAINLAND_ZONES = new Set([
  "Asia/Shanghai",
  "Asia/Chongqing",
  "Asia/Harbin",
  "Asia/Urumqi",
  "Asia/Kashgar",
  "PRC",
]);

const yearsToSeed = (timeZone: string, now: Date): number[] => {
  const thisYear = Number(localDayOf(now.getTime(), timeZone).slice(0, 4));
  const official = MAINLAND_ZONES.has(timeZone) ? officialYears() : [];
  return [...new Set([...official, thisYear, thisYear + 1])].toSorted((a, b) => a - b);
};

const seedOf = (
  year: number,
  timeZone: string,
  windows: readonly WorkingWindow[],
): Omit<StoredYear, "version"> => {
  const official = MAINLAND_ZONES.has(timeZone) ? officialDays(year) : null;
  return { year, provisional: official === null, windows: [...windows], days: official ?? [] };
};

/**
 * Fills a county's calendar with the official holidays that are known, and with this year and the
 * next as provisional ones where they are not. Idempotent: a year that is there already is left as
 * it is, unless it was provisional without a single special day and its notice is known by now.
 * Answers the years written. Counties outside mainland China get provisional years to fill in.
 */
export const seedCalendar = async (
  db: Db,
  county: { countyCode: string; timeZone: string },
  now: Date,
  windows: readonly WorkingWindow[] = DEFAULT_WINDOWS,
): Promise<number[]> => {
  const { countyCode, timeZone } = county;
  const seeded = await inScope(db, { countyCode, scopeCode: "", unitCode: "" }, async (trx) => {
    const stored = new Map(
      (await readYears(trx, countyCode)).map((known) => [known.year, known] as const),
    );
    const written: number[] = [];
    for (const year of yearsToSeed(timeZone, now)) {
      const known = stored.get(year);
      const seed = seedOf(year, timeZone, known?.windows ?? windows);
      const isUntouched = known?.provisional === true && known.days.length === 0;
      if (known !== undefined && (!isUntouched || seed.provisional)) continue;
      const version = (known?.version ?? 0) + 1;
      if (await writeYear(trx, countyCode, version - 1, { ...seed, version })) written.push(year);
    }
    if (written.length > 0) await announceChange(trx, "calendar", countyCode);
    return written;
  });
  calendarCache.forget(db, countyCode);
  return seeded;
};
