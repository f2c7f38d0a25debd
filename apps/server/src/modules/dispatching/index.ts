export { mountDispatching } from "./dispatch-routes.ts";
export { ruleOf } from "./rule-of.ts";
export { putRule } from "./edit-rules.ts";
export { checkedRulesOf } from "./rule-cache.ts";
