import type { FieldProblem, Refusal } from "@onegrid/contract";

export const componentNotFound = (componentCode: string): Refusal => ({
  code: "components.not_found",
  status: 404,
  detail: "the county has no component of this code",
  params: { componentCode },
});

export const versionConflict = (baseVersion: number, version: number): Refusal => ({
  code: "components.version_conflict",
  status: 409,
  detail: "somebody changed this component in the meantime; read it again",
  params: { baseVersion, version },
});

/** `fields` names each part that does not fit the county. */
export const invalidComponent = (fields: FieldProblem[]): Refusal => ({
  code: "components.invalid",
  status: 422,
  detail: "the component does not fit the county; each field says what is allowed",
  fields,
});

export const badCursor = (): Refusal => ({
  code: "components.bad_cursor",
  status: 422,
  detail: "the cursor is not one that this list gave out",
});

export const noGrids = (): Refusal => ({
  code: "components.no_grids",
  status: 503,
  detail: "the county has no grids yet, so no component can be placed",
});
