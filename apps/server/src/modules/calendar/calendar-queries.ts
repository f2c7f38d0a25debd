import { LIMIT_UNITS, type Limit } from "@onegrid/contract";
import { ENDED_STATES } from "@onegrid/domain";
import type { Db, Trx } from "../../platform/database.ts";
import { dayKindOfRow, type StoredYear, windowsOfRow } from "./calendar-row.ts";

/** Every stored year of a county, ascending, with its special days. Two statements. */
export const readYears = async (trx: Trx, countyCode: string): Promise<StoredYear[]> => {
  const years = await trx
    .selectFrom("calendar_year")
    .select(["year", "version", "provisional", "windows"])
    .where("county_code", "=", countyCode)
    .orderBy("year")
    .execute();
  const days = await trx
    .selectFrom("calendar_day")
    .select(["year", "day", "kind", "name"])
    .where("county_code", "=", countyCode)
    .orderBy("day")
    .execute();
  const byYear = Map.groupBy(days, ({ year }) => year);
  return years.map(({ year, version, provisional, windows }) => ({
    year,
    version,
    provisional,
    windows: windowsOfRow(windows),
    days: (byYear.get(year) ?? []).map(({ day, kind, name }) => ({
      day,
      kind: dayKindOfRow(kind),
      name,
    })),
  }));
};

/** The years of an earlier version of the calendar, as they were kept; undefined when they were not. */
export const readSnapshot = async (
  trx: Trx,
  countyCode: string,
  version: number,
): Promise<StoredYear[] | undefined> => {
  const row = await trx
    .selectFrom("calendar_snapshot")
    .select("years")
    .where("county_code", "=", countyCode)
    .where("version", "=", version)
    .executeTakeFirst();
  // Only onegrid.keep_calendar writes the column, from the tables that readYears reads.
  return row?.years as StoredYear[] | undefined;
};

/** The time zone of a county; undefined when there is no such county. */
export const readTimeZone = async (db: Db, countyCode: string): Promise<string | undefined> => {
  const row = await db
    .selectFrom("county")
    .select("time_zone")
    .where("county_code", "=", countyCode)
    .executeTakeFirst();
  return row?.time_zone;
};

/** An open case whose deadline was counted in working time. */
export type OpenDeadline = {
  caseNumber: string;
  reportedAt: Date;
  filedAt: Date;
  dueAt: Date;
  limit: Limit;
};

/**
 * Open cases with a working limit that were filed before `untilMs` and are due after `fromMs`, so
 * that an edit of the days between may move them. `disposedAt` does not matter: rework reopens.
 */
export const readOpenDeadlines = async (
  trx: Trx,
  countyCode: string,
  fromMs: number,
  untilMs: number,
): Promise<OpenDeadline[]> => {
  const rows = await trx
    .selectFrom("cases")
    .select(["case_number", "reported_at", "filed_at", "due_at", "limit_amount", "limit_unit"])
    .where("county_code", "=", countyCode)
    .where("state", "not in", [...ENDED_STATES])
    .where("limit_unit", "in", ["working_hour", "working_day"])
    .where("due_at", ">=", new Date(fromMs))
    .where("filed_at", "<", new Date(untilMs))
    .orderBy("due_at")
    .execute();
  return rows.flatMap((row) => {
    const unit = LIMIT_UNITS.find((candidate) => candidate === row.limit_unit);
    const { filed_at: filedAt, due_at: dueAt, limit_amount: amount } = row;
    if (filedAt === null || dueAt === null || amount === null || unit === undefined) return [];
    const limit = { amount, unit };
    return [{ caseNumber: row.case_number, reportedAt: row.reported_at, filedAt, dueAt, limit }];
  });
};
