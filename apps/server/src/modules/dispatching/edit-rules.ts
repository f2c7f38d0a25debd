import type { DispatchRule } from "@onegrid/contract";
import { ruleFaults, type DispatchRuleSpec } from "@onegrid/domain";
import { announceChange } from "../../platform/changes.ts";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope, violatedConstraint } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { countyReferences } from "./county-references.ts";
import {
  nameTaken,
  orderConflict,
  orderIncomplete,
  ruleBroken,
  tooManyRules,
  versionConflict,
} from "./problems.ts";
import { ruleCache } from "./rule-cache.ts";
import { lockRules, readRules, writeOrder, writeRule, type StoredRule } from "./rule-queries.ts";
import { ruleView } from "./rule-views.ts";

const MOST_RULES = 200;

/** A rule as somebody wrote it, with the version they had read (0: a new one). */
export type RuleEdit = Omit<DispatchRuleSpec, "version"> & { baseVersion: number };

/**
 * Adds a rule at the end of the order, or writes its next version. A broken rule is only kept
 * inactive, so that one can be switched off. Throws `dispatching.version_conflict`,
 * `dispatching.rule_broken`, `dispatching.name_taken`, `dispatching.too_many_rules`.
 */
export const putRule = async (ctx: Ctx, edit: RuleEdit): Promise<DispatchRule> => {
  const { countyCode } = ctx.county;
  const { baseVersion, ...spec } = edit;
  const faults = ruleFaults(spec, await countyReferences(ctx));
  if (spec.active && faults.length > 0) throw new ProblemError(ruleBroken(faults));
  const changed = async (): Promise<StoredRule> =>
    inScope(ctx.db, scopeOf(ctx), async (trx) => {
      await lockRules(trx, countyCode);
      const { version: orderVersion, rules } = await readRules(trx, countyCode);
      const version = rules.find(({ ruleId }) => ruleId === spec.ruleId)?.version ?? 0;
      if (version !== baseVersion) throw new ProblemError(versionConflict(baseVersion, version));
      const next = { ...spec, version: version + 1, changedAt: ctx.clock.now() };
      if (version === 0) {
        if (rules.length >= MOST_RULES) throw new ProblemError(tooManyRules(MOST_RULES));
        const ids = [...rules.map(({ ruleId }) => ruleId), spec.ruleId];
        await writeOrder(trx, countyCode, orderVersion + 1, ids);
      }
      await writeRule(trx, countyCode, next, ctx.actor.accountId);
      await announceChange(trx, "dispatching", countyCode);
      await audit(trx, ctx, {
        action: "dispatching.change",
        outcome: "done",
        subject: spec.ruleId,
        detail: { version: next.version, active: next.active },
      });
      return next;
    });
  try {
    const next = await changed();
    return ruleView(next, faults);
  } catch (error) {
    if (violatedConstraint(error) === "dispatch_rule_name") {
      throw new ProblemError(nameTaken(spec.name));
    }
    throw error;
  } finally {
    ruleCache.forget(ctx.db, countyCode);
  }
};

/**
 * Sets the order in which rules are asked. Throws `dispatching.order_conflict` when it is not the
 * order that was read any more, `dispatching.order_incomplete` when it leaves a rule out.
 */
export const orderRules = async (
  ctx: Ctx,
  { baseVersion, ruleIds }: { baseVersion: number; ruleIds: readonly string[] },
): Promise<void> => {
  const { countyCode } = ctx.county;
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await lockRules(trx, countyCode);
    const { version, rules } = await readRules(trx, countyCode);
    if (version !== baseVersion) throw new ProblemError(orderConflict(baseVersion, version));
    const known = new Set(rules.map(({ ruleId }) => ruleId));
    const named = new Set(ruleIds);
    const isWhole = named.size === ruleIds.length && named.size === known.size;
    if (!isWhole || ruleIds.some((id) => !known.has(id))) {
      throw new ProblemError(orderIncomplete());
    }
    if (rules.every(({ ruleId }, index) => ruleId === ruleIds[index])) return;
    await writeOrder(trx, countyCode, version + 1, ruleIds);
    await announceChange(trx, "dispatching", countyCode);
    await audit(trx, ctx, {
      action: "dispatching.order",
      outcome: "done",
      detail: { version: version + 1, rules: ruleIds.length },
    });
  });
  ruleCache.forget(ctx.db, countyCode);
};
