import { CaseRules } from "@onegrid/contract";
import { DEFAULT_CASE_RULES } from "@onegrid/domain";
import { countyCache } from "../../platform/county-cache.ts";
import { inScope, type Db, type Trx } from "../../platform/database.ts";

/** A county's rules in all their versions; version 0 is what a county follows until it decides. */
export type CaseRulesHistory = {
  version: number;
  rules: CaseRules;
  /** The rules of a version; the present ones for a version nobody knows. */
  at(version: number | null): CaseRules;
};

/** What an older version did not decide yet follows the defaults. */
const rulesOfRow = (value: unknown): CaseRules =>
  CaseRules.parse({ ...DEFAULT_CASE_RULES, ...(value as object) });

export const readRules = async (trx: Trx, countyCode: string): Promise<CaseRulesHistory> => {
  const rows = await trx
    .selectFrom("case_rules")
    .select(["version", "rules"])
    .where("county_code", "=", countyCode)
    .orderBy("version")
    .execute();
  const known = new Map(rows.map(({ version, rules }) => [version, rulesOfRow(rules)]));
  const version = rows.at(-1)?.version ?? 0;
  const rules = known.get(version) ?? DEFAULT_CASE_RULES;
  return {
    version,
    rules,
    at: (wanted) =>
      wanted === 0
        ? DEFAULT_CASE_RULES
        : ((wanted === null ? undefined : known.get(wanted)) ?? rules),
  };
};

export const caseRulesCache = countyCache("case_rules", (db, countyCode) =>
  inScope(db, { countyCode, scopeCode: "", unitCode: "" }, (trx) => readRules(trx, countyCode)),
);

/** The county's rules for working cases from memory, fresh after every edit in any process. */
export const caseRulesOf = (db: Db, countyCode: string): Promise<CaseRulesHistory> =>
  caseRulesCache.get(db, countyCode);
