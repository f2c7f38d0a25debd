import type { CaseMilestone } from "@onegrid/domain";
import { sql, type RawBuilder } from "kysely";
import type { Trx } from "../../platform/database.ts";

const rowOfMilestone = (milestone: CaseMilestone) => ({
  clock_key: milestone.clockKey,
  key: milestone.key,
  round: milestone.round,
  reached_at: milestone.reachedAt,
  fire_at: milestone.fireAt,
});

/** The first milestone of a new case, as `onegrid.report_cases` (migration 0049) takes it. */
export const nextMilestoneOf = (milestones: readonly CaseMilestone[]) => {
  const [next] = milestones;
  return next === undefined
    ? {}
    : {
        next_clock: next.clockKey,
        next_key: next.key,
        next_round: next.round,
        next_reached_at: next.reachedAt,
        next_fire_at: next.fireAt,
      };
};

/**
 * Parts of a statement (common tables) that make the earliest milestone which has not fired yet the
 * case's next one. The caller holds the lock on the case. What is removed and what is written are
 * never the same line, since both see the table as it was.
 */
export const rewriteMilestones = (
  countyCode: string,
  caseId: string,
  milestones: readonly CaseMilestone[],
): RawBuilder<unknown> => sql`next_milestone AS (
      SELECT m.* FROM json_to_recordset(${JSON.stringify(milestones.map(rowOfMilestone))}::json)
        AS m(clock_key text, key text, round integer, reached_at timestamptz, fire_at timestamptz)
      WHERE NOT EXISTS (SELECT FROM case_milestone f
        WHERE f.county_code = ${countyCode} AND f.case_id = ${caseId}::uuid
          AND f.clock_key = m.clock_key AND f.key = m.key AND f.round = m.round
          AND f.fired_at IS NOT NULL)
      ORDER BY m.fire_at, m.clock_key, m.key LIMIT 1
    ), stale_milestone AS (
      DELETE FROM case_milestone s
      WHERE s.county_code = ${countyCode} AND s.case_id = ${caseId}::uuid AND s.fired_at IS NULL
        AND NOT EXISTS (SELECT FROM next_milestone n
          WHERE n.clock_key = s.clock_key AND n.key = s.key AND n.round = s.round)
    ), written_milestone AS (
      INSERT INTO case_milestone (county_code, case_id, clock_key, key, round, reached_at, fire_at)
      SELECT ${countyCode}, ${caseId}::uuid, n.* FROM next_milestone n
      ON CONFLICT (county_code, case_id, clock_key, key, round)
        DO UPDATE SET reached_at = excluded.reached_at, fire_at = excluded.fire_at
    )`;

export type DueMilestone = { case_id: string; clock_key: string; key: string; round: number };

/** Writes the case's next milestone when nothing else of it changes. */
export const storeNextMilestone = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
  milestones: readonly CaseMilestone[],
): Promise<void> => {
  await sql`WITH ${rewriteMilestones(countyCode, caseId, milestones)} SELECT 1`.execute(trx);
};

/**
 * Locks the case whose milestone has been due longest and that nobody else is at; undefined when
 * there is none. The case is locked first, as a command does, and its milestone is read after that.
 */
export const claimDueCase = async (
  trx: Trx,
  countyCode: string,
  now: Date,
): Promise<string | undefined> => {
  const { rows } = await sql<{ case_id: string }>`
    SELECT c.case_id FROM case_milestone m
    JOIN cases c ON c.county_code = m.county_code AND c.case_id = m.case_id
    WHERE m.county_code = ${countyCode} AND m.fired_at IS NULL AND m.fire_at <= ${now}::timestamptz
    ORDER BY m.fire_at LIMIT 1 FOR UPDATE OF c SKIP LOCKED`.execute(trx);
  return rows[0]?.case_id;
};

/** When somebody is to be told next of a case's clocks; undefined when nothing waits. */
export const readNextFire = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
): Promise<Date | undefined> => {
  const row = await trx
    .selectFrom("case_milestone")
    .select("fire_at")
    .where("county_code", "=", countyCode)
    .where("case_id", "=", caseId)
    .where("fired_at", "is", null)
    .executeTakeFirst();
  return row?.fire_at;
};

/** The due milestone of a locked case; undefined when another worker fired it in between. */
export const readDue = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
  now: Date,
): Promise<DueMilestone | undefined> => {
  const { rows } = await sql<DueMilestone>`
    SELECT case_id, clock_key, key, round FROM case_milestone
    WHERE county_code = ${countyCode} AND case_id = ${caseId}::uuid AND fired_at IS NULL
      AND fire_at <= ${now}::timestamptz`.execute(trx);
  return rows[0];
};

const change = async (
  trx: Trx,
  countyCode: string,
  { case_id, clock_key, key, round }: DueMilestone,
  set: RawBuilder<unknown>,
): Promise<void> => {
  await sql`UPDATE case_milestone SET ${set}
    WHERE county_code = ${countyCode} AND case_id = ${case_id}::uuid AND clock_key = ${clock_key}
      AND key = ${key} AND round = ${round}`.execute(trx);
};

/** Marks a milestone as fired: it fires this once, and who is to be alerted is (a trigger's job). */
export const markFired = (trx: Trx, countyCode: string, due: DueMilestone, now: Date) =>
  change(trx, countyCode, due, sql`fired_at = ${now}::timestamptz`);

/** Moves a milestone to a moment at which somebody is at work. */
export const postponeDue = (trx: Trx, countyCode: string, due: DueMilestone, fireAt: Date) =>
  change(trx, countyCode, due, sql`fire_at = ${fireAt}::timestamptz`);
