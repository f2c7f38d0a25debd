import type { WorkingWindow } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import type { StoredYear } from "./calendar-row.ts";

const windowsJson = (windows: readonly WorkingWindow[]): string => JSON.stringify(windows);

/** Writes the special days of a year in the place of those it had. One statement each way. */
const replaceDays = async (
  trx: Trx,
  countyCode: string,
  year: number,
  days: StoredYear["days"],
): Promise<void> => {
  await trx
    .deleteFrom("calendar_day")
    .where("county_code", "=", countyCode)
    .where("year", "=", year)
    .execute();
  if (days.length === 0) return;
  await trx
    .insertInto("calendar_day")
    .values(days.map(({ day, kind, name }) => ({ county_code: countyCode, year, day, kind, name })))
    .execute();
};

/**
 * Writes a year as its next version and keeps the calendar as it is then. Answers false, having
 * changed nothing, when the stored version is not `baseVersion` (0: there is none): somebody else was faster.
 */
export const writeYear = async (
  trx: Trx,
  countyCode: string,
  baseVersion: number,
  next: StoredYear,
): Promise<boolean> => {
  const { year, version, provisional, days } = next;
  const windows = windowsJson(next.windows);
  const written =
    baseVersion === 0
      ? await trx
          .insertInto("calendar_year")
          .values({ county_code: countyCode, year, version, provisional, windows })
          .onConflict((conflict) => conflict.columns(["county_code", "year"]).doNothing())
          .returning("year")
          .executeTakeFirst()
      : await trx
          .updateTable("calendar_year")
          .set({ version, provisional, windows })
          .where("county_code", "=", countyCode)
          .where("year", "=", year)
          .where("version", "=", baseVersion)
          .returning("year")
          .executeTakeFirst();
  if (written === undefined) return false;
  await replaceDays(trx, countyCode, year, days);
  await sql`SELECT onegrid.keep_calendar(${countyCode})`.execute(trx);
  return true;
};
