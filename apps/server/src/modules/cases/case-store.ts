import type { Case, CaseMilestone } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { rowOfEvent, rowOfTally, type Appended } from "./case-log.ts";
import { CASE_COLUMNS, caseOfRow, rowOfCase, type EventRow } from "./case-row.ts";
import { rewriteMilestones } from "./milestone-store.ts";

/** Locks a case in the transaction's scope until commit; undefined when it is not in sight. */
export const lockCase = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
): Promise<Case | undefined> => {
  const row = await trx
    .selectFrom("cases")
    .select(CASE_COLUMNS)
    .where("county_code", "=", countyCode)
    .where("case_id", "=", caseId)
    .forUpdate()
    .executeTakeFirst();
  return row && caseOfRow(row);
};

export type LoggedCommand = { caseId: string; seq: number; hash: Buffer | null };
export type LogRow = EventRow & { command_hash: Buffer | null };

/**
 * What the log knows when a command arrives: the case's whole log, and whether the command is in
 * some log already. A statement of its own after the lock, so that it sees what another transaction
 * committed while this one waited.
 */
export const readLogFor = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
  commandId: string | null,
): Promise<{ command: LoggedCommand | undefined; rows: LogRow[] }> => {
  const rows = await trx
    .selectFrom("case_event")
    .select([...LOG_COLUMNS, "event_id"])
    .where("county_code", "=", countyCode)
    .where((eb) =>
      commandId === null
        ? eb("case_id", "=", caseId)
        : eb.or([eb("event_id", "=", commandId), eb("case_id", "=", caseId)]),
    )
    .orderBy("seq")
    .execute();
  const command = rows.find((row) => row.event_id === commandId);
  return {
    command: command && {
      caseId: command.case_id,
      seq: command.seq,
      hash: command.command_hash,
    },
    rows: rows.filter((row) => row.case_id === caseId),
  };
};

const LOG_COLUMNS = [
  "case_id",
  "seq",
  "kind",
  "occurred_at",
  "actor_role",
  "actor_account_id",
  "data",
  "command_hash",
] as const;

/** The whole log of a case, in order. */
export const readLog = (trx: Trx, countyCode: string, caseId: string): Promise<LogRow[]> =>
  trx
    .selectFrom("case_event")
    .select(LOG_COLUMNS)
    .where("county_code", "=", countyCode)
    .where("case_id", "=", caseId)
    .orderBy("seq")
    .execute();

/** What the log can change of a row; reported facts stay as reported (grants of 0004, 0020, 0177). */
const CHANGING = [
  "grid_code",
  "grid_version",
  "state",
  "tier",
  "holder_code",
  "involved_units",
  "attachment_ids",
  "filed_at",
  "limit_amount",
  "limit_unit",
  "due_at",
  "amber_at",
  "calendar_version",
  "rules_version",
  "suspended_until",
  "supervision_level",
  "extensions",
  "returns",
  "reworks",
  "merged_into",
  "overdue_exempt",
  "awaits",
  "side",
  "disposed_at",
  "disposed_by",
  "closed_at",
  "version",
] as const;
const CHANGING_LIST = CHANGING.join(", ");

/**
 * Appends events, counts them, folds them onto the locked row and writes the case's next milestone:
 * one statement. `commandHash` goes to the first event, which carries the command's id; null when
 * the software acts by itself.
 */
export const storeCommand = async (
  trx: Trx,
  countyCode: string,
  { after, events, tallies }: Appended,
  milestones: readonly CaseMilestone[],
  commandHash: Buffer | null,
): Promise<void> => {
  const eventRows = events.map((event, index) => ({
    ...rowOfEvent(event),
    command_hash: index === 0 && commandHash !== null ? `\\x${commandHash.toString("hex")}` : null,
  }));
  await sql`
    WITH logged AS (
      INSERT INTO case_event (county_code, case_id, seq, event_id, kind, occurred_at, actor_role,
        actor_account_id, data, command_hash)
      SELECT ${countyCode}, e.case_id, e.seq, e.event_id, e.kind, e.occurred_at, e.actor_role,
        e.actor_account_id, e.data, e.command_hash
      FROM json_to_recordset(${JSON.stringify(eventRows)}::json) AS e(case_id uuid, seq integer,
        event_id uuid, kind text, occurred_at timestamptz, actor_role text, actor_account_id uuid,
        data jsonb, command_hash bytea)
    ), counted AS (
      INSERT INTO case_tally (county_code, day, grid_code, category_code, net, tier, unit_code,
        reported, opened, due, disposed, disposed_on_time, closed, overdue_exempt)
      SELECT ${countyCode}, t.*
      FROM json_to_recordset(${JSON.stringify(tallies.map(rowOfTally))}::json) AS t(day date,
        grid_code text, category_code text, net text, tier text, unit_code text, reported integer,
        opened integer, due integer, disposed integer, disposed_on_time integer, closed integer,
        overdue_exempt integer)
    ), ${rewriteMilestones(countyCode, after.caseId, milestones)}
    UPDATE cases SET (${sql.raw(CHANGING_LIST)}) = (
      SELECT ${sql.raw(CHANGING_LIST)} FROM json_populate_record(NULL::cases,
        ${JSON.stringify(rowOfCase(after))}::json))
    WHERE county_code = ${countyCode} AND case_id = ${after.caseId}::uuid`.execute(trx);
};

/** Makes a case's row what its log says; an upgrade's work. */
export const writeRow = async (trx: Trx, countyCode: string, folded: Case): Promise<void> => {
  await sql`
    UPDATE cases SET (${sql.raw(CHANGING_LIST)}) = (
      SELECT ${sql.raw(CHANGING_LIST)} FROM json_populate_record(NULL::cases,
        ${JSON.stringify(rowOfCase(folded))}::json))
    WHERE county_code = ${countyCode} AND case_id = ${folded.caseId}::uuid`.execute(trx);
};

/** Gives photos to a case; false when one of them is no longer free. */
export const namePhotos = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
  attachmentIds: readonly string[],
): Promise<boolean> => {
  if (attachmentIds.length === 0) return true;
  const rows = await trx
    .updateTable("attachment")
    .set({ case_id: caseId })
    .where("county_code", "=", countyCode)
    .where("attachment_id", "in", attachmentIds)
    .where((eb) => eb.or([eb("case_id", "is", null), eb("case_id", "=", caseId)]))
    .returning("attachment_id")
    .execute();
  return rows.length === attachmentIds.length;
};
