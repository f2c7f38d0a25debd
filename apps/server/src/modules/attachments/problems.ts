import { PHOTO_MAX_BYTES, PHOTO_MAX_PIXELS, type Refusal } from "@onegrid/contract";
import type { ImageKind } from "./image-kind.ts";

export const tooLarge: Refusal = {
  code: "attachments.too_large",
  status: 413,
  detail: `a photo has at most ${PHOTO_MAX_BYTES} bytes`,
  params: { maxBytes: PHOTO_MAX_BYTES },
};

export const tooManyPixels = (pixels: number): Refusal => ({
  code: "attachments.too_many_pixels",
  status: 413,
  detail: `a photo has at most ${PHOTO_MAX_PIXELS} pixels`,
  params: { pixels, maxPixels: PHOTO_MAX_PIXELS },
});

const ADVICE: Partial<Record<ImageKind, string>> = {
  heic: "; on an iPhone choose Settings, Camera, Formats, Most Compatible, or send a JPEG",
  avif: "; send it as JPEG",
};

export const unsupportedType = (found: ImageKind): Refusal => ({
  code: "attachments.unsupported_type",
  status: 415,
  detail: `a photo is JPEG, PNG or WebP by its content, whatever its name${ADVICE[found] ?? ""}`,
  params: { found, allowed: ["jpeg", "png", "webp"] },
});

export const unreadable: Refusal = {
  code: "attachments.unreadable",
  status: 422,
  detail: "the photo is cut off or damaged; send it again",
};

export const idTaken: Refusal = {
  code: "attachments.id_taken",
  status: 409,
  detail: "another photo was uploaded under this id",
};

export const notFound: Refusal = {
  code: "attachments.not_found",
  status: 404,
  detail: "no photo of a case in your scope has this id",
};

export const uploadedTooMuch = (seconds: number): Refusal => ({
  code: "request.too_many",
  status: 429,
  detail: "this address has uploaded a lot without an account; wait",
  params: { retryAfterSeconds: Math.max(1, Math.ceil(seconds)) },
});

export const wrongOffset = (receivedBytes: number): Refusal => ({
  code: "attachments.wrong_offset",
  status: 409,
  detail: "the piece begins after what has arrived; go on from receivedBytes",
  params: { receivedBytes },
});

export const pieceTooLarge = (maxBytes: number): Refusal => ({
  code: "attachments.piece_too_large",
  status: 413,
  detail: `this piece may have at most ${maxBytes} bytes`,
  params: { maxBytes },
});

export const hashMismatch: Refusal = {
  code: "attachments.hash_mismatch",
  status: 422,
  detail: "what arrived is not what was announced; send the photo again from its beginning",
};
