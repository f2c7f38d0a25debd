import pg from "pg";
import { isRetryable, type Db } from "../../platform/database.ts";
import { groupingOf } from "../../platform/grouping.ts";
import type { PreparedReport } from "./prepare-report.ts";
import { storeReports, type TakenReport } from "./report-store.ts";

const IN_FLIGHT = 2;
const ROWS = 200;
const ATTEMPTS = 3;

/** SQLSTATE classes that one row's content can cause: the others would fail again row by row. */
const isOfARow = (error: unknown): error is Error =>
  error instanceof pg.DatabaseError && /^(22|23|42501|P0)/.test(error.code ?? "");

/**
 * Stores a group in one statement. A row that the database refuses fails alone: the group is
 * then tried again row by row.
 */
const storeGroup = async (
  db: Db,
  countyCode: string,
  reports: readonly PreparedReport[],
  attempt = 1,
): Promise<(TakenReport | Error)[]> => {
  try {
    const taken = await storeReports(db, countyCode, reports);
    return reports.map(
      ({ after }) => taken.get(after.caseId) ?? new Error(`no answer for case ${after.caseId}`),
    );
  } catch (error) {
    if (isRetryable(error) && attempt < ATTEMPTS) {
      return storeGroup(db, countyCode, reports, attempt + 1);
    }
    if (!isOfARow(error)) throw error;
    if (reports.length === 1) return [error];
    const alone: (TakenReport | Error)[] = [];
    for (const report of reports) alone.push(...(await storeGroup(db, countyCode, [report])));
    return alone;
  }
};

/**
 * Stores a report together with whatever else arrives at this moment for its county (group
 * commit). A second report with an id waits to see what became of the first.
 */
export const takeReport = (
  db: Db,
  countyCode: string,
  report: PreparedReport,
): Promise<TakenReport> =>
  groupingOf<PreparedReport, TakenReport>(db, `reports:${countyCode}`, () => ({
    inFlight: IN_FLIGHT,
    size: ROWS,
    keyOf: ({ after }) => after.caseId,
    run: (reports) => storeGroup(db, countyCode, reports),
  })).take(report);
