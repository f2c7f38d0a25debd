export { mountDispatching } from "./dispatch-routes.ts";
export { ruleOf } from "./rule-of.ts";
export { checkedRulesOf } from "./rule-cache.ts";
