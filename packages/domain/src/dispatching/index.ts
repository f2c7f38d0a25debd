export { checkRules, ruleFaults } from "./check-rule.ts";
export { dispatchByRules, explainDispatch } from "./dispatch-by-rules.ts";
export { localMoment } from "./local-moment.ts";
export type { CheckedRule, DispatchFacts, DispatchReferences, DispatchRuleSpec } from "./rule.ts";
