import type { CaseAction } from "@onegrid/contract";
import type { Case } from "./case.ts";
import { isEnded } from "./case.ts";
import type { CaseEvent, MoveData } from "./event.ts";
import { edgeFor } from "./lifecycle.ts";

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
    disposedAt: null,
    disposedBy: null,
    closedAt: null,
    version: 1,
  };
};

const moved = (before: Case, data: MoveData): Partial<Case> => ({
  tier: data.tier,
  holderCode: data.holderCode,
  involvedUnits:
    data.tier === "department" && !before.involvedUnits.includes(data.holderCode)
      ? [...before.involvedUnits, data.holderCode]
      : before.involvedUnits,
});

const change = (before: Case, event: CaseEvent): Partial<Case> => {
  switch (event.kind) {
    case "report":
      throw new RangeError(`case ${event.caseId}: a second report at ${event.seq}`);
    case "file":
      return {
        filedAt: event.occurredAt,
        limit: event.data.limit,
        dueAt: new Date(event.data.dueAt),
      };
    case "dispatch":
    case "escalate":
    case "return":
      return moved(before, event.data);
    case "feed_back":
    case "self_handle":
      return {
        attachmentIds: [...before.attachmentIds, ...event.data.attachmentIds],
        disposedAt: event.occurredAt,
        disposedBy: event.actorAccountId,
      };
    case "rework":
      return {
        attachmentIds: [...before.attachmentIds, ...event.data.attachmentIds],
        disposedAt: null,
        disposedBy: null,
      };
    default:
      return { attachmentIds: [...before.attachmentIds, ...event.data.attachmentIds] };
  }
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
  const edge =
    event.kind === "report" ? undefined : edgeFor(event.kind as CaseAction, before.state);
  const after = { ...before, ...change(before, event), version: event.seq };
  if (edge === undefined) {
    throw new RangeError(`case ${event.caseId}: ${event.kind} from ${before.state}`);
  }
  after.state = edge.to;
  if (isEnded(edge.to)) {
    after.closedAt = event.occurredAt;
    after.holderCode = null;
  }
  return after;
};

/** The case a log describes. Shape: events of one case in `seq` order, at least one. */
export const foldCase = (events: readonly CaseEvent[]): Case => {
  const folded = events.reduce<Case | null>(applyEvent, null);
  if (folded === null) throw new RangeError("an empty log folds to no case");
  return folded;
};
