import type { FieldProblem, Refusal } from "@onegrid/contract";

export const badCursor: Refusal = {
  code: "registers.bad_cursor",
  status: 400,
  detail: "the cursor is not one of this list",
};

export const versionConflict = (baseVersion: number, version: number): Refusal => ({
  code: "registers.version_conflict",
  status: 409,
  detail: "somebody changed the row in the meantime; read it again",
  params: { baseVersion, version },
});

export const invalidRow = (fields: FieldProblem[]): Refusal => ({
  code: "registers.invalid",
  status: 422,
  detail: "the row does not fit the register; each field says what is wrong",
  fields,
});

export const outsideScope = (gridCode: string): Refusal => ({
  code: "registers.outside_scope",
  status: 403,
  detail: "the row belongs to a grid outside of yours",
  params: { gridCode },
});
