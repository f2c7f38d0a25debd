import { sql } from "kysely";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { addDays } from "../cases/index.ts";
import { getBoard } from "./get-board.ts";
import { LONGEST_PERIOD_DAYS } from "./problems.ts";

/** 应处置数 and 按期处置数 of a whole county, and the days between which they became due. */
export type OnTime = { from: string | null; to: string | null; due: number; onTime: number };

/**
 * On time of all cases of a county, counted from the events of the log alone: neither the cases' rows
 * nor the rollup nor any clock of the program is looked at. The deadline is the one of the filing, or
 * the last that an event moved it to; disposed is the last feedback that was not taken back, and not
 * one that only named a day; what was voided, merged or not accepted was never due.
 */
export const onTimeFromLog = (ctx: Ctx): Promise<OnTime> => {
  const { countyCode, timeZone } = ctx.county;
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { rows } = await sql<OnTime>`
      WITH log AS (
        SELECT case_id, seq, kind, occurred_at, data FROM case_event
        WHERE county_code = ${countyCode}
      ), deadline AS (
        SELECT DISTINCT ON (case_id) case_id,
          coalesce(data -> 'due' ->> 'dueAt', data ->> 'dueAt')::timestamptz AS due_at
        FROM log WHERE kind = 'file' OR data ? 'due' ORDER BY case_id, seq DESC
      ), result AS (
        SELECT DISTINCT ON (case_id) case_id, occurred_at,
          kind IN ('feed_back', 'self_handle') AS disposed
        FROM log
        WHERE kind IN ('self_handle', 'rework', 'reopen')
          OR (kind = 'feed_back' AND data ->> 'result' IS DISTINCT FROM 'scheduled')
        ORDER BY case_id, seq DESC
      ), gone AS (SELECT DISTINCT case_id FROM log WHERE kind IN ('void', 'merge', 'refuse'))
      SELECT min((due_at AT TIME ZONE ${timeZone})::date)::text AS "from",
        max((due_at AT TIME ZONE ${timeZone})::date)::text AS "to", count(*)::int AS due,
        (count(*) FILTER (WHERE disposed AND occurred_at <= due_at))::int AS "onTime"
      FROM deadline LEFT JOIN result USING (case_id)
      WHERE case_id NOT IN (SELECT case_id FROM gone)`.execute(trx);
    return rows[0] ?? { from: null, to: null, due: 0, onTime: 0 };
  });
};

/** The same two figures as the board shows them, added up over as many boards as the days need. */
export const onTimeOnBoard = async (
  ctx: Ctx,
  { from, to }: Pick<OnTime, "from" | "to">,
): Promise<Pick<OnTime, "due" | "onTime">> => {
  const sum = { due: 0, onTime: 0 };
  if (from === null || to === null) return sum;
  for (let day = from; day <= to; day = addDays(day, LONGEST_PERIOD_DAYS)) {
    const last = addDays(day, LONGEST_PERIOD_DAYS - 1);
    const { disposedOnTime } = await getBoard(ctx, { from: day, to: last < to ? last : to });
    sum.due += disposedOnTime.denominator;
    sum.onTime += disposedOnTime.numerator;
  }
  return sum;
};
