import {
  REASSIGNMENT_ACTS,
  type ReassignmentAct,
  type ReassignmentEventKind,
  type ReassignmentState,
  type ReassignmentStep,
} from "@onegrid/contract";
import { refuse, type Refused } from "../refused.ts";
import { gapsOf, type Gap, type ReassignmentFacts } from "./gaps.ts";
import { reassignmentEdge } from "./lifecycle.ts";

/**
 * The state an act leads to. Refuses with `reassignment.act_not_allowed` (the state has no such
 * edge) and `reassignment.step_incomplete` (`params.missing` says what is missing).
 */
export const takeReassignmentAct = (
  act: ReassignmentAct,
  state: ReassignmentState,
  facts: ReassignmentFacts,
): { state: ReassignmentState } | Refused => {
  const edge = reassignmentEdge(act, state);
  if (edge === undefined) {
    return refuse("reassignment.act_not_allowed", 409, "not in this state", { act, state });
  }
  const missing = gapsOf(edge.guards, facts);
  if (missing.length > 0) {
    return refuse("reassignment.step_incomplete", 422, "something is missing", { act, missing });
  }
  return { state: edge.to ?? state };
};

/** Every act the state has an edge for, with what stands in its way. */
export const reassignmentActs = (
  state: ReassignmentState,
  facts: ReassignmentFacts,
): { act: ReassignmentAct; missing: Gap[] }[] =>
  REASSIGNMENT_ACTS.flatMap((act) => {
    const edge = reassignmentEdge(act, state);
    return edge === undefined ? [] : [{ act, missing: gapsOf(edge.guards, facts) }];
  });

/** The state that a record of events says: the stored one is this fold. */
export const foldReassignment = (kinds: readonly ReassignmentEventKind[]): ReassignmentState =>
  kinds.reduce<ReassignmentState>(
    (state, kind) => (kind === "start" ? "listing" : (reassignmentEdge(kind, state)?.to ?? state)),
    "listing",
  );

const STEP_OF: Partial<Record<ReassignmentState, ReassignmentStep>> = {
  listing: "listing",
  opening: "opening",
  calling: "calling",
  reviewing: "reviewing",
  selecting: "selecting",
  handing_over: "handing_over",
};

/**
 * The step whose turn it is; null when there is nothing more to do. While notices run, a post that
 * an upheld objection gave back is what waits first.
 */
export const reassignmentStep = (
  state: ReassignmentState,
  { posts }: ReassignmentFacts,
): ReassignmentStep | null => {
  if (state !== "published") return STEP_OF[state] ?? null;
  const has = (...states: string[]) => posts.some((post) => states.includes(post.state));
  if (has("returned", "vacant")) return "selecting";
  if (has("selected")) return "publishing";
  if (has("free")) return "appointing";
  return has("in_term", "objected") ? "publishing" : "appointing";
};
