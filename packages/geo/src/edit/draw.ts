import type { Area } from "../lng-lat.ts";
import type { Siblings } from "./corners.ts";
import { commonOf, withoutAreas, withoutSlivers } from "./overlay.ts";
import { selfCrossing } from "./check.ts";

export type DrawRefusal = "line_crosses_itself" | "outside_parent";

/**
 * Draws a new area into a parent: what lies outside the parent is cut off, and the siblings give up
 * what it covers. Where a parent has no children yet, hand its whole outline over as one of them.
 * Siblings of which nothing is left are missing in the answer.
 */
export const drawInto = (
  parent: Area,
  siblings: Siblings,
  outline: Area,
  toleranceM2: number,
): { drawn: Area; siblings: Map<string, Area> } | { refused: DrawRefusal } => {
  if (selfCrossing(outline) !== undefined) return { refused: "line_crosses_itself" };
  const drawn = withoutSlivers(commonOf(outline, parent), toleranceM2);
  if (drawn.length === 0) return { refused: "outside_parent" };
  const left = new Map<string, Area>();
  for (const [key, area] of siblings) {
    const taken = withoutSlivers(commonOf(area, drawn), toleranceM2);
    const rest =
      taken.length === 0 ? area : withoutSlivers(withoutAreas(area, [drawn]), toleranceM2);
    if (rest.length > 0) left.set(key, rest);
  }
  return { drawn, siblings: left };
};
