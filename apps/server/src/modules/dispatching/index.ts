export { mountDispatching } from "./dispatch-routes.ts";
export { checkedRulesOf } from "./rule-cache.ts";
