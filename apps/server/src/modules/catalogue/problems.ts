import type { FieldProblem, Refusal } from "@onegrid/contract";

export const versionConflict = (baseVersion: number, version: number): Refusal => ({
  code: "catalogue.version_conflict",
  status: 409,
  detail: "somebody changed this category in the meantime; read it again",
  params: { baseVersion, version },
});

export const unknownUnit = (unitCode: string): Refusal => ({
  code: "catalogue.unknown_unit",
  status: 422,
  detail: "the county has no such department",
  fields: [
    {
      field: "/body/ownerUnitCode",
      code: "catalogue.unit_unknown",
      allowed: "the code of a department of the county",
    },
  ],
  params: { unitCode },
});

/** The line breaks a rule that needs more than its schema, e.g. an emergency in office hours. */
export const invalidCategory = (fields: FieldProblem[]): Refusal => ({
  code: "catalogue.invalid",
  status: 422,
  detail: "the category breaks a rule of the authority list",
  fields,
});
