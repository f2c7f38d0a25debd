import type { Case, CaseEvent, Decided, Actor, Tally } from "@onegrid/domain";
import { applyEvent, tallyDelta } from "@onegrid/domain";
import { newId } from "../../platform/ids.ts";
import { countyDay } from "./county-days.ts";

/** Numbered events ready to be stored, the case they lead to and what they change in the counts. */
export type Appended = {
  before: Case | null;
  after: Case;
  events: (CaseEvent & { eventId: string })[];
  tallies: Tally[];
};

/**
 * Numbers what the domain decided and folds it onto the case. The first event carries
 * `firstEventId` (the command's or the case's own id), so that its repetition is found by key;
 * the software's own events follow under the role `system`.
 */
export const appendDecided = (
  before: Case | null,
  decided: readonly Decided[],
  from: {
    caseId: string;
    firstEventId: string;
    actor: Actor;
    /** When the actor did it; what the software adds happens `now`. */
    occurredAt: Date;
    now: Date;
    timeZone: string;
  },
): Appended => {
  let after = before;
  const events = decided.map(({ by, ...body }, index) => {
    const isSystem = by === "system";
    const event = {
      ...body,
      caseId: from.caseId,
      seq: (before?.version ?? 0) + index + 1,
      occurredAt: index === 0 ? from.occurredAt : from.now,
      actorRole: isSystem ? ("system" as const) : from.actor.role,
      actorAccountId: isSystem ? null : from.actor.accountId,
      eventId: index === 0 ? from.firstEventId : newId(),
    } satisfies CaseEvent & { eventId: string };
    after = applyEvent(after, event);
    return event;
  });
  if (after === null) throw new RangeError("nothing was decided");
  const dayOf = (at: Date) => countyDay(at, from.timeZone);
  return { before, after, events, tallies: tallyDelta(before, after, dayOf) };
};

/** Event → row of `case_event`, as JSON with the columns' names. */
export const rowOfEvent = (event: CaseEvent & { eventId: string }) => ({
  case_id: event.caseId,
  seq: event.seq,
  event_id: event.eventId,
  kind: event.kind,
  occurred_at: event.occurredAt,
  actor_role: event.actorRole,
  actor_account_id: event.actorAccountId,
  data: event.data,
});

/** Count → row of `case_tally`, as JSON with the columns' names. */
export const rowOfTally = (tally: Tally) => ({
  day: tally.day,
  grid_code: tally.gridCode,
  category_code: tally.categoryCode,
  net: tally.net,
  tier: tally.tier,
  unit_code: tally.unitCode,
  reported: tally.reported,
  opened: tally.opened,
  due: tally.due,
  disposed: tally.disposed,
  disposed_on_time: tally.disposedOnTime,
  overdue_exempt: tally.overdueExempt,
  closed: tally.closed,
});
