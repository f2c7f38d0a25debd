import type { AccountRole } from "@onegrid/contract";
import type { Trx } from "../../platform/database.ts";
import { setDisabled } from "./account-store.ts";
import { endSessionsOf } from "./session-store.ts";

/**
 * Gives an account the role and scope of its person's posts, in the transaction that changes them;
 * null closes it and ends its sessions. An account whose place changes signs in anew, so that no
 * session works on with what it may no longer do.
 */
export const placeAccount = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  place: { role: AccountRole; scopeCode: string } | null,
  now: Date,
): Promise<void> => {
  const before = await trx
    .selectFrom("account")
    .select(["role", "scope_code", "disabled_at"])
    .where("county_code", "=", countyCode)
    .where("account_id", "=", accountId)
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) return;
  if (place === null) {
    if (before.disabled_at === null) await setDisabled(trx, countyCode, accountId, now);
    await endSessionsOf(trx, countyCode, accountId);
    return;
  }
  const isSame = before.role === place.role && before.scope_code === place.scopeCode;
  if (isSame && before.disabled_at === null) return;
  await trx
    .updateTable("account")
    .set({ role: place.role, scope_code: place.scopeCode, unit_code: null, disabled_at: null })
    .where("county_code", "=", countyCode)
    .where("account_id", "=", accountId)
    .execute();
  if (!isSame) await endSessionsOf(trx, countyCode, accountId);
};
