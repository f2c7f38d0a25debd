export {
  foldReassignment,
  reassignmentActs,
  reassignmentStep,
  takeReassignmentAct,
} from "./decide.ts";
export type { Gap, ReassignmentFacts } from "./gaps.ts";
export { REASSIGNMENT_LIFECYCLE, reassignmentEdge } from "./lifecycle.ts";
export {
  isSelectable,
  offeredPostState,
  openCasesOf,
  selectedOf,
  type OfferedPostFacts,
} from "./offered-post.ts";
export { postsToOpen, type KnownPost } from "./posts-to-open.ts";
