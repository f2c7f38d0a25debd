import type { ReassignmentAct, ReassignmentState } from "@onegrid/contract";

/** What must hold for an edge; each is a function of `gaps.ts`. */
export type ReassignmentGuard =
  | "former_listed"
  | "former_left"
  | "posts_opened"
  | "all_have_candidates"
  | "all_reviewed"
  | "all_have_eligible"
  | "all_selected"
  | "something_to_publish"
  | "somebody_free"
  | "all_appointed"
  | "all_handed_over"
  | "all_acknowledged";

export type ReassignmentEdge = {
  act: ReassignmentAct;
  from: readonly ReassignmentState[];
  /** Null: the whole stays where it is. */
  to: ReassignmentState | null;
  guards?: readonly ReassignmentGuard[];
  /** The rule it comes from, and why. */
  basis: string;
};

/** Nothing of it is public yet, so that it can be undone. */
const UNPUBLISHED = ["opening", "calling", "reviewing", "selecting"] as const;

/**
 * The whole of 归零整合. Adding a path is adding a line; the guide draws its buttons from it and the
 * server refuses by it. Acts have at most one edge a state.
 */
export const REASSIGNMENT_LIFECYCLE: readonly ReassignmentEdge[] = [
  {
    act: "end_former",
    from: ["listing"],
    to: "opening",
    guards: ["former_listed"],
    basis: "归零：原四张网的岗位同一天终止",
  },
  {
    act: "end_former",
    from: [...UNPUBLISHED, "published", "handing_over"],
    to: null,
    guards: ["former_left"],
    basis: "补录的原岗位按同一天终止",
  },
  {
    act: "restore_former",
    from: UNPUBLISHED,
    to: "listing",
    basis: "公示前可以撤回终止",
  },
  { act: "open_posts", from: ["opening", "calling"], to: null, basis: "按岗位模板设岗" },
  {
    act: "remove_post",
    from: [...UNPUBLISHED, "published"],
    to: null,
    basis: "流岗：无人报名或无合适人选的岗位退出本次整合，保持空缺",
  },
  {
    act: "call",
    from: ["opening"],
    to: "calling",
    guards: ["posts_opened"],
    basis: "公布岗位后开始报名、推荐",
  },
  {
    act: "enter",
    from: ["calling", "reviewing", "selecting", "published"],
    to: null,
    basis: "个人报名或组织推荐；退回的岗位可以补报",
  },
  {
    act: "close_call",
    from: ["calling"],
    to: "reviewing",
    guards: ["all_have_candidates"],
    basis: "报名截止后审查",
  },
  { act: "reopen_call", from: ["reviewing"], to: "calling", basis: "报名人数不足，延长报名" },
  {
    act: "review",
    from: ["reviewing", "selecting", "published"],
    to: null,
    basis: "资格审查，不予通过须写明理由",
  },
  {
    act: "finish_review",
    from: ["reviewing"],
    to: "selecting",
    guards: ["all_reviewed", "all_have_eligible"],
    basis: "全部审查后择优",
  },
  { act: "reopen_review", from: ["selecting"], to: "reviewing", basis: "公示前可以重新审查" },
  {
    act: "select",
    from: ["selecting", "published"],
    to: null,
    basis: "择优选聘；异议成立的岗位重新择优",
  },
  {
    act: "publish",
    from: ["selecting"],
    to: "published",
    guards: ["posts_opened", "all_selected"],
    basis: "任前公示不少于五个工作日",
  },
  {
    act: "publish",
    from: ["published"],
    to: null,
    guards: ["something_to_publish"],
    basis: "重新择优的人选另行公示",
  },
  {
    act: "appoint",
    from: ["published"],
    to: null,
    guards: ["somebody_free"],
    basis: "公示期满、没有未办结或成立的异议，方可任职",
  },
  {
    act: "finish_appointing",
    from: ["published"],
    to: "handing_over",
    guards: ["all_appointed"],
    basis: "全部任职后移交在办事项",
  },
  {
    act: "hand_over",
    from: ["published", "handing_over"],
    to: null,
    basis: "在办案件移交新任职人",
  },
  {
    act: "close",
    from: ["handing_over"],
    to: "closed",
    guards: ["all_handed_over", "all_acknowledged"],
    basis: "移交完毕、职责确认后办结",
  },
  {
    act: "cancel",
    from: ["listing", ...UNPUBLISHED],
    to: "cancelled",
    basis: "公示前可以取消，原岗位恢复",
  },
];

/** The edge an act takes from a state, or undefined. */
export const reassignmentEdge = (
  act: ReassignmentAct,
  state: ReassignmentState,
): ReassignmentEdge | undefined =>
  REASSIGNMENT_LIFECYCLE.find((edge) => edge.act === act && edge.from.includes(state));
