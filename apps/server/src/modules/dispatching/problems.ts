import type { Refusal, RuleFault } from "@onegrid/contract";

export const versionConflict = (baseVersion: number, version: number): Refusal => ({
  code: "dispatching.version_conflict",
  status: 409,
  detail: "somebody changed this rule in the meantime; read it again",
  params: { baseVersion, version },
});

/** Saving it active would only make a rule that is stepped over. */
export const ruleBroken = (faults: RuleFault[]): Refusal => ({
  code: "dispatching.rule_broken",
  status: 422,
  detail: "the rule names what the county does not have, or a time that is none",
  fields: faults.map(({ field, code, found }) => ({
    field: `/body/${field}`,
    code: `dispatching.${code}`,
    allowed: `something else than ${found}`,
  })),
});

export const nameTaken = (name: string): Refusal => ({
  code: "dispatching.name_taken",
  status: 409,
  detail: "another rule has this name, and the log names rules by it",
  params: { name },
});

export const tooManyRules = (most: number): Refusal => ({
  code: "dispatching.too_many_rules",
  status: 422,
  detail: `a county keeps ${most} rules at most`,
  params: { most },
});

export const orderConflict = (baseVersion: number, version: number): Refusal => ({
  code: "dispatching.order_conflict",
  status: 409,
  detail: "somebody added a rule or changed the order in the meantime; read it again",
  params: { baseVersion, version },
});

export const orderIncomplete = (): Refusal => ({
  code: "dispatching.order_incomplete",
  status: 422,
  detail: "an order names each of the county's rules once",
});

export const unknownCategory = (categoryCode: string): Refusal => ({
  code: "dispatching.unknown_category",
  status: 422,
  detail: "no category has this code",
  params: { categoryCode },
});

export const unknownComponent = (componentCode: string): Refusal => ({
  code: "dispatching.unknown_component",
  status: 422,
  detail: "the county has no component of this code",
  params: { componentCode },
});

export const caseNotFound = (caseId: string): Refusal => ({
  code: "cases.not_found",
  status: 404,
  detail: "no case with this id is in sight",
  params: { caseId },
});

export const noGrids = (): Refusal => ({
  code: "dispatching.no_grids",
  status: 503,
  detail: "the county has no grids yet, so no case can be placed",
});
