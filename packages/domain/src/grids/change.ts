import type { GridChangeAction, GridChangeHold, GridChangeState, Refusal } from "@onegrid/contract";
import type { Actor } from "../cases/actor.ts";
import { refuse, type Refused } from "../refused.ts";
import { isWithin, levelOf, type LevelLengths } from "./code.ts";
import { isPublished } from "./hold.ts";

/** What deciding on a change of grids needs to know of it. */
export type DecidedChange = {
  state: GridChangeState;
  /** The community whose grids change. */
  parentCode: string;
  writtenBy: string;
  proposedBy: string | null;
  /** What keeps it from being approved; see `holdOf`. */
  hold: GridChangeHold | null;
};

type Relation = "arranger" | "street";

type ChangeEdge = {
  action: GridChangeAction;
  from: readonly GridChangeState[];
  to: GridChangeState;
  by: Relation;
  /** Not by whoever wrote or proposed it. */
  fourEyes?: true;
  noteRequired?: true;
};

/**
 * 网格调整 as a table: a draft is handed in by whoever arranges work over the place, published by its
 * street (or the county, which stands in for it) and, when the term is over and no objection
 * stands, approved by it — by another person. One that waits for its day can still be taken back.
 */
export const GRID_CHANGE_EDGES: readonly ChangeEdge[] = [
  { action: "propose", from: ["draft"], to: "proposed", by: "arranger" },
  { action: "publish", from: ["proposed"], to: "proposed", by: "street" },
  { action: "approve", from: ["proposed"], to: "approved", by: "street", fourEyes: true },
  {
    action: "refuse",
    from: ["proposed"],
    to: "refused",
    by: "street",
    fourEyes: true,
    noteRequired: true,
  },
  { action: "withdraw", from: ["draft", "proposed"], to: "withdrawn", by: "arranger" },
  { action: "withdraw", from: ["approved"], to: "withdrawn", by: "street", noteRequired: true },
];

/** Whether it is still to be decided or waits for its day. */
export const isGridChangeOpen = (state: GridChangeState): boolean =>
  state === "draft" || state === "proposed" || state === "approved";

/** Whether the actor arranges work over the place: a head, street or county over the community. */
export const mayArrangeGrids = (actor: Pick<Actor, "role" | "scopeCode">, parentCode: string) =>
  ["head", "street", "county_centre"].includes(actor.role) && isWithin(parentCode, actor.scopeCode);

const stands = (
  relation: Relation,
  actor: Actor,
  parentCode: string,
  lengths: LevelLengths,
): boolean =>
  mayArrangeGrids(actor, parentCode) &&
  (relation === "arranger" ||
    actor.role !== "head" ||
    // 一级网格长 leads the street.
    (levelOf(actor.scopeCode, lengths) ?? 3) <= 1);

const edgeOf = (action: GridChangeAction, state: GridChangeState): ChangeEdge | undefined =>
  GRID_CHANGE_EDGES.find((edge) => edge.action === action && edge.from.includes(state));

const HELD_UP: Record<GridChangeHold, string> = {
  not_published: "grid_changes.notice_missing",
  notice_withdrawn: "grid_changes.notice_missing",
  term_runs: "grid_changes.term_runs",
  objection_open: "grid_changes.objection_stands",
  objection_upheld: "grid_changes.objection_stands",
};

const forbids = (
  edge: ChangeEdge,
  change: DecidedChange,
  actor: Actor,
  lengths: LevelLengths,
): string | undefined => {
  if (!stands(edge.by, actor, change.parentCode, lengths)) return "grid_changes.not_in_charge";
  // What is published is not published twice, and nothing is approved that the notice holds up.
  if (edge.action === "publish" && isPublished(change.hold)) return "grid_changes.not_possible";
  const authors = [change.writtenBy, change.proposedBy];
  if (edge.fourEyes && authors.includes(actor.accountId)) return "grid_changes.four_eyes";
  return edge.action === "approve" && change.hold !== null ? HELD_UP[change.hold] : undefined;
};

/** What the actor may do to the change now, in the table's order. */
export const gridChangeActions = (
  change: DecidedChange,
  actor: Actor,
  lengths: LevelLengths,
): GridChangeAction[] =>
  GRID_CHANGE_EDGES.filter(
    (edge) =>
      edge.from.includes(change.state) && forbids(edge, change, actor, lengths) === undefined,
  ).map(({ action }) => action);

const STATUS: Partial<Record<string, Refusal["status"]>> = {
  "grid_changes.four_eyes": 403,
  "grid_changes.not_in_charge": 403,
};

/**
 * The state an action leads to. Refusals: `grid_changes.not_possible`, `.not_in_charge`,
 * `.four_eyes`, `.notice_missing`, `.term_runs`, `.objection_stands`, `.note_required`, and
 * `.day_is_past` for a change whose day has gone by.
 */
export const decideGridChange = (
  change: DecidedChange & { effectiveOn: string },
  command: { action: GridChangeAction; note: string | null },
  actor: Actor,
  { levelLengths, today }: { levelLengths: LevelLengths; today: string },
): GridChangeState | Refused => {
  const { action, note } = command;
  const edge = edgeOf(action, change.state);
  if (edge === undefined) {
    return refuse("grid_changes.not_possible", 409, `not possible in state ${change.state}`, {
      action,
      state: change.state,
    });
  }
  const code = forbids(edge, change, actor, levelLengths);
  if (code !== undefined) {
    return refuse(code, STATUS[code] ?? 409, "not this step by this account", { action });
  }
  // Taking back what everybody could read says why.
  const isTold = action === "withdraw" && isPublished(change.hold);
  if ((edge.noteRequired || isTold) && (note === null || note.trim() === "")) {
    return refuse("grid_changes.note_required", 422, "this step needs a reason", { action });
  }
  const isAhead = edge.to !== "refused" && edge.to !== "withdrawn";
  if (isAhead && change.effectiveOn < today) {
    return refuse("grid_changes.day_is_past", 409, "the day it was to take effect has gone by", {
      effectiveOn: change.effectiveOn,
      today,
    });
  }
  return edge.to;
};

/**
 * Codes for new grids under a parent: the lowest numbers no grid ever had, so that a code never
 * means two places. Null when the level's digits are used up.
 */
export const newGridCodes = (
  parentCode: string,
  codesEver: Iterable<string>,
  count: number,
  lengths: LevelLengths,
): string[] | null => {
  const level = levelOf(parentCode, lengths);
  const length = level === undefined ? undefined : lengths[level + 1];
  if (length === undefined) return null;
  const digits = length - parentCode.length;
  const used = new Set(codesEver);
  const codes: string[] = [];
  for (let n = 1; codes.length < count; n++) {
    const tail = String(n).padStart(digits, "0");
    if (tail.length > digits) return null;
    if (!used.has(parentCode + tail)) codes.push(parentCode + tail);
  }
  return codes;
};
