import type { Refusal } from "@onegrid/contract";

type Params = Record<string, unknown>;

const refusal =
  (code: string, status: Refusal["status"], detail: string) =>
  (params: Params = {}): Refusal => ({ code: `notices.${code}`, status, detail, params });

export const badCursor = refusal("bad_cursor", 400, "the cursor is not one of this list");
export const notFound = refusal("not_found", 404, "no such notice");
export const versionConflict = refusal("version_conflict", 409, "somebody changed the notice");
export const notADraft = refusal("not_a_draft", 409, "only a draft is changed or published");
export const notPublished = refusal("not_published", 409, "only a published notice is withdrawn");
export const personalData = refusal(
  "personal_data",
  422,
  "the text holds an ID number, a private phone or a home address",
);
export const unknownNominee = refusal("unknown_nominee", 422, "no such post or person");
export const nomineesMissing = refusal(
  "nominees_missing",
  422,
  "an appointment notice names posts and people; others name none",
);
export const unknownGrid = refusal("unknown_grid", 422, "no such grid");
export const outsideScope = refusal("outside_scope", 403, "that grid is not yours");
export const termOver = refusal("term_over", 409, "objections are taken during the term only");
export const notInNotice = refusal("not_in_notice", 422, "the notice does not name that post");
export const idTaken = refusal("id_taken", 409, "the id was used for other words");
export const objectionNotFound = refusal("objection_not_found", 404, "no such objection");
export const objectionAnswered = refusal("objection_answered", 409, "it has been answered");
