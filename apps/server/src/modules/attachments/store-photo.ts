import type { Photo } from "@onegrid/contract";
import type { Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { scopeOf } from "../../platform/context.ts";
import { findPhoto, insertPhoto, lockContent, type StoredPhoto } from "./attachment-store.ts";
import { encodePhoto } from "./encode-photo.ts";
import type { FileStore } from "./file-store.ts";
import { putPhotoFiles } from "./photo-files.ts";
import { idTaken } from "./problems.ts";
import type { Upload } from "./receive-upload.ts";

/** A photo as it is answered; `repeated` when it was there already. */
export const photoView = (photo: StoredPhoto, repeated: boolean): Photo => ({
  attachmentId: photo.attachmentId,
  widthPx: photo.widthPx,
  heightPx: photo.heightPx,
  bytes: photo.bytes,
  repeated,
});

/** The answer for an id that is there already: the same again, or a refusal for other bytes. */
const again = (known: StoredPhoto, upload: Upload): Photo => {
  if (!known.uploadSha256.equals(upload.sha256)) throw new ProblemError(idTaken);
  return photoView(known, true);
};

/**
 * Stores one photo under the id its client chose. The same id with the same bytes answers the same
 * again. When it resolves, row and files survive a crash. Throws `attachments.id_taken` and what
 * `encodePhoto` throws.
 */
export const storePhoto = async (
  ctx: Ctx,
  store: FileStore,
  attachmentId: string,
  upload: Upload,
): Promise<Photo> => {
  const { countyCode } = ctx.county;
  const earlier = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    findPhoto(trx, countyCode, attachmentId),
  );
  if (earlier !== null) return again(earlier, upload);
  const { files, sha256, widthPx, heightPx } = await encodePhoto(upload.path);
  const photo: StoredPhoto = {
    attachmentId,
    uploadSha256: upload.sha256,
    sha256,
    widthPx,
    heightPx,
    bytes: files.full.byteLength,
  };
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await lockContent(trx, countyCode, sha256);
    await putPhotoFiles(store, countyCode, sha256, files);
    const { accountId } = ctx.actor;
    if (await insertPhoto(trx, countyCode, photo, accountId, ctx.clock.now())) {
      return photoView(photo, false);
    }
    const rival = await findPhoto(trx, countyCode, attachmentId);
    // Removed in the same moment; the client tries again.
    if (rival === null) throw new ProblemError(idTaken);
    return again(rival, upload);
  });
};
