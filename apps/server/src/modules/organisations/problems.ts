import type { Refusal } from "@onegrid/contract";

export const notFound = (code: string): Refusal => ({
  code: "organisations.not_found",
  status: 404,
  detail: "no organisation has this code",
  params: { code },
});

export const badCursor: Refusal = {
  code: "organisations.bad_cursor",
  status: 400,
  detail: "the cursor is not one of this list",
};

export const versionConflict = (baseSeq: number, seq: number): Refusal => ({
  code: "organisations.version_conflict",
  status: 409,
  detail: "somebody wrote down another fact in the meantime; read it again",
  params: { baseSeq, seq },
});

export const outsideScope = (gridCode: string): Refusal => ({
  code: "organisations.outside_scope",
  status: 403,
  detail: "the organisation belongs to a grid outside of yours",
  params: { gridCode },
});

export const secretaryOrder = (beginsOn: string): Refusal => ({
  code: "organisations.secretary_order",
  status: 422,
  detail: "the present secretary began later; secretaries follow each other",
  params: { beginsOn },
});

export const unknownPerson: Refusal = {
  code: "organisations.unknown_person",
  status: 422,
  detail: "nobody has this id",
};

export const dayOutOfRange = (effectiveOn: string): Refusal => ({
  code: "organisations.day_out_of_range",
  status: 422,
  detail: "a day between 1921-07-01 and ten years from now",
  params: { effectiveOn },
});
