import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import { endSessionsOf } from "./session-store.ts";

/** Accounts serve another grid from now on; they sign in anew, so that no session sees the old one. */
export const moveScopes = async (
  trx: Trx,
  countyCode: string,
  accounts: readonly { login: string; scopeCode: string }[],
): Promise<void> => {
  if (accounts.length === 0) return;
  const { rows } = await sql<{ account_id: string }>`
    UPDATE account t SET scope_code = r."scopeCode"
    FROM jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb)
      AS r(login text, "scopeCode" text)
    WHERE t.county_code = ${countyCode} AND t.login = r.login
    RETURNING t.account_id`.execute(trx);
  for (const { account_id } of rows) await endSessionsOf(trx, countyCode, account_id);
};
