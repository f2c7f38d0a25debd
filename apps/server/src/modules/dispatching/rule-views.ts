import type { DispatchRule, RuleFault } from "@onegrid/contract";
import type { StoredRule } from "./rule-queries.ts";

/** Stored rule → wire. */
export const ruleView = (rule: StoredRule, faults: RuleFault[]): DispatchRule => ({
  ruleId: rule.ruleId,
  version: rule.version,
  name: rule.name,
  active: rule.active,
  when: rule.when,
  target: rule.target,
  faults,
  changedAt: rule.changedAt.toISOString(),
});
