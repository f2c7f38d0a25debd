import type {
  answerCallback as answerEndpoint,
  EndpointAnswer,
  EndpointParsed,
  listCallbacks as listEndpoint,
} from "@onegrid/contract";
import { maskedAddress } from "@onegrid/domain";
import { sql } from "kysely";
import { everywhere, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { caseNumber, caseRulesOf, countyDay, openContact } from "../cases/index.ts";
import { answerIncomplete, callbackDone, callbackNotFound } from "./problems.ts";
import { insertRating } from "./rating-store.ts";
import type { FeedbackConfig } from "./receipt-feedback.ts";

const MOST = 50;
/** After so many tries nobody is troubled again; that is a normal result. */
const TRIES = 3;

type Row = {
  callback_id: string;
  case_id: string;
  attempts: number;
  closed_at: Date;
  reported_at: Date;
  case_number: string;
  category_name: string;
  grid_name: string;
  key_id: string | null;
  ciphertext: Buffer | null;
};

/** Calls of the sample that wait. Whoever calls opens the one contact with `openReporterContact`. */
export const listCallbacks = async (
  ctx: StaffCtx,
  config: FeedbackConfig,
): Promise<EndpointAnswer<typeof listEndpoint>> => {
  const { countyCode, timeZone } = ctx.county;
  const { rules } = await caseRulesOf(ctx.db, countyCode);
  const rows = await inScope(ctx.db, everywhere(ctx.county.countyCode), async (trx) => {
    const found = await sql<Row>`
      SELECT t.callback_id, t.case_id, t.attempts, t.closed_at, c.reported_at, c.case_number,
        k.name AS category_name, g.name AS grid_name, r.key_id, r.ciphertext
      FROM callback_task t
      JOIN cases c ON c.county_code = t.county_code AND c.case_id = t.case_id
      JOIN category k ON k.county_code = c.county_code AND k.category_code = c.category_code
        AND k.version = c.category_version
      JOIN grid g ON g.county_code = c.county_code AND g.grid_code = c.grid_code
        AND g.version = c.grid_version
      LEFT JOIN reporter_contact r ON r.county_code = t.county_code AND r.case_id = t.case_id
      WHERE t.county_code = ${countyCode} AND t.state = 'waiting'
      ORDER BY t.closed_at, t.callback_id LIMIT ${MOST}`.execute(trx);
    return found.rows;
  });
  return {
    sharePercent: rules.callBackShare * 100,
    callbacks: rows.map((row) => ({
      callbackId: row.callback_id,
      caseId: row.case_id,
      number: caseNumber(row.reported_at, row.case_number, timeZone),
      categoryName: row.category_name,
      gridName: row.grid_name,
      closedAt: row.closed_at.toISOString(),
      maskedContact:
        row.key_id === null || row.ciphertext === null
          ? null
          : maskedAddress(
              openContact(config.dataKey, countyCode, row.case_id, {
                keyId: row.key_id,
                ciphertext: row.ciphertext,
              }),
            ),
      attempts: row.attempts,
    })),
  };
};

/**
 * Writes down what a call brought. An answer becomes the reporter's rating, unless they have rated
 * by receipt in the meantime. Throws `feedback.callback_not_found`, `.callback_done`,
 * `.answer_incomplete`.
 */
export const answerCallback = (
  ctx: StaffCtx,
  callbackId: string,
  { result, score, resolved, words }: EndpointParsed<typeof answerEndpoint>["body"],
): Promise<EndpointAnswer<typeof answerEndpoint>> => {
  const { countyCode, timeZone } = ctx.county;
  const isAnswer = result === "answered";
  if (isAnswer !== (score !== null) || isAnswer !== (resolved !== null)) {
    throw new ProblemError(answerIncomplete);
  }
  const now = ctx.clock.now();
  return inScope(ctx.db, everywhere(ctx.county.countyCode), async (trx) => {
    const { rows } = await sql<{
      case_id: string;
      state: string;
      attempts: number;
      grid_code: string;
      unit_code: string;
    }>`
      SELECT t.case_id, t.state, t.attempts, c.grid_code,
        CASE WHEN c.tier = 'department'
          THEN coalesce(c.involved_units[cardinality(c.involved_units)], '') ELSE '' END AS unit_code
      FROM callback_task t
      JOIN cases c ON c.county_code = t.county_code AND c.case_id = t.case_id
      WHERE t.county_code = ${countyCode} AND t.callback_id = ${callbackId}::uuid
      FOR UPDATE OF t`.execute(trx);
    const [task] = rows;
    if (task === undefined) throw new ProblemError(callbackNotFound);
    if (task.state === "done") throw new ProblemError(callbackDone);
    const attempts = task.attempts + 1;
    const done = result !== "not_reached" || attempts >= TRIES;
    if (score !== null && resolved !== null) {
      await insertRating(trx, countyCode, {
        caseId: task.case_id,
        followerId: task.case_id,
        source: "callback",
        score,
        resolved,
        words: words === "" ? null : words,
        ratedAt: now,
        month: countyDay(now, timeZone).slice(0, 7),
        gridCode: task.grid_code,
        unitCode: task.unit_code,
      });
    }
    await sql`
      UPDATE callback_task SET attempts = ${attempts}, state = ${done ? "done" : "waiting"},
        result = ${result}, answered_at = ${done ? now : null}::timestamptz,
        answered_by = ${done ? ctx.actor.accountId : null}::uuid
      WHERE county_code = ${countyCode} AND callback_id = ${callbackId}::uuid`.execute(trx);
    return { done, attempts };
  });
};
