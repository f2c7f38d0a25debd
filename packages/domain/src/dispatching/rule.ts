import type {
  CaseSource,
  CategoryKind,
  Net,
  RuleConditions,
  RuleFault,
  RuleTarget,
} from "@onegrid/contract";
import type { Weekday } from "../calendar/index.ts";

/** 派遣规则: when these conditions hold, a filed case goes there. */
export type DispatchRuleSpec = {
  ruleId: string;
  version: number;
  name: string;
  /** False: kept, but not asked. */
  active: boolean;
  when: RuleConditions;
  target: RuleTarget;
};

/** What a rule is held against: the case, and the county's clock on the wall. */
export type DispatchFacts = {
  categoryCode: string;
  net: Net;
  kind: CategoryKind;
  gridCode: string;
  /** Owner of the component that the report names; null without a component or an owner. */
  componentOwner: string | null;
  source: CaseSource;
  emergency: boolean;
  /** Local day, weekday, minute after midnight, and whether it is working time. */
  day: string;
  weekday: Weekday;
  minute: number;
  workingTime: boolean;
};

/** What the county has, for telling a broken rule. */
export type DispatchReferences = {
  hasUnit: (unitCode: string) => boolean;
  hasGrid: (gridCode: string) => boolean;
  /** Whether any category's code begins so. */
  hasCategory: (prefix: string) => boolean;
};

/** A rule with what is wrong with it; without faults it is sound. */
export type CheckedRule = { rule: DispatchRuleSpec; faults: RuleFault[] };
