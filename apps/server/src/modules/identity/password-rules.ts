import { COMMON_PASSWORDS } from "./common-passwords.ts";

const MIN_LENGTH = 10;

/** Why a password is refused; null when it may be used. */
export type Weakness = "too_short" | "common" | "like_login" | "like_name" | "one_pattern";

/** Letters that are commonly replaced, put back: p@ssw0rd is password. */
const UNMASKED: Record<string, string> = {
  "0": "o",
  "1": "l",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();
const unmask = (text: string): string =>
  [...text].map((character) => UNMASKED[character] ?? character).join("");
const withoutEnds = (text: string): string => text.replace(/^[^a-z]+|[^a-z]+$/g, "");

/** True for one short piece repeated (abcabcabcabc) and for steps of one (1234567890, zyxwvutsrq). */
const isOnePattern = (text: string): boolean => {
  if (/^(.{1,4})\1+.{0,3}$/u.test(text)) return true;
  const steps = [...text].slice(1).map((c, i) => c.charCodeAt(0) - text.charCodeAt(i));
  return steps.every((step) => step === 1 || step === -9) || steps.every((step) => step === -1);
};

const isCommon = (text: string): boolean =>
  [text, unmask(text), withoutEnds(text), unmask(withoutEnds(text))].some((form) =>
    COMMON_PASSWORDS.has(form),
  );

/**
 * Judges a new password: ten characters at least, none of the most common ones (also with
 * replaced letters or digits around them), no plain pattern, nothing like login or name.
 */
export const weaknessOf = (
  password: string,
  { login, name }: { login: string; name: string },
): Weakness | null => {
  const text = plain(password);
  if ([...text].length < MIN_LENGTH) return "too_short";
  if (isOnePattern(text)) return "one_pattern";
  if (isCommon(text)) return "common";
  const own = plain(login);
  const core = withoutEnds(text);
  const isLikeLogin = text.includes(own) || (core.length >= 4 && own.includes(core));
  if (own.length >= 4 && isLikeLogin) return "like_login";
  const called = plain(name).replaceAll(/\s/g, "");
  const isLikeName = called.length >= 2 && text.replaceAll(/\s/g, "").includes(called);
  return isLikeName ? "like_name" : null;
};
