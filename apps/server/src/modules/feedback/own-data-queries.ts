import type { AccountRole, ContactReason, FollowChannel } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** A sealed address with the consent it was left under. */
export type KeptRow = {
  ciphertext: Buffer;
  keyId: string;
  consentVersion: string;
  consentedAt: Date;
  deleteAfter: string;
};

/** The contact of a case's reporter; undefined when none is kept. */
export const selectKeptContact = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
): Promise<KeptRow | undefined> => {
  const { rows } = await sql<KeptRow>`
    SELECT ciphertext, key_id AS "keyId", consent_version AS "consentVersion",
           consented_at AS "consentedAt", delete_after AS "deleteAfter"
      FROM reporter_contact WHERE county_code = ${countyCode} AND case_id = ${caseId}::uuid`.execute(
    trx,
  );
  return rows[0];
};

/** Where a follower's messages go; undefined on the page alone. */
export const selectKeptAddress = async (
  trx: Trx,
  countyCode: string,
  followerId: string,
): Promise<(KeptRow & { channel: FollowChannel }) | undefined> => {
  const { rows } = await sql<KeptRow & { channel: FollowChannel }>`
    SELECT channel, ciphertext, key_id AS "keyId", consent_version AS "consentVersion",
           consented_at AS "consentedAt", delete_after AS "deleteAfter"
      FROM case_follower WHERE county_code = ${countyCode} AND follower_id = ${followerId}::uuid
       AND ciphertext IS NOT NULL`.execute(trx);
  return rows[0];
};

/** The whole rating of a follower; undefined before there is one. */
export const selectOwnRating = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
  followerId: string,
): Promise<{ score: number; resolved: boolean; words: string | null; at: Date } | undefined> =>
  trx
    .selectFrom("case_rating")
    .select(["score", "resolved", "words", "rated_at as at"])
    .where("county_code", "=", countyCode)
    .where("case_id", "=", caseId)
    .where("follower_id", "=", followerId)
    .executeTakeFirst();

/** Who opened the reporter's contact, by kind of staff, the newest first; a hundred at most. */
export const selectLooks = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
): Promise<{ at: Date; role: AccountRole | null; reason: ContactReason | null }[]> => {
  const { rows } = await sql<{
    at: Date;
    role: AccountRole | null;
    reason: ContactReason | null;
  }>`
    SELECT e.occurred_at AS at, a.role, e.detail->>'reason' AS reason FROM audit_event e
      LEFT JOIN account a ON a.county_code = e.county_code AND a.account_id = e.account_id
     WHERE e.county_code = ${countyCode} AND e.action = 'contact.open' AND e.outcome = 'done'
       AND e.subject = ${caseId} ORDER BY e.audit_id DESC LIMIT 100`.execute(trx);
  return rows;
};
