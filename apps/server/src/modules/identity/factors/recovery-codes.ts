import { createHash, randomInt } from "node:crypto";

const COUNT = 10;
/** Letters that survive being read out and typed: no 0 O, 1 l I. 50 bits a code. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const LENGTH = 10;

/** How a code is typed does not matter: case, blanks, hyphens. */
export const recoveryHash = (code: string): Buffer =>
  createHash("sha256")
    .update(`recovery\0${code.toLowerCase().replaceAll(/[\s-]/g, "")}`)
    .digest();

/** Ten codes that each open once when the phone with the authenticator is gone. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: COUNT }, () => {
    const text = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
    return `${text.slice(0, 5)}-${text.slice(5)}`;
  });
