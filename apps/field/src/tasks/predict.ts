import type { CaseAction, CaseDetail, CommandDetails } from "@onegrid/contract";
import { edgeFor, LIFECYCLE } from "@onegrid/domain";
import type { OutboxItem } from "../outbox/item.ts";

/** After these the holder goes on holding; after any other it is somebody else's turn. */
const KEEPS_HOLDER: readonly CaseAction[] = ["sign", "handle"];

const without = (detail: CaseDetail, action: CaseAction): CaseDetail => ({
  ...detail,
  allowed: detail.allowed.filter((allowed) => allowed.action !== action),
});

/**
 * What a case will look like after an action of the worker, by the same table the server uses:
 * the next buttons can be drawn without a network. The server's answer replaces it.
 */
export function predictAfter(
  detail: CaseDetail,
  action: CaseAction,
  details: CommandDetails | null = null,
): CaseDetail {
  const edge = edgeFor(action, detail.state);
  if (edge === undefined) return { ...detail, allowed: [] };
  // Side matters leave the case where it is; asking for the same again is left to the server.
  if (edge.to === null) return without(detail, action);
  // 已约定日期: the reporter is told the day, and the work goes on.
  if (details?.action === "feed_back" && details.result === "scheduled") {
    return { ...without(detail, "handle"), state: "signed" };
  }
  const state = edge.to;
  const isGridTier = detail.tier !== "department";
  const next = KEEPS_HOLDER.includes(action)
    ? LIFECYCLE.filter(
        (e) =>
          e.from.includes(state) &&
          e.by.includes("holder") &&
          !e.targetRequired &&
          !e.detailsRequired &&
          e.to !== null &&
          (isGridTier || !e.gridTierOnly),
      )
    : [];
  return {
    ...detail,
    state,
    allowed: next.map((e) => ({
      action: e.action,
      noteRequired: e.noteRequired === true,
      targetRequired: false,
      detailsRequired: false,
      subTasks: [],
      units: [],
    })),
  };
}

/** The case as it will be when the account's waiting commands have arrived. */
export function withWaiting(detail: CaseDetail, items: readonly OutboxItem[]): CaseDetail {
  let seen = detail;
  for (const item of [...items].sort((a, b) => a.seq - b.seq)) {
    const applies = item.kind === "command" && item.caseId === detail.caseId;
    if (applies && item.state === "waiting")
      seen = predictAfter(seen, item.command.action, item.command.details);
  }
  return seen;
}
