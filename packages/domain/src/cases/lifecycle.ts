import type { CaseAction, CaseState } from "@onegrid/contract";
import type { CaseEventBody } from "./event.ts";
import { isInterim } from "./event.ts";
import { MAIN_EDGES } from "./main-edges.ts";
import { SIDE_EDGES } from "./side/side-edges.ts";

/**
 * Who may take an edge, as a relation between the actor and the case:
 * · holder — whose turn it is: the grid (or a grid above it in the same line) or the department;
 * · dispatcher — 派遣员: the street or the county centre over the place;
 * · grid_staff — worker, head, street or county centre over the place, 核查 among their duties;
 * · street_head — 街道负责人: who approves a whistle; the county centre stands in;
 * · county_centre — 县级中心;
 * · called_unit — a department that an approved whistle awaits;
 * · sub_task_holder — who has an open sub-task of it;
 * · last_unit — the department that was the last to hold it;
 * · reporter — the resident, through the receipt.
 */
export type Relation =
  | "holder"
  | "dispatcher"
  | "grid_staff"
  | "street_head"
  | "county_centre"
  | "called_unit"
  | "sub_task_holder"
  | "last_unit"
  | "reporter";

/** What else must be true for an edge; each is a function of `guards.ts`. */
export type Guard =
  | "not_suspended"
  | "suspended"
  | "nothing_open"
  | "reopenable"
  | "no_owner_unknown"
  | "owner_undecided"
  | "may_ask_extension"
  | "extension_asked"
  | "extension_endorsed"
  | "extension_pending"
  | "may_ask_suspension"
  | "suspension_asked"
  | "suspension_ahead"
  | "no_supervision_open"
  | "supervision_open"
  | "no_whistle_open"
  | "whistle_called"
  | "whistle_approved"
  | "units_awaited"
  | "units_unrated"
  | "may_appeal"
  | "appeal_asked"
  | "appeal_endorsed"
  | "appeal_pending"
  | "sub_task_assigned"
  | "sub_tasks_open";

export type Edge = {
  action: CaseAction;
  from: readonly CaseState[];
  /** Null: the case stays in its state. */
  to: CaseState | null;
  by: readonly Relation[];
  noteRequired?: true;
  targetRequired?: true;
  detailsRequired?: true;
  /** Only while a grid tier holds the case: a department neither solves on the spot nor climbs. */
  gridTierOnly?: true;
  /** 四眼: whoever disposed of the case does not confirm it. */
  notByDisposer?: true;
  guards?: readonly Guard[];
  /** The rule or document the edge comes from. */
  basis: string;
};

/** The whole lifecycle. Adding a path is adding a line; fronts draw their buttons from it. */
export const LIFECYCLE: readonly Edge[] = [...MAIN_EDGES, ...SIDE_EDGES];

/** The edge an action takes from a state, or undefined. Actions have at most one edge a state. */
export const edgeFor = (action: CaseAction, state: CaseState): Edge | undefined =>
  LIFECYCLE.find((edge) => edge.action === action && edge.from.includes(state));

/**
 * Where an event leads. Two edges depend on the event or the case: a feedback that only names a
 * day leaves the work under way, and what is reopened without ever having been filed is a report
 * again.
 */
export const stateAfter = (
  edge: Edge,
  event: CaseEventBody,
  before: { state: CaseState; filedAt: Date | null },
): CaseState => {
  if (isInterim(event)) return "signed";
  if (event.kind === "reopen" && before.filedAt === null) return "reported";
  return edge.to ?? before.state;
};
