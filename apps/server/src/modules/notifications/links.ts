import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

const TAG_BYTES = 16;

const keyOf = (dataKey: Uint8Array): Buffer =>
  Buffer.from(hkdfSync("sha256", dataKey, "", "onegrid follower link", 32));

const tagOf = (dataKey: Uint8Array, countyCode: string, id: Buffer): Buffer =>
  createHmac("sha256", keyOf(dataKey))
    .update(countyCode)
    .update("\0")
    .update(id)
    .digest()
    .subarray(0, TAG_BYTES);

/**
 * What a letter's link carries so that its receiver may confirm or stop: which follower, and the
 * proof that we wrote it. It opens neither the case nor the receipt.
 */
export const followerToken = (
  dataKey: Uint8Array,
  countyCode: string,
  followerId: string,
): string => {
  const id = Buffer.from(followerId.replaceAll("-", ""), "hex");
  return Buffer.concat([id, tagOf(dataKey, countyCode, id)]).toString("base64url");
};

/** The follower a token names; null when we did not write it for this county. */
export const followerOfToken = (
  dataKey: Uint8Array,
  countyCode: string,
  token: string,
): string | null => {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 16 + TAG_BYTES) return null;
  const id = bytes.subarray(0, 16);
  if (!timingSafeEqual(bytes.subarray(16), tagOf(dataKey, countyCode, id))) return null;
  return id.toString("hex").replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
};
