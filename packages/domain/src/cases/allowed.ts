import type { CaseAction } from "@onegrid/contract";
import { isGridTier } from "../grids/code.ts";
import { ownSubTasks, stands, type Actor } from "./actor.ts";
import type { Case } from "./case.ts";
import { guardedBy, type GuardCode, type GuardContext } from "./guards.ts";
import { LIFECYCLE, type Edge } from "./lifecycle.ts";
import { isOpenSubTask, unratedUnits } from "./side/side.ts";

/** Why the actor may not take the edge now; undefined when they may. */
export const forbids = (
  edge: Edge,
  c: Case,
  actor: Actor,
  context: GuardContext,
): GuardCode | "cases.not_in_charge" | undefined => {
  if (edge.gridTierOnly && !isGridTier(c.tier)) return "cases.transition_not_allowed";
  // The county is the last tier: there is nobody above to take it.
  if (edge.action === "escalate" && c.tier === "county") return "cases.transition_not_allowed";
  if (!edge.by.some((relation) => stands(actor, relation, c, context.levelLengths))) {
    return "cases.not_in_charge";
  }
  if (edge.notByDisposer && actor.accountId !== null && actor.accountId === c.disposedBy) {
    return "cases.four_eyes";
  }
  return guardedBy(edge.guards ?? [], c, actor, context);
};

/** Edges the actor may take now, in the table's order: what the fronts draw as buttons. */
export const allowedActions = (c: Case, actor: Actor, context: GuardContext): Edge[] =>
  LIFECYCLE.filter(
    (edge) => edge.from.includes(c.state) && forbids(edge, c, actor, context) === undefined,
  );

/** Sub-tasks that an action may be taken on; empty for actions on the case itself. */
export const subTasksFor = (
  action: CaseAction,
  c: Case,
  actor: Actor,
  context: Pick<GuardContext, "levelLengths">,
): number[] => {
  const tasks = () => ownSubTasks(actor, c, context.levelLengths);
  switch (action) {
    case "sign_sub_task":
      return tasks().flatMap(({ subTask, state }) => (state === "assigned" ? subTask : []));
    case "finish_sub_task":
      return tasks().map(({ subTask }) => subTask);
    case "waive_sub_task":
      return c.side.subTasks.filter(isOpenSubTask).map(({ subTask }) => subTask);
    default:
      return [];
  }
};

/** Units that an action may be taken on: those to be rated. */
export const unitsFor = (action: CaseAction, c: Case): string[] =>
  action === "rate_whistle" ? unratedUnits(c.side) : [];
