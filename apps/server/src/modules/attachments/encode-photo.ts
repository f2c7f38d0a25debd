import { createHash } from "node:crypto";
import { PHOTO_MAX_PIXELS } from "@onegrid/contract";
import sharp, { type Sharp } from "sharp";
import { limiter } from "../../platform/limiter.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { PhotoFiles } from "./photo-files.ts";
import { tooManyPixels, unreadable } from "./problems.ts";

/** Longest side of each stored size, in pixels. */
const SIDE_PX = { thumb: 320, screen: 1280, full: 2560 } as const;
const QUALITY = { thumb: 72, screen: 78, full: 82 } as const;
const PATIENCE_SECONDS = 30;

// Two photos at a time, each on one thread, and nothing kept: memory stays bounded and known.
const inTurn = limiter(2, 40);
sharp.concurrency(1);
sharp.cache(false);

export type EncodedPhoto = {
  files: PhotoFiles;
  /** SHA-256 of the full size: the photo's address. */
  sha256: Buffer;
  /** Of the full size. */
  widthPx: number;
  heightPx: number;
};

const INPUT = {
  limitInputPixels: PHOTO_MAX_PIXELS,
  // A file that is cut off must be sent again, not stored half grey.
  failOn: "warning",
  // Of a moving picture only the first.
  pages: 1,
} as const;

/** Refuses by what the header says, before a pixel is decoded. */
const checkHeader = async (path: string): Promise<void> => {
  const { width, height } = await sharp(path, { ...INPUT, limitInputPixels: false }).metadata();
  const pixels = (width ?? 0) * (height ?? 0);
  if (pixels === 0) throw new ProblemError(unreadable);
  if (pixels > PHOTO_MAX_PIXELS) throw new ProblemError(tooManyPixels(pixels));
};

const encode = async (path: string): Promise<EncodedPhoto> => {
  await checkHeader(path);
  // Upright first, then every metadata is left behind: place, time, device, thumbnails, profile.
  const { data, info } = await sharp(path, INPUT)
    .timeout({ seconds: PATIENCE_SECONDS })
    .autoOrient()
    .resize({ width: SIDE_PX.full, height: SIDE_PX.full, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const pixels = (): Sharp => sharp(data, { raw: { width, height, channels } });
  const smaller = (size: "thumb" | "screen"): Promise<Buffer> =>
    pixels()
      .resize({
        width: SIDE_PX[size],
        height: SIDE_PX[size],
        fit: "inside",
        withoutEnlargement: true,
      })
      .webp({ quality: QUALITY[size] })
      .toBuffer();
  const full = await pixels().webp({ quality: QUALITY.full }).toBuffer();
  return {
    files: { full, screen: await smaller("screen"), thumb: await smaller("thumb") },
    sha256: createHash("sha256").update(full).digest(),
    widthPx: width,
    heightPx: height,
  };
};

/**
 * Decodes an upload and encodes it again as WebP in three sizes, upright, without metadata.
 * Throws `attachments.too_many_pixels`, `attachments.unreadable`, `server.unavailable`.
 */
export const encodePhoto = (path: string): Promise<EncodedPhoto> =>
  inTurn(async () => {
    try {
      return await encode(path);
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      // libvips says only in words what is wrong with a file; nothing else can fail here.
      throw new ProblemError(unreadable);
    }
  });
