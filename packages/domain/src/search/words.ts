/**
 * Words of a text as search sees them: compatibility forms (full width, ligatures) made one, lower
 * case, everything that is neither letter nor digit a blank. Chinese is not segmented.
 */
export const searchText = (...parts: readonly (string | null)[]): string =>
  parts
    .map((part) => part ?? "")
    .join(" ")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();

/** What somebody typed, as the pieces that must all be found; [] when nothing of it is a word. */
export const searchPieces = (typed: string): string[] => [
  ...new Set(searchText(typed).split(" ").filter(Boolean)),
];

const WORD = 0x1_00_00;

/**
 * Every two neighbouring characters (UTF-16 units) inside a word, each pair as one 32-bit number:
 * the first unit in the upper half. A text holds a piece only if it holds all of its pairs, so two
 * characters of Chinese are found without a dictionary; a piece of one character has no pair.
 * Ascending, each once; `text` as `searchText` makes it.
 */
export const bigramsOf = (text: string): number[] => {
  const pairs = new Set<number>();
  for (const word of text.split(" ")) {
    for (let at = 0; at + 1 < word.length; at += 1) {
      // `| 0`: PostgreSQL's integer is signed.
      pairs.add((word.charCodeAt(at) * WORD + word.charCodeAt(at + 1)) | 0);
    }
  }
  return [...pairs].sort((a, b) => a - b);
};
