import { z } from "zod";
import { ComponentCode } from "./components.ts";
import { endpoint } from "./endpoint.ts";
import { Code, Day, Id, Instant, LngLat, text } from "./primitives.ts";
import { CASE_SOURCES, CATEGORY_KINDS, GRID_TIERS, NETS, TIERS } from "./words.ts";

/** Minutes after local midnight; an end past 1440 lies on the next day. */
export const TimeWindow = z.strictObject({
  startMinute: z.number().int().min(0).max(1439),
  endMinute: z.number().int().min(1).max(2879),
});
export type TimeWindow = z.infer<typeof TimeWindow>;

/** When a rule holds. An empty list, or null, is no condition. */
export const RuleConditions = z.strictObject({
  /** Category codes, or how they begin. */
  categoryPrefixes: z.array(Code).max(50),
  nets: z.array(z.enum(NETS)).max(NETS.length),
  kinds: z.array(z.enum(CATEGORY_KINDS)).max(CATEGORY_KINDS.length),
  /** Grids whose subtrees it holds in. */
  gridCodes: z.array(Code).max(50),
  /** Departments that own the component the report names. */
  componentOwners: z.array(Code).max(50),
  sources: z.array(z.enum(CASE_SOURCES)).max(CASE_SOURCES.length),
  emergency: z.boolean().nullable(),
  /** In working time of the county's calendar, or outside it. */
  workingTime: z.boolean().nullable(),
  /** ISO weekdays, Monday is 1. */
  weekdays: z.array(z.number().int().min(1).max(7)).max(7),
  /** Hours of the day; within any of them. */
  windows: z.array(TimeWindow).max(10),
  /** First and last day it holds. */
  fromDay: Day.nullable(),
  untilDay: Day.nullable(),
});
export type RuleConditions = z.infer<typeof RuleConditions>;

/** What fits every case: the start of each rule. */
export const NO_CONDITION: RuleConditions = {
  categoryPrefixes: [],
  nets: [],
  kinds: [],
  gridCodes: [],
  componentOwners: [],
  sources: [],
  emergency: null,
  workingTime: null,
  weekdays: [],
  windows: [],
  fromDay: null,
  untilDay: null,
};

/** Where a rule sends a case. `component_owner` holds only for reports that name an owned one. */
export const RuleTarget = z.discriminatedUnion("to", [
  z.strictObject({ to: z.literal("grid"), tier: z.enum(GRID_TIERS) }),
  z.strictObject({ to: z.literal("department"), unitCode: Code }),
  z.strictObject({ to: z.literal("component_owner") }),
]);
export type RuleTarget = z.infer<typeof RuleTarget>;

/** What makes a rule broken, and the value that does. */
export const RULE_FAULTS = [
  "unknown_unit",
  "unknown_grid",
  "unknown_category",
  "invalid_window",
  "invalid_days",
] as const;
export type RuleFaultCode = (typeof RULE_FAULTS)[number];
export const RuleFault = z.object({
  field: z.string(),
  code: z.enum(RULE_FAULTS),
  found: z.string(),
});
export type RuleFault = z.infer<typeof RuleFault>;

/** 派遣规则 in its present version. */
export const DispatchRule = z.object({
  ruleId: Id,
  version: z.number().int(),
  name: z.string(),
  active: z.boolean(),
  when: RuleConditions,
  target: RuleTarget,
  /** Not empty: the rule is broken; it is skipped until somebody mends it. */
  faults: z.array(RuleFault),
  changedAt: Instant,
});
export type DispatchRule = z.infer<typeof DispatchRule>;

const DispatchRuleList = z.object({
  /** Version of the order; what reordering names. */
  version: z.number().int(),
  rules: z.array(DispatchRule),
});

export const listDispatchRules = endpoint({
  name: "dispatching.list",
  method: "GET",
  path: "/api/v1/dispatch-rules",
  permission: "configuration.read",
  summary: "The county's dispatch rules in the order in which they are asked",
  answer: DispatchRuleList,
});

export const putDispatchRule = endpoint({
  name: "dispatching.put",
  method: "PUT",
  path: "/api/v1/dispatch-rules/{ruleId}",
  permission: "configuration.write",
  summary: "Add a rule at the end or write its next version; a broken one is kept only inactive",
  params: z.strictObject({ ruleId: Id }),
  body: z.strictObject({
    /** Version that was read; 0 adds a new one. */
    baseVersion: z.number().int().min(0),
    name: text(60, 1),
    active: z.boolean(),
    when: RuleConditions,
    target: RuleTarget,
  }),
  answer: DispatchRule,
  problems: [
    "dispatching.version_conflict",
    "dispatching.rule_broken",
    "dispatching.name_taken",
    "dispatching.too_many_rules",
  ],
});

export const orderDispatchRules = endpoint({
  name: "dispatching.order",
  method: "PUT",
  path: "/api/v1/dispatch-rule-order",
  permission: "configuration.write",
  summary: "Set the order in which the rules are asked; names each of them once",
  body: z.strictObject({
    baseVersion: z.number().int().min(0),
    ruleIds: z.array(Id).max(200),
  }),
  answer: DispatchRuleList,
  problems: ["dispatching.order_conflict", "dispatching.order_incomplete"],
});

export const CONDITION_NAMES = [
  "category",
  "net",
  "kind",
  "grid",
  "component_owner",
  "source",
  "emergency",
  "working_time",
  "weekday",
  "window",
  "days",
] as const;
export type ConditionName = (typeof CONDITION_NAMES)[number];

/** What became of a rule when it was asked. After the one that took the case none is asked. */
export const RuleVerdict = z.object({
  ruleId: Id,
  name: z.string(),
  verdict: z.enum(["taken", "not_met", "broken", "inactive", "not_asked"]),
  /** Conditions that were not met. */
  unmet: z.array(z.enum(CONDITION_NAMES)),
  faults: z.array(RuleFault),
});
export type RuleVerdict = z.infer<typeof RuleVerdict>;

export const dryRunDispatch = endpoint({
  name: "dispatching.dryRun",
  method: "POST",
  path: "/api/v1/dispatch-rules/dry-run",
  permission: "configuration.read",
  summary: "Which rule takes a case, and why not the ones before it; changes nothing",
  body: z.union([
    z.strictObject({ caseId: Id }),
    z.strictObject({
      categoryCode: Code,
      /** Null: a place that the county's own queue would sort. */
      location: LngLat.nullable(),
      source: z.enum(CASE_SOURCES),
      componentCode: ComponentCode.nullable(),
      /** When it would be filed; now when null. */
      at: Instant.nullable(),
    }),
  ]),
  answer: z.object({
    gridCode: Code,
    gridName: z.string(),
    at: Instant,
    verdicts: z.array(RuleVerdict),
    /** Rule that takes it; null: the authority line does. */
    takenBy: z.string().nullable(),
    target: z.object({ tier: z.enum(TIERS), holderCode: Code, holderName: z.string() }),
  }),
  problems: [
    "cases.not_found",
    "dispatching.unknown_category",
    "dispatching.unknown_component",
    "dispatching.no_grids",
  ],
});
