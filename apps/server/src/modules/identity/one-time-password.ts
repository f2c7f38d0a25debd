import { randomInt } from "node:crypto";

/** Letters that survive being read out and typed: no 0 O, 1 l I. */
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
const LENGTH = 20;

/** A password of 100 bits to be shown once and changed by its owner. */
export const newOneTimePassword = (): string => {
  const text = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return text.replace(/.{5}(?=.)/g, "$&-");
};
