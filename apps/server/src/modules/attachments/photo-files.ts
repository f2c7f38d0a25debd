import { PHOTO_SIZES, type PhotoSize } from "@onegrid/contract";
import type { FileStore } from "./file-store.ts";

/** The three encoded sizes of a photo. */
export type PhotoFiles = Record<PhotoSize, Buffer>;

/** Key of a stored size: by the hash of its full size, within the county. */
export const photoKey = (countyCode: string, sha256: Buffer, size: PhotoSize): string => {
  const hash = sha256.toString("hex");
  return `photos/${countyCode}/${hash.slice(0, 2)}/${hash}-${size}.webp`;
};

export const putPhotoFiles = async (
  store: FileStore,
  countyCode: string,
  sha256: Buffer,
  files: PhotoFiles,
): Promise<void> => {
  for (const size of PHOTO_SIZES) await store.put(photoKey(countyCode, sha256, size), files[size]);
};

export const removePhotoFiles = async (
  store: FileStore,
  countyCode: string,
  sha256: Buffer,
): Promise<void> => {
  for (const size of PHOTO_SIZES) await store.remove(photoKey(countyCode, sha256, size));
};
