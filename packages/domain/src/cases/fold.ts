import type { CaseAction } from "@onegrid/contract";
import type { Case } from "./case.ts";
import { isEnded } from "./case.ts";
import { isInterim, type CaseEvent } from "./event.ts";
import { edgeFor, stateAfter } from "./lifecycle.ts";
import { awaitsOf } from "./side/awaits.ts";
import { endSide, foldSide, unitsCalled } from "./side/fold-side.ts";
import { EMPTY_SIDE, grantedCount, openSupervision } from "./side/side.ts";

const fromReport = (event: CaseEvent & { kind: "report" }): Case => {
  const { data } = event;
  return {
    caseId: event.caseId,
    state: "reported",
    tier: data.tier,
    holderCode: data.holderCode,
    involvedUnits: [],
    gridCode: data.gridCode,
    gridVersion: data.gridVersion,
    lng: data.lng,
    lat: data.lat,
    accuracyM: data.accuracyM,
    address: data.address,
    description: data.description,
    categoryCode: data.categoryCode,
    categoryVersion: data.categoryVersion,
    net: data.net,
    emergency: data.emergency,
    source: data.source,
    reporterAccountId: event.actorAccountId,
    componentCode: data.componentCode ?? null,
    attachmentIds: [...data.attachmentIds],
    reportedAt: event.occurredAt,
    filedAt: null,
    limit: null,
    dueAt: null,
    amberAt: null,
    calendarVersion: null,
    rulesVersion: null,
    suspendedUntil: null,
    supervisionLevel: null,
    extensions: 0,
    returns: 0,
    reworks: 0,
    mergedInto: null,
    overdueExempt: false,
    awaits: [],
    side: EMPTY_SIDE,
    disposedAt: null,
    disposedBy: null,
    closedAt: null,
    version: 1,
  };
};

/** The unit that holds it comes last; who came before goes on seeing it. */
const moved = (before: Case, data: { tier: Case["tier"]; holderCode: string }): Partial<Case> => ({
  tier: data.tier,
  holderCode: data.holderCode,
  involvedUnits:
    data.tier === "department"
      ? [...before.involvedUnits.filter((unit) => unit !== data.holderCode), data.holderCode]
      : before.involvedUnits,
});

/**
 * Whoever held it as the grid it lay in holds it as the grid it lies in now. A community that gets
 * its first grids goes on holding what it held.
 */
const relocated = (
  before: Case,
  { gridCode, gridVersion }: { gridCode: string; gridVersion: number },
): Partial<Case> => ({
  gridCode,
  gridVersion,
  holderCode:
    before.holderCode === before.gridCode && gridCode.length === before.gridCode.length
      ? gridCode
      : before.holderCode,
});

const main = (before: Case, event: CaseEvent): Partial<Case> => {
  switch (event.kind) {
    case "report":
      throw new RangeError(`case ${event.caseId}: a second report at ${event.seq}`);
    case "file": {
      const { limit, dueAt, amberAt, calendarVersion, rulesVersion } = event.data;
      return {
        filedAt: event.occurredAt,
        limit,
        dueAt: new Date(dueAt),
        amberAt: amberAt === undefined ? null : new Date(amberAt),
        calendarVersion: calendarVersion ?? null,
        rulesVersion: rulesVersion ?? null,
      };
    }
    case "check":
    case "checked":
    case "dispatch":
    case "escalate":
    case "return":
    case "mark_no_owner":
      return moved(before, event.data);
    case "feed_back":
      return isInterim(event)
        ? {}
        : { disposedAt: event.occurredAt, disposedBy: event.actorAccountId };
    case "self_handle":
      return { disposedAt: event.occurredAt, disposedBy: event.actorAccountId };
    case "rework":
      return { disposedAt: null, disposedBy: null, reworks: before.reworks + 1 };
    case "reopen":
      return { ...moved(before, event.data), closedAt: null, disposedAt: null, disposedBy: null };
    case "grant_suspension":
      return { suspendedUntil: new Date(event.data.resumesAt) };
    case "grant_appeal":
      return { overdueExempt: true };
    case "merge":
      return { mergedInto: event.data.intoCaseId };
    case "recalendar":
      return { calendarVersion: event.data.calendarVersion };
    case "relocate":
      return relocated(before, event.data);
    default:
      return {};
  }
};

/** Disposing, ending or resuming ends a suspension; a planned end is known by its date. */
const endsSuspension = (event: CaseEvent, after: Case): boolean =>
  event.kind === "resume" || after.disposedAt !== null || isEnded(after.state);

const derived = (c: Case): Case => {
  const { side } = c;
  return {
    ...c,
    awaits: awaitsOf(side, c.state),
    supervisionLevel: openSupervision(side)?.level ?? null,
    extensions: grantedCount(side.extensions),
    returns: side.returns.length,
  };
};

/** The software's own marks on a case: they are taken in every state. */
const MARKS: ReadonlySet<CaseEvent["kind"]> = new Set(["absorb", "recalendar", "relocate"]);

const stepOf = (before: Case, event: CaseEvent): Case["state"] => {
  if (MARKS.has(event.kind)) return before.state;
  const edge =
    event.kind === "report" ? undefined : edgeFor(event.kind as CaseAction, before.state);
  if (edge === undefined) {
    throw new RangeError(`case ${event.caseId}: ${event.kind} from ${before.state}`);
  }
  return stateAfter(edge, event, before);
};

/**
 * One step of the fold. The log is trusted to be legal (`decide` wrote it); a log that is not
 * is a broken database and throws.
 */
export const applyEvent = (before: Case | null, event: CaseEvent): Case => {
  if (before === null) {
    if (event.kind !== "report") {
      throw new RangeError(`case ${event.caseId}: the log begins with ${event.kind}`);
    }
    return fromReport(event);
  }
  if (event.seq !== before.version + 1) {
    throw new RangeError(`case ${event.caseId}: event ${event.seq} after ${before.version}`);
  }
  const state = stepOf(before, event);
  const { due } = event.data;
  const photos = "attachmentIds" in event.data ? event.data.attachmentIds : [];
  const after: Case = {
    ...before,
    attachmentIds:
      photos.length === 0 ? before.attachmentIds : [...before.attachmentIds, ...photos],
    side: foldSide(before.side, event, before),
    ...main(before, event),
    ...(due !== undefined && { dueAt: new Date(due.dueAt), amberAt: new Date(due.amberAt) }),
    state,
    version: event.seq,
  };
  const called = unitsCalled(before.side, event).filter(
    (unit) => !after.involvedUnits.includes(unit),
  );
  // In front: the last one is whoever held it last.
  if (called.length > 0) after.involvedUnits = [...called, ...after.involvedUnits];
  if (isEnded(state) && !isEnded(before.state)) {
    after.closedAt = event.occurredAt;
    after.holderCode = null;
    after.side = endSide(after.side, event.occurredAt.toISOString());
  }
  if (after.suspendedUntil !== null && endsSuspension(event, after)) after.suspendedUntil = null;
  return derived(after);
};

/** The case a log describes. Shape: events of one case in `seq` order, at least one. */
export const foldCase = (events: readonly CaseEvent[]): Case => {
  const folded = events.reduce<Case | null>(applyEvent, null);
  if (folded === null) throw new RangeError("an empty log folds to no case");
  return folded;
};
