import {
  dryRunDispatch,
  listDispatchRules,
  orderDispatchRules,
  putDispatchRule,
} from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { dryRun } from "./dry-run.ts";
import { orderRules, putRule } from "./edit-rules.ts";
import { listRules } from "./list-rules.ts";

/** Mounts the rules, their order and the dry run. */
export const mountDispatching: MountRoutes = (app, { gate }) => {
  mount(app, gate, listDispatchRules, (ctx) => listRules(ctx));
  mount(app, gate, putDispatchRule, (ctx, { params, body }) =>
    putRule(ctx, { ...body, ruleId: params.ruleId }),
  );
  mount(app, gate, orderDispatchRules, async (ctx, { body }) => {
    await orderRules(ctx, body);
    return listRules(ctx);
  });
  mount(app, gate, dryRunDispatch, (ctx, { body }) => dryRun(ctx, body));
};
