import { RuleConditions, RuleTarget } from "@onegrid/contract";
import type { DispatchRuleSpec } from "@onegrid/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** Rules are the same for everybody of a county. */
export const inCounty = (countyCode: string) => ({ countyCode, scopeCode: "", unitCode: "" });

export type StoredRule = DispatchRuleSpec & { changedAt: Date };

/** A county's rules in the order in which they are asked, and the version of that order (0: none). */
export type StoredRules = { version: number; rules: StoredRule[] };

/** The present rules of a county. Two statements. */
export const readRules = async (trx: Trx, countyCode: string): Promise<StoredRules> => {
  const order = await trx
    .selectFrom("dispatch_order")
    .select(["version", "rule_ids"])
    .where("county_code", "=", countyCode)
    .executeTakeFirst();
  if (order === undefined) return { version: 0, rules: [] };
  const rows = await trx
    .selectFrom("dispatch_rule")
    .select(["rule_id", "version", "name", "active", "conditions", "target", "changed_at"])
    .where("county_code", "=", countyCode)
    .where("superseded", "=", false)
    .execute();
  const byId = new Map(rows.map((row) => [row.rule_id, row]));
  return {
    version: order.version,
    rules: order.rule_ids.flatMap((ruleId) => {
      const row = byId.get(ruleId);
      if (row === undefined) return [];
      return {
        ruleId,
        version: row.version,
        name: row.name,
        active: row.active,
        when: RuleConditions.parse(row.conditions),
        target: RuleTarget.parse(row.target),
        changedAt: row.changed_at,
      };
    }),
  };
};

/** One writer of a county's rules at a time; others wait until this transaction ends. */
export const lockRules = async (trx: Trx, countyCode: string): Promise<void> => {
  await sql`SELECT pg_advisory_xact_lock(hashtext('dispatching'), hashtext(${countyCode}))`.execute(
    trx,
  );
};

/** Writes a rule's next version; the present one is superseded, never changed. */
export const writeRule = async (
  trx: Trx,
  countyCode: string,
  rule: StoredRule,
  changedBy: string | null,
): Promise<void> => {
  await trx
    .updateTable("dispatch_rule")
    .set({ superseded: true })
    .where("county_code", "=", countyCode)
    .where("rule_id", "=", rule.ruleId)
    .where("superseded", "=", false)
    .execute();
  await trx
    .insertInto("dispatch_rule")
    .values({
      county_code: countyCode,
      rule_id: rule.ruleId,
      version: rule.version,
      name: rule.name,
      active: rule.active,
      conditions: JSON.stringify(rule.when),
      target: JSON.stringify(rule.target),
      changed_by: changedBy,
      changed_at: rule.changedAt,
    })
    .execute();
};

/** Writes the order as its next version. */
export const writeOrder = async (
  trx: Trx,
  countyCode: string,
  version: number,
  ruleIds: readonly string[],
): Promise<void> => {
  await trx
    .insertInto("dispatch_order")
    .values({ county_code: countyCode, version, rule_ids: [...ruleIds] })
    .onConflict((conflict) =>
      conflict.column("county_code").doUpdateSet({ version, rule_ids: [...ruleIds] }),
    )
    .execute();
};
