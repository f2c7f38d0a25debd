import type { EndpointAnswer, getDuty as endpoint } from "@onegrid/contract";
import { startDueBy } from "@onegrid/domain";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { calendarOf } from "../calendar/index.ts";
import { caseRulesOf } from "../cases/index.ts";
import { selectSilentHolders } from "./duty-queries.ts";

/**
 * Who in the own scope is silent: holders of cases that nobody signed within the county's limit of
 * signing. Lists of what is red, open whistles and the like are lists of cases with their filters.
 */
export const getDuty = async (ctx: StaffCtx): Promise<EndpointAnswer<typeof endpoint>> => {
  const { countyCode } = ctx.county;
  const calendar = await calendarOf(ctx.db, countyCode);
  const { rules } = await caseRulesOf(ctx.db, countyCode);
  const nowMs = ctx.clock.now().getTime();
  const before = (limit: typeof rules.signLimit) =>
    new Date(startDueBy(calendar, nowMs, limit) ?? 0);
  const silent = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    selectSilentHolders(trx, countyCode, {
      ordinary: before(rules.signLimit),
      emergency: before(rules.emergencySignLimit),
    }),
  );
  return {
    silent: silent.map((row) => ({
      tier: row.tier,
      holderCode: row.holder_code,
      holderName: row.holder_name ?? row.holder_code,
      unsigned: row.unsigned,
      since: row.since.toISOString(),
    })),
  };
};
