import type { AccountRole } from "@onegrid/contract";
import { everywhere, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import type { WorkerServices } from "../../platform/jobs.ts";
import { readCounties } from "../county/index.ts";

/**
 * The context in which a job works for the account that asked for it; undefined when that account
 * may no longer do anything.
 */
export const contextOfAccount = async (
  { database, clock, jobs }: Pick<WorkerServices, "database" | "clock" | "jobs">,
  {
    countyCode,
    accountId,
    requestId,
  }: { countyCode: string; accountId: string; requestId: string },
): Promise<StaffCtx | undefined> => {
  const county = (await readCounties(database.db)).find((c) => c.countyCode === countyCode);
  const account = await inScope(database.db, everywhere(countyCode), (trx) =>
    trx
      .selectFrom("account")
      .select(["role", "scope_code", "unit_code", "disabled_at"])
      .where("county_code", "=", countyCode)
      .where("account_id", "=", accountId)
      .executeTakeFirst(),
  );
  if (county === undefined || account === undefined || account.disabled_at !== null) return;
  return {
    db: database.db,
    clock,
    jobs,
    county,
    actor: {
      role: account.role as AccountRole,
      accountId,
      scopeCode: account.scope_code,
      unitCode: account.unit_code,
    },
    requestId,
  };
};
