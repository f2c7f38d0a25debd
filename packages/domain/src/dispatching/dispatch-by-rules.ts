import type { RuleVerdict } from "@onegrid/contract";
import type { MoveData } from "../cases/index.ts";
import { gridHolder, type LevelLengths } from "../grids/code.ts";
import { unmetConditions } from "./match-rule.ts";
import type { CheckedRule, DispatchFacts, DispatchRuleSpec } from "./rule.ts";

/** Where a rule that takes a case sends it; `rule` is its name, as the log shows it ever after. */
const moveOf = (
  { ruleId, version, name, target }: DispatchRuleSpec,
  { gridCode, componentOwner }: DispatchFacts,
  lengths: LevelLengths,
): MoveData => {
  const common = { note: null, rule: name, dispatchRule: { ruleId, version } };
  if (target.to === "grid") return { ...gridHolder(target.tier, gridCode, lengths), ...common };
  // A rule for owners takes only cases that have one.
  const unit = target.to === "department" ? target.unitCode : (componentOwner as string);
  return { tier: "department", holderCode: unit, ...common };
};

const isAsked = ({ rule, faults }: CheckedRule): boolean => rule.active && faults.length === 0;

/**
 * The first sound rule that takes a case decides where it goes; null when none does, and the
 * authority line 权责清单 of its category decides. A broken rule is stepped over.
 */
export const dispatchByRules = (
  rules: readonly CheckedRule[],
  facts: DispatchFacts,
  lengths: LevelLengths,
): MoveData | null => {
  const taking = rules.find(
    (checked) => isAsked(checked) && unmetConditions(checked.rule, facts).length === 0,
  );
  return taking === undefined ? null : moveOf(taking.rule, facts, lengths);
};

/** What {@link dispatchByRules} would do with a case, and why not the rules before. */
export const explainDispatch = (
  rules: readonly CheckedRule[],
  facts: DispatchFacts,
  lengths: LevelLengths,
): { verdicts: RuleVerdict[]; target: MoveData | null } => {
  let target: MoveData | null = null;
  const verdicts = rules.map(({ rule, faults }): RuleVerdict => {
    const said = { ruleId: rule.ruleId, name: rule.name, unmet: [], faults };
    if (target !== null) return { ...said, verdict: "not_asked" };
    if (!rule.active) return { ...said, verdict: "inactive" };
    if (faults.length > 0) return { ...said, verdict: "broken" };
    const unmet = unmetConditions(rule, facts);
    if (unmet.length > 0) return { ...said, verdict: "not_met", unmet };
    target = moveOf(rule, facts, lengths);
    return { ...said, verdict: "taken" };
  });
  return { verdicts, target };
};
