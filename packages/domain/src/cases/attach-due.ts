import type { Case } from "./case.ts";
import { CASE_CLOCK, clocksOf } from "./clock-projection.ts";
import type { CaseContext } from "./command.ts";
import type { CaseEvent, CaseEventBody } from "./event.ts";

/** Kinds that move a deadline whenever they happen. */
const MOVES_DUE: readonly CaseEventBody["kind"][] = [
  "grant_extension",
  "grant_suspension",
  "resume",
  "rework",
  "reopen",
];

/** Kinds that end a suspension before its time, and so bring its deadline forward. */
const ENDS_SUSPENSION: readonly CaseEventBody["kind"][] = [
  "feed_back",
  "self_handle",
  "void",
  "merge",
];

/**
 * The event with the deadline it leads to, where it moves one. The deadline is read off the clock
 * of the whole log, never counted on from the last one, so that no pause is lost.
 */
export const attachDue = (
  c: Case,
  body: CaseEventBody,
  { log, now, dueOf }: Pick<CaseContext, "log" | "now" | "dueOf">,
): CaseEventBody => {
  const moves =
    MOVES_DUE.includes(body.kind) ||
    (c.suspendedUntil !== null && ENDS_SUSPENSION.includes(body.kind));
  if (!moves || c.dueAt === null) return body;
  const event = {
    ...body,
    caseId: c.caseId,
    seq: c.version + 1,
    occurredAt: now,
    actorRole: "system",
    actorAccountId: null,
  } as CaseEvent;
  const clock = clocksOf([...log, event]).get(CASE_CLOCK);
  if (clock === undefined) return body;
  return { ...body, data: { ...body.data, due: dueOf(clock) } } as CaseEventBody;
};
