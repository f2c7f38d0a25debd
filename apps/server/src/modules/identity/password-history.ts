import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** Passwords that may not come back, beside the present one. */
const REMEMBERED = 4;

/** Hashes of an account's passwords before the present one, newest first. */
export const readEarlierPasswords = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<string[]> => {
  const { rows } = await sql<{ hash: string }>`
    SELECT password_hash AS hash FROM password_history
     WHERE county_code = ${countyCode} AND account_id = ${accountId}
     ORDER BY changed_at DESC LIMIT ${REMEMBERED}`.execute(trx);
  return rows.map(({ hash }) => hash);
};

/** Keeps the present password's hash before another takes its place; older ones are forgotten. */
export const rememberPassword = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  now: Date,
): Promise<void> => {
  await sql`INSERT INTO password_history (county_code, account_id, changed_at, password_hash)
    SELECT county_code, account_id, ${now}, password_hash FROM account
     WHERE county_code = ${countyCode} AND account_id = ${accountId}
    ON CONFLICT DO NOTHING`.execute(trx);
  await sql`DELETE FROM password_history
    WHERE county_code = ${countyCode} AND account_id = ${accountId} AND changed_at NOT IN (
      SELECT changed_at FROM password_history
       WHERE county_code = ${countyCode} AND account_id = ${accountId}
       ORDER BY changed_at DESC LIMIT ${REMEMBERED})`.execute(trx);
};
