import { bigramsOf } from "@onegrid/domain";
import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { rowOfEvent, rowOfTally } from "./case-log.ts";
import { rowOfCase } from "./case-row.ts";
import { nextMilestoneOf } from "./milestone-store.ts";
import type { PreparedReport } from "./prepare-report.ts";

/** What became of one report. A stored hash means that the id was taken before. */
export type TakenReport = {
  caseNumber: string;
  fresh: boolean;
  storedHash: Buffer | null;
  storedReceipt: string | null;
};

/** bytea in JSON. */
const hex = (bytes: Buffer) => `\\x${bytes.toString("hex")}`;

const some = (rows: readonly unknown[]): string | null =>
  rows.length === 0 ? null : JSON.stringify(rows);

/** The arguments of `onegrid.report_cases` (migration 0216), in its order. */
export const reportArguments = (
  countyCode: string,
  reports: readonly PreparedReport[],
): [string, string, string, string, string | null, string | null] => {
  const cases = reports.map((report) =>
    Object.assign(rowOfCase(report.after), {
      ...nextMilestoneOf(report.milestones),
      report_hash: hex(report.hash),
      receipt_code: report.receiptCode,
      sample: report.sample,
    }),
  );
  const tallies = reports.flatMap(({ after, tallies: lines }) =>
    lines.map((line) => Object.assign(rowOfTally(line), { case_id: after.caseId })),
  );
  const photos = reports.flatMap(({ after }) =>
    after.attachmentIds.map((id) => ({ case_id: after.caseId, attachment_id: id })),
  );
  const contacts = reports.flatMap(({ after, contact }) =>
    contact === null
      ? []
      : {
          case_id: after.caseId,
          key_id: contact.keyId,
          ciphertext: hex(contact.ciphertext),
          delete_after: contact.deleteAfter,
          consent_version: contact.consentVersion,
        },
  );
  return [
    countyCode,
    JSON.stringify(cases),
    JSON.stringify(reports.flatMap(({ events }) => events.map(rowOfEvent))),
    JSON.stringify(tallies),
    some(photos),
    some(contacts),
  ];
};

/** Rows of `case_words`, as JSON with the columns' names. */
export const wordRows = (reports: readonly PreparedReport[]): string =>
  JSON.stringify(
    reports.map(({ after, words }) => ({
      case_id: after.caseId,
      grid_code: after.gridCode,
      reported_at: after.reportedAt,
      words,
      bigrams: bigramsOf(words),
    })),
  );

/** Rows of `unit_case_words`: the words of reports that go to a department at once. */
const unitWordRows = (reports: readonly PreparedReport[]) =>
  reports.flatMap(({ after, words }) =>
    after.involvedUnits.map((unit) => ({
      unit_code: unit,
      reported_at: after.reportedAt,
      case_id: after.caseId,
      words,
    })),
  );

type Answer = {
  out_case_id: string;
  out_case_number: string;
  fresh: boolean;
  stored_hash: Buffer | null;
  stored_receipt: string | null;
};

/**
 * Stores reports of one county in one round trip, all or none. Ids must differ; they are sorted
 * here, so that two calls with common ids wait for each other and never deadlock.
 */
export const storeReports = async (
  db: Db,
  countyCode: string,
  reports: readonly PreparedReport[],
): Promise<Map<string, TakenReport>> => {
  const sorted = reports.toSorted((a, b) => (a.after.caseId < b.after.caseId ? -1 : 1));
  const [county, cases, events, tallies, photos, contacts] = reportArguments(countyCode, sorted);
  const unitWords = some(unitWordRows(sorted));
  const forUnits = sql`, unit_worded AS (
      INSERT INTO unit_case_words (county_code, unit_code, reported_at, case_id, words)
      SELECT ${county}, u.unit_code, u.reported_at, u.case_id, u.words
      FROM json_to_recordset(${unitWords}::json)
        AS u(unit_code text, reported_at timestamptz, case_id uuid, words text)
      JOIN taken ON taken.out_case_id = u.case_id AND taken.fresh
    )`;
  const { rows } = await sql<Answer>`
    WITH taken AS MATERIALIZED (
      SELECT * FROM onegrid.report_cases(${county}, ${cases}::json, ${events}::json,
        ${tallies}::json, ${photos}::json, ${contacts}::json)
    ), worded AS (
      INSERT INTO case_words (county_code, case_id, grid_code, reported_at, words, bigrams)
      SELECT ${county}, w.case_id, w.grid_code, w.reported_at, w.words, w.bigrams
      FROM json_to_recordset(${wordRows(sorted)}::json)
        AS w(case_id uuid, grid_code text, reported_at timestamptz, words text, bigrams integer[])
      JOIN taken ON taken.out_case_id = w.case_id AND taken.fresh
    )${unitWords === null ? sql`` : forUnits}
    SELECT * FROM taken`.execute(db);
  return new Map(
    rows.map((row) => [
      row.out_case_id,
      {
        caseNumber: row.out_case_number,
        fresh: row.fresh,
        storedHash: row.stored_hash,
        storedReceipt: row.stored_receipt,
      },
    ]),
  );
};
