import type { AccountRole } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../../platform/database.ts";
import { recoveryHash } from "./recovery-codes.ts";

export type StoredTotp = { ciphertext: Buffer; lastStep: number; createdAt: Date };
export type StoredPasskey = {
  credentialId: string;
  accountId: string;
  name: string;
  publicKey: Buffer;
  useCount: number;
  createdAt: Date;
  lastUsedAt: Date | null;
};

/** The account's TOTP secret, sealed, its row locked: two tries with one code are one; or null. */
export const lockTotp = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<StoredTotp | null> => {
  const row = await trx
    .selectFrom("totp_secret")
    .select(["ciphertext", "last_step", "created_at"])
    .where("county_code", "=", countyCode)
    .where("account_id", "=", accountId)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined
    ? null
    : { ciphertext: row.ciphertext, lastStep: Number(row.last_step), createdAt: row.created_at };
};

/** Notes that the code of a step has been used. */
export const useStep = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  step: number,
): Promise<void> => {
  await sql`UPDATE totp_secret SET last_step = ${step}
    WHERE county_code = ${countyCode} AND account_id = ${accountId}`.execute(trx);
};

/** Stores a secret whose first code was right, in place of an earlier one. */
export const storeTotp = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  totp: StoredTotp,
): Promise<void> => {
  await deleteTotp(trx, countyCode, accountId);
  await sql`INSERT INTO totp_secret (county_code, account_id, ciphertext, last_step, created_at)
    VALUES (${countyCode}, ${accountId}, ${totp.ciphertext}, ${totp.lastStep},
            ${totp.createdAt})`.execute(trx);
};

export const deleteTotp = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<void> => {
  await sql`DELETE FROM totp_secret
    WHERE county_code = ${countyCode} AND account_id = ${accountId}`.execute(trx);
};

/** Replaces all recovery codes of an account; none are left for an empty list. */
export const storeRecoveryCodes = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  codes: readonly string[],
): Promise<void> => {
  await sql`DELETE FROM recovery_code
    WHERE county_code = ${countyCode} AND account_id = ${accountId}`.execute(trx);
  for (const code of codes) {
    await sql`INSERT INTO recovery_code (county_code, account_id, code_hash)
      VALUES (${countyCode}, ${accountId}, ${recoveryHash(code)})`.execute(trx);
  }
};

/** Takes a recovery code out for good; whether it was one. */
export const useRecoveryCode = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  code: string,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`DELETE FROM recovery_code
    WHERE county_code = ${countyCode} AND account_id = ${accountId}
      AND code_hash = ${recoveryHash(code)}`.execute(trx);
  return numAffectedRows === 1n;
};

/** How many recovery codes are left. */
export const countRecoveryCodes = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<number> => {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM recovery_code
    WHERE county_code = ${countyCode} AND account_id = ${accountId}`.execute(trx);
  return rows[0]?.n ?? 0;
};

const PASSKEY = sql`credential_id AS "credentialId", account_id AS "accountId", name,
  public_key AS "publicKey", use_count::float8 AS "useCount", created_at AS "createdAt",
  last_used_at AS "lastUsedAt"`;

/** The passkeys of an account, oldest first. */
export const readPasskeys = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<StoredPasskey[]> => {
  const { rows } = await sql<StoredPasskey>`SELECT ${PASSKEY} FROM passkey
    WHERE county_code = ${countyCode} AND account_id = ${accountId}
    ORDER BY created_at`.execute(trx);
  return rows;
};

/** The passkey of an authenticator's id, locked; or null. */
export const lockPasskey = async (
  trx: Trx,
  countyCode: string,
  credentialId: string,
): Promise<StoredPasskey | null> => {
  const { rows } = await sql<StoredPasskey>`SELECT ${PASSKEY} FROM passkey
    WHERE county_code = ${countyCode} AND credential_id = ${credentialId}
    FOR UPDATE`.execute(trx);
  return rows[0] ?? null;
};

export const insertPasskey = async (
  trx: Trx,
  countyCode: string,
  passkey: Omit<StoredPasskey, "lastUsedAt" | "publicKey"> & { publicKey: Uint8Array },
): Promise<void> => {
  await sql`INSERT INTO passkey (county_code, credential_id, account_id, name, public_key,
      use_count, created_at)
    VALUES (${countyCode}, ${passkey.credentialId}, ${passkey.accountId}, ${passkey.name},
      ${Buffer.from(passkey.publicKey)}, ${passkey.useCount}, ${passkey.createdAt})`.execute(trx);
};

export const usePasskey = async (
  trx: Trx,
  countyCode: string,
  credentialId: string,
  useCount: number,
  now: Date,
): Promise<void> => {
  await sql`UPDATE passkey SET use_count = ${useCount}, last_used_at = ${now}
    WHERE county_code = ${countyCode} AND credential_id = ${credentialId}`.execute(trx);
};

/** Removes one passkey of an account, or with null all of them; how many there were. */
export const deletePasskeys = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  credentialId: string | null,
): Promise<number> => {
  const { numAffectedRows } = await sql`DELETE FROM passkey
    WHERE county_code = ${countyCode} AND account_id = ${accountId}
      AND (${credentialId}::text IS NULL OR credential_id = ${credentialId})`.execute(trx);
  return Number(numAffectedRows ?? 0n);
};

/** Whether the county asks this role for a second factor. */
export const isFactorRequired = async (
  trx: Trx,
  countyCode: string,
  role: AccountRole,
): Promise<boolean> => {
  const { rows } = await sql<{ required: boolean }>`
    SELECT second_factor_required AS required FROM sign_in_rule
     WHERE county_code = ${countyCode} AND role = ${role}`.execute(trx);
  return rows[0]?.required ?? false;
};
