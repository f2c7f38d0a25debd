import { caseMilestones, clocksOf, type Actor, type Case, type Decided } from "@onegrid/domain";
import type { Trx } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import { appendDecided } from "./case-log.ts";
import { eventOfRow } from "./case-row.ts";
import { storeCommand, type LogRow } from "./case-store.ts";
import type { Counting, CountyRules } from "./county-rules.ts";

/** A locked case with everything that deciding on it needs. */
export type LockedCase = { before: Case; rows: readonly LogRow[]; counting: Counting };

/**
 * Appends what was decided to a locked case's log and stores all that follows from it: row, counts
 * and next milestone, in one statement. `command` is null when the software acts by itself.
 */
export const appendToCase = async (
  trx: Trx,
  countyCode: string,
  { before, rows, counting }: LockedCase,
  decided: readonly Decided[],
  from: {
    actor: Actor;
    occurredAt: Date;
    rules: Pick<CountyRules, "timeZone">;
    command: { commandId: string; hash: Buffer } | null;
  },
): Promise<Case> => {
  const { actor, occurredAt, rules, command } = from;
  const appended = appendDecided(before, decided, {
    caseId: before.caseId,
    firstEventId: command?.commandId ?? newId(),
    actor,
    occurredAt,
    now: occurredAt,
    timeZone: rules.timeZone,
  });
  const clocks = clocksOf([...rows.map(eventOfRow), ...appended.events]);
  const milestones = caseMilestones(clocks, counting.rules, counting.calendar);
  await storeCommand(trx, countyCode, appended, milestones, command?.hash ?? null);
  return appended.after;
};
