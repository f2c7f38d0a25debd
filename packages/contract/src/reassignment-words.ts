/** The closed vocabularies of 归零整合; see words.ts for the rule. */

/**
 * How far a street's reassignment 归零整合 is: old posts are listed 列名单, ended and new ones opened
 * 设岗, called for 报名推荐, reviewed 审查, selected 择优选聘, published 公示 and appointed 任职, handed
 * over 移交, closed 办结; cancelled before anything is published.
 */
export const REASSIGNMENT_STATES = [
  "listing",
  "opening",
  "calling",
  "reviewing",
  "selecting",
  "published",
  "handing_over",
  "closed",
  "cancelled",
] as const;
export type ReassignmentState = (typeof REASSIGNMENT_STATES)[number];

/** Everything that can be done in a reassignment. */
export const REASSIGNMENT_ACTS = [
  "end_former",
  "restore_former",
  "open_posts",
  "remove_post",
  "call",
  "enter",
  "close_call",
  "reopen_call",
  "review",
  "finish_review",
  "reopen_review",
  "select",
  "publish",
  "appoint",
  "finish_appointing",
  "hand_over",
  "close",
  "cancel",
] as const;
export type ReassignmentAct = (typeof REASSIGNMENT_ACTS)[number];

/** Acts that only move the whole on (or back); the others name a post or a person. */
export const REASSIGNMENT_MOVES = [
  "end_former",
  "restore_former",
  "call",
  "close_call",
  "reopen_call",
  "finish_review",
  "reopen_review",
  "finish_appointing",
  "close",
  "cancel",
] as const satisfies readonly ReassignmentAct[];
export type ReassignmentMove = (typeof REASSIGNMENT_MOVES)[number];

/** What an append-only record says was done: `start`, then acts. */
export const REASSIGNMENT_EVENT_KINDS = ["start", ...REASSIGNMENT_ACTS] as const;
export type ReassignmentEventKind = (typeof REASSIGNMENT_EVENT_KINDS)[number];

/** The steps of the guide, in the order they are gone through. */
export const REASSIGNMENT_STEPS = [
  "listing",
  "opening",
  "calling",
  "reviewing",
  "selecting",
  "publishing",
  "appointing",
  "handing_over",
] as const;
export type ReassignmentStep = (typeof REASSIGNMENT_STEPS)[number];

/**
 * One post on its way to a holder: to be selected for, selected 拟任, its notice runs 公示中, somebody
 * objects 有异议, given back because an objection was upheld 退回择优, free to be appointed 可任职,
 * appointed 已任职, handed over 已移交.
 */
export const OFFERED_POST_STATES = [
  "vacant",
  "selected",
  "in_term",
  "objected",
  "returned",
  "free",
  "appointed",
  "handed_over",
] as const;
export type OfferedPostState = (typeof OFFERED_POST_STATES)[number];

/** 报名 by the person, or 推荐 by an organisation. */
export const CANDIDACY_WAYS = ["applied", "nominated"] as const;
export type CandidacyWay = (typeof CANDIDACY_WAYS)[number];

/** 待审查, 合格, 不予通过. */
export const CANDIDACY_STATES = ["entered", "eligible", "refused"] as const;
export type CandidacyState = (typeof CANDIDACY_STATES)[number];

/** What stands in the way of an act. */
export const REASSIGNMENT_GAPS = [
  "no_former_posts",
  "none_left_to_end",
  "no_posts",
  "posts_without_candidates",
  "candidacies_unreviewed",
  "posts_without_eligible",
  "posts_unselected",
  "nothing_to_publish",
  "nobody_free",
  "posts_not_appointed",
  "posts_not_handed_over",
  "duties_unacknowledged",
] as const;
export type ReassignmentGap = (typeof REASSIGNMENT_GAPS)[number];
