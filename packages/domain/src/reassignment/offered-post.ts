import type { OfferedPostState } from "@onegrid/contract";

/** What is known of a post that a reassignment offers. */
export type OfferedPostFacts = {
  isSelected: boolean;
  /** The notice that names whoever is selected; null: none, or it was withdrawn. */
  notice: {
    /** The publication term runs. */
    isRunning: boolean;
    openObjections: number;
    upheldObjections: number;
  } | null;
  isAppointed: boolean;
  isHandedOver: boolean;
};

/**
 * Where a post stands. It is read from the notice and its objections, so that an objection that was
 * upheld gives the post back to selection without anybody having to say so again.
 */
export const offeredPostState = (facts: OfferedPostFacts): OfferedPostState => {
  const { isSelected, notice, isAppointed, isHandedOver } = facts;
  if (isHandedOver) return "handed_over";
  if (isAppointed) return "appointed";
  if (!isSelected) return "vacant";
  if (notice === null) return "selected";
  if (notice.upheldObjections > 0) return "returned";
  if (notice.openObjections > 0) return "objected";
  return notice.isRunning ? "in_term" : "free";
};

/** Whether somebody is still to be selected (or may be selected anew) for a post. */
export const isSelectable = (state: OfferedPostState): boolean =>
  state === "vacant" || state === "selected" || state === "returned";

/** Whoever is selected for a post, among its candidates; undefined while nobody is. */
export const selectedOf = <One extends { candidacyId: string }>({
  candidacies,
  selectedId,
}: {
  candidacies: readonly One[];
  selectedId: string | null;
}): One | undefined => candidacies.find(({ candidacyId }) => candidacyId === selectedId);

/** Open cases of the grids of some posts; those of a grid with several posts are counted once. */
export const openCasesOf = (posts: readonly { gridCode: string; openCases: number }[]): number =>
  [...new Map(posts.map(({ gridCode, openCases }) => [gridCode, openCases])).values()].reduce(
    (sum, cases) => sum + cases,
    0,
  );
