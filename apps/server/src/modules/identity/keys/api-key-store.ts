import type { ApiKeyLine, MachinePermission, MachineRole } from "@onegrid/contract";
import { sql } from "kysely";
import type { Db, Trx } from "../../../platform/database.ts";
import { secretHash } from "../session-cookie.ts";

/** A key as the gate needs it; `isRevoked` and `expiresAt` are for the gate to judge. */
export type FoundKey = {
  keyId: string;
  role: MachineRole;
  scopeCode: string;
  unitCode: string | null;
  permissions: MachinePermission[];
  requestsPerMinute: number;
  expiresAt: Date;
  isRevoked: boolean;
};

/** The key of a secret, living or not, or null; notes the day of use of a living one. */
export const useApiKey = async (
  db: Db,
  countyCode: string,
  secret: string,
  now: Date,
  today: string,
): Promise<FoundKey | null> => {
  const { rows } = await sql<FoundKey>`
    SELECT key_id AS "keyId", role, scope_code AS "scopeCode", unit_code AS "unitCode", permissions,
           requests_per_minute AS "requestsPerMinute", expires_at AS "expiresAt",
           is_revoked AS "isRevoked"
      FROM onegrid.use_api_key(${countyCode}, ${secretHash(secret)}, ${now}, ${today}::date)`.execute(
    db,
  );
  return rows[0] ?? null;
};

export type KeyDraft = {
  keyId: string;
  secret: string;
  permissions: readonly MachinePermission[];
  requestsPerMinute: number;
  createdAt: Date;
  createdBy: string;
  expiresAt: Date;
};

/** Stores a key; its account is there already. */
export const insertApiKey = async (
  trx: Trx,
  countyCode: string,
  draft: KeyDraft,
): Promise<void> => {
  await trx
    .insertInto("api_key")
    .values({
      county_code: countyCode,
      key_id: draft.keyId,
      secret_hash: secretHash(draft.secret),
      permissions: [...draft.permissions],
      requests_per_minute: draft.requestsPerMinute,
      created_at: draft.createdAt,
      created_by: draft.createdBy,
      expires_at: draft.expiresAt,
    })
    .execute();
};

/** Revokes a key that is not revoked; whether there was one. */
export const setRevoked = async (
  trx: Trx,
  countyCode: string,
  keyId: string,
  now: Date,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`UPDATE api_key SET revoked_at = ${now}
    WHERE county_code = ${countyCode} AND key_id = ${keyId} AND revoked_at IS NULL`.execute(trx);
  return numAffectedRows === 1n;
};

type Row = Omit<ApiKeyLine, "createdAt" | "expiresAt" | "revokedAt"> & {
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
};

/** Every key of a county, the newest first. */
export const readApiKeys = async (trx: Trx, countyCode: string): Promise<ApiKeyLine[]> => {
  const { rows } = await sql<Row>`
    SELECT k.key_id AS "keyId", a.name, a.role, a.scope_code AS "scopeCode",
           a.unit_code AS "unitCode", k.permissions, k.requests_per_minute AS "requestsPerMinute",
           k.created_at AS "createdAt", c.name AS "createdByName", k.expires_at AS "expiresAt",
           k.revoked_at AS "revokedAt", k.last_used_on AS "lastUsedOn"
      FROM api_key k
      JOIN account a ON a.county_code = k.county_code AND a.account_id = k.key_id
      JOIN account c ON c.county_code = k.county_code AND c.account_id = k.created_by
     WHERE k.county_code = ${countyCode} ORDER BY k.created_at DESC, k.key_id`.execute(trx);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }));
};
