import { sql } from "kysely";
import type { Trx } from "../../../platform/database.ts";

export type StoredPhone = { ciphertext: Buffer; createdAt: Date };

/** The number that codes of an account go to, sealed; or null. */
export const readPhone = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<StoredPhone | null> => {
  const { rows } = await sql<StoredPhone>`SELECT ciphertext, created_at AS "createdAt"
    FROM sms_factor
    WHERE county_code = ${countyCode} AND account_id = ${accountId}`.execute(trx);
  return rows[0] ?? null;
};

/** Stores a number that has proved itself, in place of an earlier one. */
export const storePhone = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  { ciphertext, createdAt }: StoredPhone,
): Promise<void> => {
  await deletePhone(trx, countyCode, accountId);
  await sql`INSERT INTO sms_factor (county_code, account_id, ciphertext, created_at)
    VALUES (${countyCode}, ${accountId}, ${ciphertext}, ${createdAt})`.execute(trx);
};

/** Forgets the number, and lets a code that is under way open nothing. */
export const deletePhone = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<void> => {
  await sql`DELETE FROM sms_factor
    WHERE county_code = ${countyCode} AND account_id = ${accountId}`.execute(trx);
  await sql`UPDATE sms_code SET code_hash = NULL
    WHERE county_code = ${countyCode} AND account_id = ${accountId}`.execute(trx);
};

/** When messages were sent to an account lately, its line locked: two wishes at once are two. */
export const lockSentAt = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  now: Date,
): Promise<Date[]> => {
  await sql`INSERT INTO sms_code (county_code, account_id, expires_at, tries_left, recent_sends)
    VALUES (${countyCode}, ${accountId}, ${now}, 0, '{}')
    ON CONFLICT DO NOTHING`.execute(trx);
  const { rows } = await sql<{ sentAt: Date[] }>`SELECT recent_sends AS "sentAt" FROM sms_code
    WHERE county_code = ${countyCode} AND account_id = ${accountId} FOR UPDATE`.execute(trx);
  return rows[0]?.sentAt ?? [];
};

export type FreshCode = { hash: Buffer; expiresAt: Date; tries: number; sentAt: readonly Date[] };

/** Notes a new code; the one before opens nothing any more. The line is there: `lockSentAt`. */
export const storeCode = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  { hash, expiresAt, tries, sentAt }: FreshCode,
): Promise<void> => {
  await sql`UPDATE sms_code SET code_hash = ${hash}, expires_at = ${expiresAt},
      tries_left = ${tries}, recent_sends = ${[...sentAt]}
    WHERE county_code = ${countyCode} AND account_id = ${accountId}`.execute(trx);
};

/**
 * Counts a try at the code under way and answers its hash, to be compared; null when there is none,
 * it is too old, or all tries are spent. Commit before comparing: what is refused later must count.
 */
export const claimCodeTry = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  now: Date,
): Promise<Buffer | null> => {
  const { rows } = await sql<{ hash: Buffer }>`UPDATE sms_code SET tries_left = tries_left - 1
    WHERE county_code = ${countyCode} AND account_id = ${accountId}
      AND code_hash IS NOT NULL AND tries_left > 0 AND expires_at > ${now}
    RETURNING code_hash AS hash`.execute(trx);
  return rows[0]?.hash ?? null;
};

/** Takes a code out for good; whether it was still the one under way. */
export const useCode = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  hash: Buffer,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`UPDATE sms_code SET code_hash = NULL
    WHERE county_code = ${countyCode} AND account_id = ${accountId}
      AND code_hash = ${hash}`.execute(trx);
  return numAffectedRows === 1n;
};

/** Removes lines that neither hold a code nor limit the next one. */
export const deleteOldCodes = async (trx: Trx, countyCode: string, now: Date): Promise<void> => {
  await sql`DELETE FROM sms_code WHERE county_code = ${countyCode}
    AND expires_at < ${now}::timestamptz - interval '1 hour'`.execute(trx);
};
