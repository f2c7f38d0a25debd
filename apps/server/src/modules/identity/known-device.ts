import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * A browser that has signed in to an account before keeps proof of it (OWASP: device cookies).
 * The account's lockout does not bind such a browser, so that a stranger who guesses at somebody's
 * password cannot shut that person out; it has a counter of its own instead. The proof opens
 * nothing and is read at sign-in only.
 */

export const DEVICE_DAYS = 180;
const NONCE_BYTES = 16;
const PROOF = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

const keys = new WeakMap<Uint8Array, Buffer>();
const keyFrom = (dataKey: Uint8Array): Buffer => {
  const known = keys.get(dataKey);
  if (known !== undefined) return known;
  const key = Buffer.from(hkdfSync("sha256", dataKey, "", "onegrid known device", 32));
  keys.set(dataKey, key);
  return key;
};

const macOf = (dataKey: Uint8Array, countyCode: string, accountId: string, nonce: string): Buffer =>
  createHmac("sha256", keyFrom(dataKey)).update(`${countyCode}\0${accountId}\0${nonce}`).digest();

/** A new proof that the browser has signed in to the account. */
export const newDeviceProof = (
  dataKey: Uint8Array,
  countyCode: string,
  accountId: string,
): string => {
  const nonce = randomBytes(NONCE_BYTES).toString("base64url");
  return `${nonce}.${macOf(dataKey, countyCode, accountId, nonce).toString("base64url")}`;
};

/** The device's own name for counting when the proof is good for this account; else null. */
export const knownDevice = (
  dataKey: Uint8Array,
  countyCode: string,
  accountId: string,
  proof: string | null,
): string | null => {
  const [, nonce, mac] = PROOF.exec(proof ?? "") ?? [];
  if (nonce === undefined || mac === undefined) return null;
  const right = macOf(dataKey, countyCode, accountId, nonce);
  return timingSafeEqual(right, Buffer.from(mac, "base64url")) ? nonce : null;
};
