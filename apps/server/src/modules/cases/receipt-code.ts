import { randomBytes } from "node:crypto";

/** Crockford's base 32: no I, L, O, U, so that a code read aloud is heard as it was written. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 16;
const GROUP = 4;

/**
 * A receipt's code: 80 random bits as four groups of four, `7Q2M-…`. Whoever holds it may follow
 * the case, so it is unguessable and never shown to anybody else.
 */
export const newReceiptCode = (): string => {
  const bytes = randomBytes(LENGTH);
  let code = "";
  for (let i = 0; i < LENGTH; i += 1) {
    if (i > 0 && i % GROUP === 0) code += "-";
    code += ALPHABET[(bytes[i] as number) & 31];
  }
  return code;
};

/** The stored form of what somebody typed: case, dashes and the look-alikes I, L, O forgiven. */
export const canonicalReceiptCode = (typed: string): string =>
  (
    typed
      .toUpperCase()
      .replaceAll("-", "")
      .replaceAll(/[IL]/g, "1")
      .replaceAll("O", "0")
      .match(/.{1,4}/g) ?? []
  ).join("-");
