import { ApiProblem, NoAnswer } from "@onegrid/client";
import { getUpload, patchUpload, type UploadProgress } from "@onegrid/contract";
import { api, uploads } from "../session/api.ts";
import { db } from "../storage/database.ts";
import type { OutboxPhoto } from "./item.ts";
import { notePiece, pieceBytes } from "./pieces.ts";

/** SHA-256 in hex. */
export async function sha256Of(blob: Blob): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

type Upload = { photo: OutboxPhoto; totalBytes: number; sha256: string };

/** One piece from `offset` on. */
async function sendPiece({ photo, ...whole }: Upload, offset: number): Promise<UploadProgress> {
  const { photoId, blob } = photo;
  const query = { ...whole, totalBytes: String(whole.totalBytes), offset: String(offset) };
  const piece = blob.slice(offset, offset + pieceBytes(), "application/octet-stream");
  const begunAt = performance.now();
  try {
    const input = { params: { attachmentId: photoId }, query };
    const progress = await uploads.upload(patchUpload, input, piece);
    notePiece(performance.now() - begunAt);
    return progress;
  } catch (error) {
    if (error instanceof NoAnswer) notePiece(null);
    throw error;
  }
}

/** Where to go on after a try that broke off; a photo never tried begins at its beginning. */
async function beginning({ photo, totalBytes, sha256 }: Upload): Promise<number> {
  if (photo.tries === 0) return 0;
  const progress = await api.call(getUpload, {
    params: { attachmentId: photo.photoId },
    query: { totalBytes: String(totalBytes), sha256 },
  });
  // Whole but not stored: the last piece is sent again, which makes the server finish.
  return progress.photo ? totalBytes : Math.min(progress.receivedBytes, totalBytes - 1);
}

/** The server lost what came before, or asks for another place: both say where to go on. */
const placeIn = (error: unknown): number | null => {
  if (!(error instanceof ApiProblem)) return null;
  const { code, params } = error.problem;
  if (code === "attachments.hash_mismatch") return 0;
  const received = params?.["receivedBytes"];
  return code === "attachments.wrong_offset" && typeof received === "number" ? received : null;
};

const RESTARTS_MOST = 2;

/**
 * Sends one photo in pieces and goes on where a broken try stopped. Resolves when the server has
 * stored it as it lies here. Rejects like the client; a photo that is gone from the phone counts
 * as sent.
 */
export async function deliverPhoto(photoId: string): Promise<void> {
  const photo = await db.photos.get(photoId);
  if (photo === undefined) return;
  const sha256 = photo.sha256 ?? (await sha256Of(photo.blob));
  const upload = { photo, totalBytes: photo.blob.size, sha256 };
  let offset = await beginning(upload);
  await db.photos.update(photoId, { sha256, tries: photo.tries + 1 });
  let restarts = 0;
  while (offset < upload.totalBytes) {
    try {
      const { receivedBytes, photo: stored } = await sendPiece(upload, offset);
      offset = stored ? upload.totalBytes : receivedBytes;
    } catch (error) {
      const place = placeIn(error);
      if (place === null || restarts === RESTARTS_MOST) throw error;
      restarts += 1;
      offset = place;
    }
  }
  await db.photos.update(photoId, { uploaded: true });
}
