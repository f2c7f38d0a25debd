import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import {
  CHUNK_MAX_BYTES,
  PHOTO_MAX_BYTES,
  type Photo,
  type UploadProgress,
} from "@onegrid/contract";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { findPhoto } from "./attachment-store.ts";
import type { FileStore } from "./file-store.ts";
import { ACCEPTED, imageKind, SNIFF_BYTES } from "./image-kind.ts";
import { beginPart, hashOf, headOf, partPath, partSize, writePart } from "./parts.ts";
import {
  hashMismatch,
  idTaken,
  pieceTooLarge,
  tooLarge,
  unreadable,
  unsupportedType,
  wrongOffset,
} from "./problems.ts";
import { isCutOff } from "./receive-upload.ts";
import { photoView, storePhoto } from "./store-photo.ts";

/** Where photos come in and where they go to. */
export type PhotoPlaces = { store: FileStore; folder: string };
/** What an upload is of. */
export type Whole = { attachmentId: string; totalBytes: number; sha256: string };

/** The stored photo of the id; throws `attachments.id_taken` when it is of other bytes. */
const findStored = async (ctx: StaffCtx, whole: Whole): Promise<Photo | null> => {
  const { countyCode } = ctx.county;
  const photo = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    findPhoto(trx, countyCode, whole.attachmentId),
  );
  if (photo === null) return null;
  if (photo.uploadSha256.toString("hex") !== whole.sha256) throw new ProblemError(idTaken);
  return photoView(photo, true);
};

const progress = (
  { attachmentId, totalBytes }: Whole,
  receivedBytes: number,
  photo: Photo | null = null,
): UploadProgress => ({ attachmentId, receivedBytes, totalBytes, photo });

const pathOf = ({ folder }: PhotoPlaces, ctx: StaffCtx, { attachmentId, sha256 }: Whole) =>
  partPath(folder, {
    countyCode: ctx.county.countyCode,
    accountId: ctx.actor.accountId,
    attachmentId,
    sha256,
  });

/** How far an upload has come. Throws `attachments.too_large`, `.id_taken`. */
export const uploadProgress = async (
  ctx: StaffCtx,
  places: PhotoPlaces,
  whole: Whole,
): Promise<UploadProgress> => {
  if (whole.totalBytes > PHOTO_MAX_BYTES) throw new ProblemError(tooLarge);
  const photo = await findStored(ctx, whole);
  if (photo !== null) return progress(whole, whole.totalBytes, photo);
  return progress(whole, await partSize(pathOf(places, ctx, whole)));
};

/** Passes a piece on and refuses it as soon as it is longer than `room`. */
async function* limited(source: Readable, room: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > room) throw new ProblemError(pieceTooLarge(room));
    yield chunk;
  }
}

/** What is no photo by its first bytes is refused before the rest is sent. */
const checkKind = async (path: string): Promise<void> => {
  const kind = imageKind(await headOf(path));
  if (ACCEPTED.includes(kind)) return;
  await rm(path, { force: true });
  throw new ProblemError(unsupportedType(kind));
};

const finish = async (
  ctx: StaffCtx,
  { store }: PhotoPlaces,
  whole: Whole,
  path: string,
): Promise<Photo> => {
  const sha256 = await hashOf(path);
  if (sha256.toString("hex") !== whole.sha256) {
    await rm(path, { force: true });
    throw new ProblemError(hashMismatch);
  }
  const upload = { path, bytes: whole.totalBytes, sha256 };
  const photo = await storePhoto(ctx, store, whole.attachmentId, upload);
  await rm(path, { force: true });
  return photo;
};

/**
 * Takes one piece of a photo; the last one stores it like an upload in one request. Sending a
 * piece again is harmless. Throws what `uploadProgress` and `storePhoto` throw, and
 * `attachments.wrong_offset` (says where to go on), `.piece_too_large`, `.hash_mismatch`,
 * `.unsupported_type`, `.unreadable` (the connection broke; what came is kept).
 */
export const receivePiece = async (
  ctx: StaffCtx,
  places: PhotoPlaces,
  whole: Whole,
  offset: number,
  source: Readable,
): Promise<UploadProgress> => {
  const before = await uploadProgress(ctx, places, whole);
  if (before.photo !== null) return before;
  if (offset > before.receivedBytes) throw new ProblemError(wrongOffset(before.receivedBytes));
  const path = pathOf(places, ctx, whole);
  const room = Math.min(CHUNK_MAX_BYTES, whole.totalBytes - offset);
  try {
    await beginPart(path);
    await writePart(path, offset, limited(source, room));
    const received = await partSize(path);
    if (offset < SNIFF_BYTES && received >= Math.min(SNIFF_BYTES, whole.totalBytes)) {
      await checkKind(path);
    }
    if (received < whole.totalBytes) return progress(whole, received);
    return progress(whole, received, await finish(ctx, places, whole, path));
  } catch (error) {
    // The same last piece, sent twice because an answer was lost, may have been faster.
    const stored = await findStored(ctx, whole);
    if (stored !== null) return progress(whole, whole.totalBytes, stored);
    throw isCutOff(error) ? new ProblemError(unreadable) : error;
  }
};
