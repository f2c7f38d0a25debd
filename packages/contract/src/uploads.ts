import { z } from "zod";
import { Photo, PHOTO_MAX_BYTES } from "./attachments.ts";
import { endpoint } from "./endpoint.ts";
import { Id, QueryNumber } from "./primitives.ts";

/** Largest piece of a photo in one request, bytes. */
export const CHUNK_MAX_BYTES = 1024 * 1024;

/** How far the upload of one photo has come. */
export const UploadProgress = z.object({
  attachmentId: Id,
  /** Bytes that lie on the server: where the next piece begins. */
  receivedBytes: z.number().int().min(0),
  totalBytes: z.number().int().min(1),
  /** The stored photo, once all bytes are there and it was encoded again. */
  photo: Photo.nullable(),
});
export type UploadProgress = z.infer<typeof UploadProgress>;

/** What an upload is of: the same id, length and hash name the same upload. */
const Whole = z.strictObject({
  totalBytes: QueryNumber(z.number().int().min(1)),
  /** SHA-256 of the whole photo as it lies on the phone, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const PROBLEMS = ["attachments.too_large", "attachments.id_taken"] as const;

export const getUpload = endpoint({
  name: "attachments.getUpload",
  method: "GET",
  path: "/api/v1/attachments/{attachmentId}/upload",
  permission: "cases.report",
  summary: "How much of a photo has arrived, so that a broken upload goes on where it stopped",
  params: z.strictObject({ attachmentId: Id }),
  query: Whole,
  answer: UploadProgress,
  problems: PROBLEMS,
});

/** The body is a piece of the image, at most `CHUNK_MAX_BYTES`, whatever its content type. */
export const patchUpload = endpoint({
  name: "attachments.patchUpload",
  method: "PATCH",
  path: "/api/v1/attachments/{attachmentId}/upload",
  permission: "cases.report",
  summary: "Send the next piece of a photo; the last one stores it, as one upload would",
  params: z.strictObject({ attachmentId: Id }),
  query: Whole.extend({
    /** Where this piece begins; never after what has arrived. */
    offset: QueryNumber(z.number().int().min(0).max(PHOTO_MAX_BYTES)),
  }),
  answer: UploadProgress,
  problems: [
    ...PROBLEMS,
    "attachments.too_many_pixels",
    "attachments.unsupported_type",
    "attachments.unreadable",
    "attachments.wrong_offset",
    "attachments.piece_too_large",
    "attachments.hash_mismatch",
  ],
});
