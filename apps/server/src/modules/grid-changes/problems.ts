import type { Refusal } from "@onegrid/contract";

type Params = Record<string, unknown>;

const refusal =
  (code: string, status: Refusal["status"], detail: string) =>
  (params: Params = {}): Refusal => ({ code: `grid_changes.${code}`, status, detail, params });

export const changeNotFound = refusal("not_found", 404, "no such change of grids");
export const outsideScope = refusal("outside_scope", 403, "that grid is not yours to arrange");
export const versionConflict = refusal("version_conflict", 409, "somebody changed it meanwhile");
export const notADraft = refusal("not_a_draft", 409, "only a draft is written again");
export const notAParent = refusal("not_a_parent", 422, "grids are changed inside a community");
export const outdated = refusal("outdated", 409, "the grids were changed since this was drawn");
export const codesDoNotMatch = refusal(
  "codes_do_not_match",
  422,
  "a grid keeps its code only when it is one of those replaced, and once",
);
export const doesNotFit = refusal(
  "does_not_fit",
  409,
  "the grids overlap, leave gaps or reach out",
);
export const movesDoNotMatch = refusal(
  "moves_do_not_match",
  422,
  "each thing goes once, into a grid of the change; only posts and organisations may end",
);
export const dayInTerm = refusal(
  "day_in_term",
  409,
  "its day comes before the term of its notice is over",
);
export const toDecide = refusal("to_decide", 409, "it is not settled where something goes");
export const anotherWaits = refusal(
  "another_waits",
  409,
  "another change of this community is approved and waits for its day",
);
