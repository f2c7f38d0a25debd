import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { seal, unseal } from "../seal.ts";

/** How a data key seals: internationally, or with the commercial ciphers 国密 of GB/T 32907, 32905. */
export const SUITES = ["aes_256_gcm", "sm4_ctr_hmac_sm3"] as const;
export type Suite = (typeof SUITES)[number];

type Sealing = {
  seal(key: Uint8Array, boundTo: string, text: string): Buffer;
  unseal(key: Uint8Array, boundTo: string, sealed: Uint8Array): string;
};

const COUNTER_BYTES = 16;
const MAC_BYTES = 32;
const SM4_KEY_BYTES = 16;

/** SM4's key and the key of the check sum, told apart. */
const smKeys = (key: Uint8Array): { cipherKey: Buffer; macKey: Buffer } => {
  const both = Buffer.from(hkdfSync("sm3", key, "", "onegrid sm4 sm3", SM4_KEY_BYTES + MAC_BYTES));
  return { cipherKey: both.subarray(0, SM4_KEY_BYTES), macKey: both.subarray(SM4_KEY_BYTES) };
};

/** Over the owner's length, the owner, the counter and the ciphertext: nothing runs into another. */
const macOf = (macKey: Buffer, boundTo: string, rest: Uint8Array): Buffer => {
  const owner = Buffer.from(boundTo, "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(owner.length);
  return createHmac("sm3", macKey).update(length).update(owner).update(rest).digest();
};

/** Node's OpenSSL has no SM4-GCM: SM4 in counter mode, then HMAC-SM3 over it (encrypt, then MAC). */
const sm: Sealing = {
  seal: (key, boundTo, text) => {
    const { cipherKey, macKey } = smKeys(key);
    const counter = randomBytes(COUNTER_BYTES);
    const cipher = createCipheriv("sm4-ctr", cipherKey, counter);
    const rest = Buffer.concat([counter, cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([macOf(macKey, boundTo, rest), rest]);
  },
  unseal: (key, boundTo, sealed) => {
    const { cipherKey, macKey } = smKeys(key);
    const [mac, rest] = [sealed.subarray(0, MAC_BYTES), sealed.subarray(MAC_BYTES)];
    const isWhole = mac.length === MAC_BYTES && rest.length >= COUNTER_BYTES;
    if (!isWhole || !timingSafeEqual(mac, macOf(macKey, boundTo, rest))) {
      throw new Error("the key or the owner is another, or a bit was changed");
    }
    const decipher = createDecipheriv("sm4-ctr", cipherKey, rest.subarray(0, COUNTER_BYTES));
    const body = rest.subarray(COUNTER_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
  },
};

/** Each takes a key of 32 bytes; `unseal` throws when key or owner is another, or a bit changed. */
export const SEALING: Record<Suite, Sealing> = {
  aes_256_gcm: { seal, unseal },
  sm4_ctr_hmac_sm3: sm,
};
