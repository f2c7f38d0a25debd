import type { FieldProblem, Refusal } from "@onegrid/contract";

const refusal = (
  code: string,
  status: Refusal["status"],
  detail: string,
  params?: Record<string, unknown>,
): Refusal => ({ code, status, detail, ...(params && { params }) });

export const invalidReport = (fields: FieldProblem[]): Refusal => ({
  code: "cases.invalid_report",
  status: 422,
  detail: "the report does not fit; each field says what is allowed",
  fields,
});

export const invalidCommand = (fields: FieldProblem[]): Refusal => ({
  code: "cases.invalid_command",
  status: 422,
  detail: "the command does not fit; each field says what is allowed",
  fields,
});

export const idTaken = (caseId: string): Refusal =>
  refusal("cases.id_taken", 409, "another report already has this id", { caseId });

export const unknownCategory = (categoryCode: string): Refusal =>
  refusal("cases.unknown_category", 422, "no active category has this code", { categoryCode });

export const unknownAttachment = (attachmentIds: string[]): Refusal =>
  refusal(
    "cases.unknown_attachment",
    422,
    "a photo is not uploaded yet, or belongs to another case or account",
    { attachmentIds },
  );

export const unknownComponent = (componentCode: string): Refusal =>
  refusal("cases.unknown_component", 422, "the county has no component of this code", {
    componentCode,
  });

export const onBehalfNotAllowed = (): Refusal => ({
  code: "cases.on_behalf_not_allowed",
  status: 403,
  detail: "only a desk enters a report on behalf of somebody else",
});

export const placeMissing = (): Refusal =>
  refusal("cases.place_missing", 422, "a report names a point or an address");

export const noGrids = (): Refusal =>
  refusal("cases.no_grids", 503, "the county has no grids yet, so no case can be placed");

export const notFound = (caseId: string): Refusal =>
  refusal("cases.not_found", 404, "no case with this id is in sight", { caseId });

export const commandIdTaken = (commandId: string): Refusal =>
  refusal("cases.command_id_taken", 409, "another command already has this id", { commandId });

export const versionConflict = (current: {
  version: number;
  state: string;
  tier: string;
}): Refusal =>
  refusal("cases.version_conflict", 409, "the case has moved on; look at it again", current);

export const unknownUnit = (unitCode: string): Refusal =>
  refusal("cases.unknown_unit", 422, "no department has this code", { unitCode });

export const badCursor = (): Refusal =>
  refusal("cases.bad_cursor", 422, "the cursor is not one that this list gave out");

export const receiptNotFound = (): Refusal =>
  refusal("cases.receipt_not_found", 404, "no report has this receipt");

export const rulesVersionConflict = (baseVersion: number, version: number): Refusal =>
  refusal("caseRules.version_conflict", 409, "the rules were changed; look at them again", {
    baseVersion,
    version,
  });

export const mergeTarget = (detail: string): Refusal => refusal("cases.merge_target", 422, detail);

export const noContact = (caseId: string): Refusal => ({
  code: "cases.no_contact",
  status: 404,
  detail: "whoever reported the case left no contact, or its term is over",
  params: { caseId },
});

export const consentMissing: Refusal = {
  code: "cases.consent_missing",
  status: 422,
  detail: "a contact is taken only with the version of the consent that its owner agreed to",
};
