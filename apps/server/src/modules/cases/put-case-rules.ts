import type { CaseRules } from "@onegrid/contract";
import { announceChange } from "../../platform/changes.ts";
import { scopeOf, type Ctx, type StaffCtx } from "../../platform/context.ts";
import { inScope, violatedConstraint } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { caseRulesCache, caseRulesOf, readRules } from "./case-rules-cache.ts";
import { rulesVersionConflict } from "./problems.ts";

type Versioned = { version: number; rules: CaseRules };

/** The county's present rules for working cases. */
export const getCaseRules = async (ctx: Ctx): Promise<Versioned> => {
  const { version, rules } = await caseRulesOf(ctx.db, ctx.county.countyCode);
  return { version, rules };
};

/**
 * Sets the rules as their next version. Clocks of cases filed before keep the light of theirs; what
 * may be asked for follows the new ones at once. Throws `caseRules.version_conflict`.
 */
export const putCaseRules = async (
  ctx: StaffCtx,
  { baseVersion, rules }: { baseVersion: number; rules: CaseRules },
): Promise<Versioned> => {
  const { countyCode } = ctx.county;
  const version = baseVersion + 1;
  try {
    await inScope(ctx.db, scopeOf(ctx), async (trx) => {
      const present = await readRules(trx, countyCode);
      if (present.version !== baseVersion) {
        throw new ProblemError(rulesVersionConflict(baseVersion, present.version));
      }
      await trx
        .insertInto("case_rules")
        .values({ county_code: countyCode, version, rules: JSON.stringify(rules) })
        .execute();
      await announceChange(trx, "case_rules", countyCode);
      await audit(trx, ctx, {
        action: "case_rules.change",
        outcome: "done",
        subject: String(version),
        detail: { version },
      });
    });
  } catch (error) {
    // Two at once: the key lets one of them be first.
    if (violatedConstraint(error) === "case_rules_pkey") {
      throw new ProblemError(rulesVersionConflict(baseVersion, version));
    }
    throw error;
  }
  caseRulesCache.forget(ctx.db, countyCode);
  return { version, rules };
};
