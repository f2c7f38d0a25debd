import { ENDED_STATES, type CaseEvent } from "@onegrid/domain";
import { sql, type Selectable } from "kysely";
import type { Db, Trx } from "../../platform/database.ts";
import type { CaseEvent as CaseEventTable } from "../../platform/schema.gen.ts";
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

/** An open case whose deadline was counted in working time, with its log. */
export type OpenDeadline = {
  caseId: string;
  caseNumber: string;
  reportedAt: Date;
  dueAt: Date;
  log: CaseEvent[];
};

type OpenRow = Pick<
  Selectable<CaseEventTable>,
  "seq" | "kind" | "occurred_at" | "actor_role" | "actor_account_id" | "data"
> & { case_id: string; case_number: string; reported_at: Date; due_at: Date };

/**
 * Open cases with a working limit that were filed before `untilMs` and are due after `fromMs`, so
 * that an edit of the days between may move them, by deadline. `disposedAt` does not matter: rework
 * reopens. One statement.
 */
export const readOpenDeadlines = async (
  trx: Trx,
  countyCode: string,
  fromMs: number,
  untilMs: number,
): Promise<OpenDeadline[]> => {
  const { rows } = await sql<OpenRow>`
    SELECT c.case_id, c.case_number, c.reported_at, c.due_at, e.seq, e.kind, e.occurred_at,
      e.actor_role, e.actor_account_id, e.data
    FROM cases c JOIN case_event e ON e.county_code = c.county_code AND e.case_id = c.case_id
    WHERE c.county_code = ${countyCode} AND c.state <> ALL (${[...ENDED_STATES]}::text[])
      AND c.limit_unit IN ('working_hour', 'working_day')
      AND c.due_at >= ${new Date(fromMs)} AND c.filed_at < ${new Date(untilMs)}
    ORDER BY c.due_at, c.case_id, e.seq`.execute(trx);
  return [...Map.groupBy(rows, (row) => row.case_id)].map(([caseId, lines]) => {
    const [{ case_number: caseNumber, reported_at: reportedAt, due_at: dueAt }] = lines as [
      OpenRow,
    ];
    const log = lines.map(
      (line) =>
        ({
          caseId,
          seq: line.seq,
          kind: line.kind,
          occurredAt: line.occurred_at,
          actorRole: line.actor_role,
          actorAccountId: line.actor_account_id,
          data: line.data,
        }) as CaseEvent,
    );
    return { caseId, caseNumber, reportedAt, dueAt, log };
  });
};
