import type { Refusal } from "@onegrid/contract";

type Params = Record<string, unknown>;

const refusal =
  (code: string, status: Refusal["status"], detail: string) =>
  (params: Params = {}): Refusal => ({ code: `reassignment.${code}`, status, detail, params });

export const badCursor = refusal("bad_cursor", 400, "the cursor is not one of this list");
export const notFound = refusal("not_found", 404, "no such reassignment in your streets");
export const outsideScope = refusal("outside_scope", 403, "that street is not yours");
export const notAStreet = refusal("not_a_street", 422, "no street has this code");
export const oneRuns = refusal("one_runs", 409, "a reassignment of this street runs already");
export const idTaken = refusal("id_taken", 409, "the id was used for something else");
export const versionConflict = refusal("version_conflict", 409, "somebody went on meanwhile");
export const dayMissing = refusal("day_missing", 422, "say on which day the old posts end");
export const reasonMissing = refusal("reason_missing", 422, "say why it is cancelled");
export const tooManyPosts = refusal("too_many_posts", 422, "so many posts are not offered at once");
export const postNotOffered = refusal("post_not_offered", 404, "this post is not offered here");
export const postNotSelectable = refusal(
  "post_not_selectable",
  409,
  "somebody is published or appointed for this post",
);
export const unknownFormer = refusal("unknown_former", 422, "nobody with this code is listed");
export const alreadyCandidate = refusal(
  "already_candidate",
  409,
  "this person is a candidate for this post already",
);
export const noSuchCandidacy = refusal("no_such_candidacy", 404, "no such candidate");
export const notEligible = refusal(
  "not_eligible",
  422,
  "only somebody who was found eligible, and against whom no objection was upheld, is selected",
);
export const beginsTooEarly = refusal(
  "begins_too_early",
  422,
  "a new post does not begin before the old ones end",
);
export const notAppointed = refusal("not_appointed", 409, "nobody is appointed to this post yet");
export const callIsOver = refusal("act_not_allowed", 409, "nobody applies here now");
export const notListed = refusal(
  "not_listed",
  409,
  "the account belongs to nobody in the list of people",
);
