import type { CaseAction, CaseState } from "@onegrid/contract";

/**
 * Who may take an edge, as a relation between the actor and the case:
 * · holder — whose turn it is: the grid (or a grid above it in the same line) or the department;
 * · dispatcher — 派遣员: the street or the county centre over the place;
 * · grid_staff — worker, head, street or county centre over the place, 核查 among their duties.
 */
export type Relation = "holder" | "dispatcher" | "grid_staff";

export type Edge = {
  action: CaseAction;
  from: readonly CaseState[];
  to: CaseState;
  by: readonly Relation[];
  noteRequired?: true;
  targetRequired?: true;
  /** Only while a grid tier holds the case: a department neither solves on the spot nor climbs. */
  gridTierOnly?: true;
  /** 四眼: whoever disposed of the case does not confirm it. */
  notByDisposer?: true;
  /** The rule or document the edge comes from. */
  basis: string;
};

const FLOW = "GB/T 47678-2026 案卷建立—任务派遣—任务处理—处理反馈—核查结案";

/** The whole lifecycle. Adding a path is adding a line; fronts draw their buttons from it. */
export const LIFECYCLE: readonly Edge[] = [
  { action: "file", from: ["reported"], to: "filed", by: ["dispatcher", "holder"], basis: FLOW },
  {
    action: "refuse",
    from: ["reported"],
    to: "not_accepted",
    by: ["dispatcher"],
    noteRequired: true,
    basis: "不受理须说明理由并告知",
  },
  {
    action: "dispatch",
    from: ["filed", "dispatched"],
    to: "dispatched",
    by: ["dispatcher"],
    targetRequired: true,
    basis: FLOW,
  },
  { action: "sign", from: ["dispatched"], to: "signed", by: ["holder"], basis: FLOW },
  { action: "handle", from: ["signed"], to: "handled", by: ["holder"], basis: FLOW },
  {
    action: "feed_back",
    from: ["signed", "handled"],
    to: "fed_back",
    by: ["holder"],
    noteRequired: true,
    basis: "办结反馈",
  },
  {
    action: "verify",
    from: ["fed_back"],
    to: "verified",
    by: ["grid_staff"],
    notByDisposer: true,
    basis: FLOW,
  },
  {
    action: "rework",
    from: ["fed_back", "verified"],
    to: "dispatched",
    by: ["grid_staff"],
    noteRequired: true,
    basis: "核查不通过返工，回原处置单位",
  },
  { action: "close", from: ["verified"], to: "closed", by: ["dispatcher"], basis: FLOW },
  {
    action: "self_handle",
    from: ["reported", "filed", "dispatched", "signed"],
    to: "self_handled",
    by: ["holder"],
    noteRequired: true,
    gridTierOnly: true,
    basis: "网格内自行处置，立即结案",
  },
  {
    action: "return",
    from: ["dispatched", "signed"],
    to: "filed",
    by: ["holder"],
    noteRequired: true,
    basis: "退回须说明理由，回派遣员待派",
  },
  {
    action: "escalate",
    from: ["dispatched", "signed"],
    to: "dispatched",
    by: ["holder"],
    noteRequired: true,
    gridTierOnly: true,
    basis: "分级办理：本级不能办的上报上一级",
  },
];

/** The edge an action takes from a state, or undefined. Actions have at most one edge a state. */
export const edgeFor = (action: CaseAction, state: CaseState): Edge | undefined =>
  LIFECYCLE.find((edge) => edge.action === action && edge.from.includes(state));
