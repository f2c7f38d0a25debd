import type { PublicCase } from "@onegrid/contract";
import { applyEvent, type Case, type CaseEvent, type ToldEvent } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { selectLog, selectNamedCase, selectNames } from "./case-detail-queries.ts";
import { caseNumber } from "./case-number.ts";
import { caseOfRow } from "./case-row.ts";
import { publicCaseView } from "./case-views.ts";
import { countyDay } from "./county-days.ts";
import { holdersIn } from "./get-case.ts";

/** A case as those outside the house are told of it, with its steps in order. */
export type ToldCase = {
  view: PublicCase;
  present: Case;
  /** The reporter's secret; null for cases that staff reported. */
  receiptCode: string | null;
  steps: (ToldEvent & { seq: number; event: CaseEvent; after: Case })[];
};

const numberOf = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
  timeZone: string,
): Promise<string | null> => {
  const row = await trx
    .selectFrom("cases")
    .select(["reported_at", "case_number"])
    .where("county_code", "=", countyCode)
    .where("case_id", "=", caseId)
    .executeTakeFirst();
  return row === undefined ? null : caseNumber(row.reported_at, row.case_number, timeZone);
};

const toldStep = (
  event: CaseEvent,
  after: Case,
  names: Map<string, string>,
  timeZone: string,
): ToldEvent => ({
  kind: event.kind,
  toState: after.state,
  holderName: after.holderCode === null ? null : (names.get(after.holderCode) ?? null),
  note: "note" in event.data ? event.data.note : null,
  result: event.kind === "feed_back" ? (event.data.result ?? "done") : null,
  nextDay: event.kind === "feed_back" ? (event.data.nextDay ?? null) : null,
  pausedUntil:
    event.kind === "grant_suspension"
      ? countyDay(new Date(Date.parse(event.data.resumesAt) - 1), timeZone)
      : null,
  mergedInto: null,
});

/**
 * A case with what its steps mean to whoever follows it; undefined when it is not in the
 * transaction's sight. Four statements, five for a case that was merged into another.
 */
export const readToldCase = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
  timeZone: string,
): Promise<ToldCase | undefined> => {
  const row = await selectNamedCase(trx, countyCode, { caseId });
  if (row === undefined) return undefined;
  const log = await selectLog(trx, countyCode, caseId);
  const names = await selectNames(trx, countyCode, holdersIn(log));
  const { rows } = await sql<{ receipt_code: string | null }>`
    SELECT receipt_code FROM cases
    WHERE county_code = ${countyCode} AND case_id = ${caseId}::uuid`.execute(trx);
  const steps: ToldCase["steps"] = [];
  let after: Case | null = null;
  for (const { event } of log) {
    after = applyEvent(after, event);
    const step = toldStep(event, after, names, timeZone);
    if (event.kind === "merge") {
      step.mergedInto = await numberOf(trx, countyCode, event.data.intoCaseId, timeZone);
    }
    steps.push({ ...step, seq: event.seq, event, after });
  }
  return {
    view: publicCaseView(row, timeZone),
    present: caseOfRow(row),
    receiptCode: rows[0]?.receipt_code ?? null,
    steps,
  };
};
