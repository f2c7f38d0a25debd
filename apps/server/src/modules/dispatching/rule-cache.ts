import { checkRules, type CheckedRule } from "@onegrid/domain";
import { countyCache } from "../../platform/county-cache.ts";
import type { Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { countyReferences } from "./county-references.ts";
import { inCounty, readRules, type StoredRules } from "./rule-queries.ts";

/** The rules of each county; every process drops a county's when one of them changes it. */
export const ruleCache = countyCache("dispatching", (db, countyCode): Promise<StoredRules> =>
  inScope(db, inCounty(countyCode), (trx) => readRules(trx, countyCode)),
);

/**
 * A county's dispatch rules with their faults, from memory. Faults are told anew at each call:
 * grids, departments and categories come and go without a word to the rules. Without rules nothing
 * else is asked.
 */
export const checkedRulesOf = async (
  ctx: Pick<Ctx, "db" | "county">,
): Promise<readonly CheckedRule[]> => {
  const { rules } = await ruleCache.get(ctx.db, ctx.county.countyCode);
  return rules.length === 0 ? [] : checkRules(rules, await countyReferences(ctx));
};
