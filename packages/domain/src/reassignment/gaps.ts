import type { OfferedPostState, ReassignmentGap } from "@onegrid/contract";
import type { ReassignmentGuard } from "./lifecycle.ts";
import { isSelectable } from "./offered-post.ts";

export type ReassignmentFacts = {
  /** Posts of the old networks in the street, and how many of them have ended. */
  former: { listed: number; ended: number };
  posts: readonly {
    postCode: string;
    state: OfferedPostState;
    /** People who may still be chosen from: those an upheld objection bars are left out. */
    candidates: number;
    unreviewed: number;
    eligible: number;
    /** Whether the holder acknowledged the duties; null: no account to do it with. */
    acknowledged: boolean | null;
  }[];
};

/** One thing that is missing, how often, and for which posts. */
export type Gap = { gap: ReassignmentGap; count: number; postCodes: string[] };

type OfferedPost = ReassignmentFacts["posts"][number];

const ofPosts = (
  gap: ReassignmentGap,
  { posts }: ReassignmentFacts,
  isMissing: (post: OfferedPost) => boolean,
): Gap | null => {
  const postCodes = posts.filter(isMissing).map(({ postCode }) => postCode);
  return postCodes.length === 0 ? null : { gap, count: postCodes.length, postCodes };
};

const alone = (gap: ReassignmentGap, isMissing: boolean): Gap | null =>
  isMissing ? { gap, count: 1, postCodes: [] } : null;

const has = ({ posts }: ReassignmentFacts, state: OfferedPostState): boolean =>
  posts.some((post) => post.state === state);

const isHeld = ({ state }: OfferedPost): boolean =>
  state === "appointed" || state === "handed_over";

/** Each guard: null when it holds, else what is missing. */
const GUARDS: Record<ReassignmentGuard, (facts: ReassignmentFacts) => Gap | null> = {
  former_listed: ({ former }) => alone("no_former_posts", former.listed === 0),
  former_left: ({ former }) => alone("none_left_to_end", former.ended >= former.listed),
  posts_opened: ({ posts }) => alone("no_posts", posts.length === 0),
  all_have_candidates: (facts) =>
    ofPosts("posts_without_candidates", facts, ({ candidates }) => candidates === 0),
  all_reviewed: (facts) => {
    const missing = ofPosts("candidacies_unreviewed", facts, ({ unreviewed }) => unreviewed > 0);
    const count = facts.posts.reduce((sum, { unreviewed }) => sum + unreviewed, 0);
    return missing && { ...missing, count };
  },
  all_have_eligible: (facts) =>
    ofPosts("posts_without_eligible", facts, ({ eligible }) => eligible === 0),
  all_selected: (facts) =>
    ofPosts("posts_unselected", facts, ({ state }) => isSelectable(state) && state !== "selected"),
  something_to_publish: (facts) => alone("nothing_to_publish", !has(facts, "selected")),
  somebody_free: (facts) => alone("nobody_free", !has(facts, "free")),
  all_appointed: (facts) => ofPosts("posts_not_appointed", facts, (post) => !isHeld(post)),
  all_handed_over: (facts) =>
    ofPosts("posts_not_handed_over", facts, ({ state }) => state !== "handed_over"),
  all_acknowledged: (facts) =>
    ofPosts("duties_unacknowledged", facts, ({ acknowledged }) => acknowledged === false),
};

/** What stands in the way of an edge, in the order of its guards; [] when nothing does. */
export const gapsOf = (
  guards: readonly ReassignmentGuard[] | undefined,
  facts: ReassignmentFacts,
): Gap[] => (guards ?? []).flatMap((guard) => GUARDS[guard](facts) ?? []);
