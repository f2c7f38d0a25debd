import type { Config } from "../../platform/config.ts";
import type { Trx } from "../../platform/database.ts";
import { findVisibleContents } from "./attachment-store.ts";
import { diskFileStore } from "./file-store.ts";
import { photoKey } from "./photo-files.ts";

/**
 * Photos (WebP, the size for a screen) of cases that the transaction's scope sees, by their ids. One
 * out of sight, or whose file is missing, is left out.
 */
export const readVisiblePhotos = async (
  trx: Trx,
  { filesDir }: Pick<Config, "filesDir">,
  countyCode: string,
  attachmentIds: readonly string[],
): Promise<Map<string, Buffer>> => {
  const store = diskFileStore(filesDir);
  const photos = new Map<string, Buffer>();
  for (const [id, sha256] of await findVisibleContents(trx, countyCode, attachmentIds)) {
    const bytes = await store.get(photoKey(countyCode, sha256, "screen"));
    if (bytes !== null) photos.set(id, bytes);
  }
  return photos;
};
