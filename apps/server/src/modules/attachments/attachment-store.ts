import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";

/** A photo as stored: its row names the content, the bytes lie in the file store. */
export type StoredPhoto = {
  attachmentId: string;
  uploadSha256: Buffer;
  sha256: Buffer;
  widthPx: number;
  heightPx: number;
  bytes: number;
};

type PhotoRow = {
  attachment_id: string;
  upload_sha256: Buffer;
  sha256: Buffer;
  width_px: number;
  height_px: number;
  bytes: number;
};

const COLUMNS = [
  "attachment_id",
  "upload_sha256",
  "sha256",
  "width_px",
  "height_px",
  "bytes",
] as const;

const photoOf = (row: PhotoRow): StoredPhoto => ({
  attachmentId: row.attachment_id,
  uploadSha256: row.upload_sha256,
  sha256: row.sha256,
  widthPx: row.width_px,
  heightPx: row.height_px,
  bytes: row.bytes,
});

/** The photo of an id, or null. */
export const findPhoto = async (
  trx: Trx,
  countyCode: string,
  attachmentId: string,
): Promise<StoredPhoto | null> => {
  const row = await trx
    .selectFrom("attachment")
    .select(COLUMNS)
    .where("county_code", "=", countyCode)
    .where("attachment_id", "=", attachmentId)
    .executeTakeFirst();
  return row === undefined ? null : photoOf(row);
};

/**
 * Until this transaction ends nobody else writes or removes the files of this content, so a
 * removal cannot take what an upload has just found to be there already.
 */
export const lockContent = async (trx: Trx, countyCode: string, sha256: Buffer): Promise<void> => {
  const key = `${countyCode}/${sha256.toString("hex")}`;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
};

/** Inserts a photo; false when the id is taken. */
export const insertPhoto = async (
  trx: Trx,
  countyCode: string,
  photo: StoredPhoto,
  accountId: string | null,
  createdAt: Date,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("attachment")
    .values({
      county_code: countyCode,
      attachment_id: photo.attachmentId,
      upload_sha256: photo.uploadSha256,
      sha256: photo.sha256,
      width_px: photo.widthPx,
      height_px: photo.heightPx,
      bytes: photo.bytes,
      account_id: accountId,
      created_at: createdAt,
    })
    .onConflict((conflict) => conflict.columns(["county_code", "attachment_id"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
};

/** Content hash of a photo of a case that the transaction's scope sees (row-level security). */
export const findVisibleContent = async (
  trx: Trx,
  countyCode: string,
  attachmentId: string,
): Promise<Buffer | null> => {
  const row = await trx
    .selectFrom("attachment as a")
    .innerJoin("cases as c", (join) =>
      join.onRef("c.county_code", "=", "a.county_code").onRef("c.case_id", "=", "a.case_id"),
    )
    .select("a.sha256")
    .where("a.county_code", "=", countyCode)
    .where("a.attachment_id", "=", attachmentId)
    .executeTakeFirst();
  return row?.sha256 ?? null;
};

/** As `findVisibleContent`, of several photos; those out of sight are missing. */
export const findVisibleContents = async (
  trx: Trx,
  countyCode: string,
  attachmentIds: readonly string[],
): Promise<Map<string, Buffer>> => {
  if (attachmentIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom("attachment as a")
    .innerJoin("cases as c", (join) =>
      join.onRef("c.county_code", "=", "a.county_code").onRef("c.case_id", "=", "a.case_id"),
    )
    .select(["a.attachment_id", "a.sha256"])
    .where("a.county_code", "=", countyCode)
    .where("a.attachment_id", "in", attachmentIds)
    .execute();
  return new Map(rows.map(({ attachment_id, sha256 }) => [attachment_id, sha256]));
};

/** Removes rows that no case has named since `before`; answers the content they had. */
export const deleteUnnamed = async (
  trx: Trx,
  countyCode: string,
  before: Date,
): Promise<Buffer[]> => {
  const rows = await trx
    .deleteFrom("attachment")
    .where("county_code", "=", countyCode)
    .where("case_id", "is", null)
    .where("created_at", "<", before)
    .returning("sha256")
    .execute();
  return rows.map(({ sha256 }) => sha256);
};

/** Whether any photo of the county still has this content. */
export const isContentNamed = async (
  trx: Trx,
  countyCode: string,
  sha256: Buffer,
): Promise<boolean> => {
  const row = await trx
    .selectFrom("attachment")
    .select("attachment_id")
    .where("county_code", "=", countyCode)
    .where("sha256", "=", sha256)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};
