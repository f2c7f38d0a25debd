import type { FollowChannel, FollowOrigin, MessageLanguage } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** A follower as stored; the address is sealed. */
export type Follower = {
  followerId: string;
  caseId: string;
  origin: FollowOrigin;
  /** Own secret of who joined; null for the reporter, whose secret is the case's. */
  receiptCode: string | null;
  channel: FollowChannel;
  sealed: { keyId: string; ciphertext: Buffer } | null;
  language: MessageLanguage | null;
  confirmedAt: Date | null;
  deleteAfter: string | null;
};

type Row = {
  follower_id: string;
  case_id: string;
  origin: FollowOrigin;
  receipt_code: string | null;
  channel: FollowChannel;
  key_id: string | null;
  ciphertext: Buffer | null;
  language: MessageLanguage | null;
  confirmed_at: Date | null;
  delete_after: string | null;
};

const COLUMNS = sql.raw(
  "f.follower_id, f.case_id, f.origin, f.receipt_code, f.channel, f.key_id, f.ciphertext, f.language, f.confirmed_at, f.delete_after",
);

const followerOf = (row: Row): Follower => ({
  followerId: row.follower_id,
  caseId: row.case_id,
  origin: row.origin,
  receiptCode: row.receipt_code,
  channel: row.channel,
  sealed:
    row.key_id === null || row.ciphertext === null
      ? null
      : { keyId: row.key_id, ciphertext: row.ciphertext },
  language: row.language,
  confirmedAt: row.confirmed_at,
  deleteAfter: row.delete_after,
});

/** One follower, locked when it is to be changed. */
export const selectFollower = async (
  trx: Trx,
  countyCode: string,
  followerId: string,
): Promise<Follower | undefined> => {
  const { rows } = await sql<Row>`SELECT ${COLUMNS} FROM case_follower f
    WHERE f.county_code = ${countyCode} AND f.follower_id = ${followerId}::uuid`.execute(trx);
  return rows[0] && followerOf(rows[0]);
};

/** Who is told of a case; `via`: the duplicate merged into it through which they came, else null. */
export type Told = Follower & { via: string | null };

/**
 * Everybody who wants to be told of a case beyond the page, those of duplicates that were merged into
 * it, and into those, among them.
 */
export const selectTold = async (trx: Trx, countyCode: string, caseId: string): Promise<Told[]> => {
  const { rows } = await sql<Row & { via: string | null }>`
    WITH RECURSIVE heard AS (
      SELECT ${caseId}::uuid AS case_id, NULL::uuid AS via
      UNION ALL
      SELECT c.case_id, coalesce(h.via, c.case_id) FROM heard h
      JOIN cases c ON c.county_code = ${countyCode} AND c.merged_into = h.case_id)
    SELECT ${COLUMNS}, h.via FROM heard h
    JOIN case_follower f ON f.county_code = ${countyCode} AND f.case_id = h.case_id
    WHERE f.channel <> 'page' ORDER BY f.follower_id`.execute(trx);
  return rows.map((row) => ({ ...followerOf(row), via: row.via }));
};

/** Who joined a case, beside its reporter. */
export const countJoined = async (
  trx: Trx,
  countyCode: string,
  caseId: string,
): Promise<number> => {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM case_follower f
    WHERE f.county_code = ${countyCode} AND f.case_id = ${caseId}::uuid
      AND f.origin = 'joined'`.execute(trx);
  return rows[0]?.n ?? 0;
};

export type FollowerAddress = {
  channel: FollowChannel;
  keyId: string;
  ciphertext: Buffer;
  language: MessageLanguage;
  consentVersion: string;
  consentedAt: Date;
  deleteAfter: string;
};

/** Enters a follower; false when the id is taken. `address` null follows on the page alone. */
export const insertFollower = async (
  trx: Trx,
  countyCode: string,
  {
    followerId,
    caseId,
    origin,
    receiptCode,
  }: Pick<Follower, "followerId" | "caseId" | "origin" | "receiptCode">,
  address: FollowerAddress | null,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    INSERT INTO case_follower (county_code, follower_id, case_id, origin, receipt_code, channel,
      key_id, ciphertext, language, consent_version, consented_at, delete_after)
    VALUES (${countyCode}, ${followerId}::uuid, ${caseId}::uuid, ${origin}, ${receiptCode},
      ${address?.channel ?? "page"}, ${address?.keyId ?? null}, ${address?.ciphertext ?? null},
      ${address?.language ?? null}, ${address?.consentVersion ?? null},
      ${address?.consentedAt ?? null}::timestamptz, ${address?.deleteAfter ?? null}::date)
    ON CONFLICT DO NOTHING`.execute(trx);
  return numAffectedRows === 1n;
};

/** Changes how a follower is told; null deletes the address and leaves the page. */
export const setAddress = (
  trx: Trx,
  countyCode: string,
  followerId: string,
  address: FollowerAddress | null,
) =>
  sql`UPDATE case_follower SET channel = ${address?.channel ?? "page"},
      key_id = ${address?.keyId ?? null}, ciphertext = ${address?.ciphertext ?? null},
      language = ${address?.language ?? null}, consent_version = ${address?.consentVersion ?? null},
      consented_at = ${address?.consentedAt ?? null}::timestamptz, confirmed_at = NULL,
      delete_after = ${address?.deleteAfter ?? null}::date
    WHERE county_code = ${countyCode} AND follower_id = ${followerId}::uuid`.execute(trx);

/** The owner of an e-mail address said yes; a second yes keeps the first. */
export const confirmFollower = (trx: Trx, countyCode: string, followerId: string, now: Date) =>
  sql`UPDATE case_follower SET confirmed_at = coalesce(confirmed_at, ${now}::timestamptz)
    WHERE county_code = ${countyCode} AND follower_id = ${followerId}::uuid
      AND channel <> 'page'`.execute(trx);

/** Deletes addresses whose term has ended; the receipts go on opening the page. */
export const removeExpiredAddresses = (trx: Trx, countyCode: string, today: string) =>
  sql`UPDATE case_follower SET channel = 'page', key_id = NULL, ciphertext = NULL, language = NULL,
      consent_version = NULL, consented_at = NULL, confirmed_at = NULL, delete_after = NULL
    WHERE county_code = ${countyCode} AND delete_after < ${today}::date`.execute(trx);
