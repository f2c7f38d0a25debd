import type { DispatchRule } from "@onegrid/contract";
import { ruleFaults } from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { countyReferences } from "./county-references.ts";
import { inCounty, readRules } from "./rule-queries.ts";
import { ruleView } from "./rule-views.ts";

/** The county's rules in their order, with what is wrong with each. */
export const listRules = async (ctx: Ctx): Promise<{ version: number; rules: DispatchRule[] }> => {
  const { countyCode } = ctx.county;
  const { version, rules } = await inScope(ctx.db, inCounty(countyCode), (trx) =>
    readRules(trx, countyCode),
  );
  const county = await countyReferences(ctx);
  return { version, rules: rules.map((rule) => ruleView(rule, ruleFaults(rule, county))) };
};
