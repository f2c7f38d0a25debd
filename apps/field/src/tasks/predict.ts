import type { CaseAction, CaseDetail } from "@onegrid/contract";
import { edgeFor, LIFECYCLE } from "@onegrid/domain";
import type { OutboxItem } from "../outbox/item.ts";

/** After these the holder goes on holding; after any other it is somebody else's turn. */
const KEEPS_HOLDER: readonly CaseAction[] = ["sign", "handle"];

/**
 * What a case will look like after an action of the worker, by the same table the server uses:
 * the next buttons can be drawn without a network. The server's answer replaces it.
 */
export function predictAfter(detail: CaseDetail, action: CaseAction): CaseDetail {
  const edge = edgeFor(action, detail.state);
  if (edge === undefined) return { ...detail, allowed: [] };
  const state = edge.to ?? detail.state;
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
    if (applies && item.state === "waiting") seen = predictAfter(seen, item.command.action);
  }
  return seen;
}
