import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** What is stored of a way to answer: unreadable without the installation's key. */
export type SealedContact = {
  /** Names the key without telling it, so that a key can be changed later. */
  keyId: string;
  /** 12 bytes nonce, 16 bytes tag, then the ciphertext. */
  ciphertext: Buffer;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keyIdOf = (dataKey: Uint8Array): string =>
  createHash("sha256").update("onegrid contact key\0").update(dataKey).digest("hex").slice(0, 16);

/** The case is part of what is sealed: a contact copied to another case does not open there. */
const boundTo = (countyCode: string, caseId: string): Buffer =>
  Buffer.from(`${countyCode}\0${caseId}`, "utf8");

/** Encrypts a resident's contact for one case (AES-256-GCM, a fresh nonce each time). */
export const sealContact = (
  dataKey: Uint8Array,
  countyCode: string,
  caseId: string,
  contact: string,
): SealedContact => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", dataKey, nonce);
  cipher.setAAD(boundTo(countyCode, caseId));
  const body = Buffer.concat([cipher.update(contact, "utf8"), cipher.final()]);
  return {
    keyId: keyIdOf(dataKey),
    ciphertext: Buffer.concat([nonce, cipher.getAuthTag(), body]),
  };
};

/** Opens a sealed contact; throws when the key or the case is another, or a bit was changed. */
export const openContact = (
  dataKey: Uint8Array,
  countyCode: string,
  caseId: string,
  { ciphertext }: SealedContact,
): string => {
  const decipher = createDecipheriv("aes-256-gcm", dataKey, ciphertext.subarray(0, NONCE_BYTES));
  decipher.setAAD(boundTo(countyCode, caseId));
  decipher.setAuthTag(ciphertext.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = ciphertext.subarray(NONCE_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
};
