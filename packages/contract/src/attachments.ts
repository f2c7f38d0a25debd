import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Id } from "./primitives.ts";
import { PHOTO_SIZES } from "./words.ts";

/** Largest upload in bytes, and largest image in pixels; both refused before decoding. */
export const PHOTO_MAX_BYTES = 15 * 1024 * 1024;
export const PHOTO_MAX_PIXELS = 50_000_000;
export const PHOTOS_PER_CASE = 9;

export const Photo = z.object({
  attachmentId: Id,
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  bytes: z.number().int(),
  repeated: z.boolean(),
});
export type Photo = z.infer<typeof Photo>;

/** The body is the image itself, not a form: `content-type: image/jpeg` and the like. */
export const putPhoto = endpoint({
  name: "attachments.put",
  method: "PUT",
  path: "/api/v1/attachments/{attachmentId}",
  permission: "public",
  summary: "Upload one photo under an id the client chose; re-encoded, metadata stripped",
  params: z.strictObject({ attachmentId: Id }),
  answer: Photo,
  problems: [
    "attachments.too_large",
    "attachments.too_many_pixels",
    "attachments.unsupported_type",
    "attachments.unreadable",
    "attachments.id_taken",
  ],
});

/** Answers image/webp; the contract only names the path. */
export const getPhoto = endpoint({
  name: "attachments.get",
  method: "GET",
  path: "/api/v1/attachments/{attachmentId}/{size}",
  permission: "cases.read",
  summary: "One stored size of a photo of a case in the own scope",
  params: z.strictObject({ attachmentId: Id, size: z.enum(PHOTO_SIZES) }),
  answer: z.undefined(),
  problems: ["attachments.not_found"],
});
