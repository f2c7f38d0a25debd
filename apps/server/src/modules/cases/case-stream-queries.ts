import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** What a stream was opened with. */
export type StreamSession = {
  accountId: string;
  csrfToken: string;
  scopeCode: string;
  unitCode: string | null;
};

/**
 * Whether the session of a stream still lives and the account still has the same sight. Only
 * looks: a stream that is left open must not keep an idle session alive.
 */
export const isStillSignedIn = async (
  trx: Trx,
  countyCode: string,
  session: StreamSession,
  now: Date,
  idleMinutes: number,
): Promise<boolean> => {
  const { rows } = await sql`
    SELECT FROM session s JOIN account a USING (county_code, account_id)
    WHERE s.county_code = ${countyCode} AND s.account_id = ${session.accountId}::uuid
      AND s.csrf_token = ${session.csrfToken} AND s.expires_at > ${now}::timestamptz
      AND s.last_seen_at > ${now}::timestamptz - make_interval(mins => ${idleMinutes})
      AND a.disabled_at IS NULL AND a.scope_code = ${session.scopeCode}
      AND a.unit_code IS NOT DISTINCT FROM ${session.unitCode}::text`.execute(trx);
  return rows.length > 0;
};
