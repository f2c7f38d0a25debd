import type { Substitution } from "@onegrid/contract";
import { substitutionState } from "@onegrid/domain";
import { todayOf, type StaffCtx } from "../../platform/context.ts";
import { gridsOf } from "../grids/index.ts";
import type { SubstitutionRow } from "./substitution-queries.ts";

/** Row → wire, for the account that asks. */
export const substitutionViews = async (
  ctx: StaffCtx,
  rows: readonly SubstitutionRow[],
): Promise<Substitution[]> => {
  const grids = await gridsOf(ctx);
  const today = todayOf(ctx);
  return rows.map((row) => ({
    substitutionId: row.substitution_id,
    kind: row.kind,
    accountName: row.account_name,
    scopeCode: row.scope_code,
    scopeName: grids.get(row.scope_code)?.name ?? row.scope_code,
    forName: row.for_name,
    reason: row.reason,
    startsOn: row.starts_on,
    endsOn: row.last_day,
    state: substitutionState({ startsOn: row.starts_on, endsOn: row.last_day }, today),
    mine: row.account_id === ctx.actor.accountId,
  }));
};
