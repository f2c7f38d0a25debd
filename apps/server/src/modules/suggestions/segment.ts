import type { Category } from "@onegrid/contract";
import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";

/** Loading the dictionary takes some tenths of a second and 60 MB; only who segments pays for it. */
let kept: Jieba | undefined;
/** Own words that the dictionary was told of. */
const told = new Set<string>();

const HAN_OR_WORD = /[\p{Script=Han}\p{Letter}\p{Number}]/u;

const fold = (text: string): string => text.normalize("NFKC").toLowerCase();

/** Two neighbouring characters: names of streets and new words split badly, their pairs do not. */
function* pairsOf(text: string): Generator<string> {
  for (const run of text.match(/\p{Script=Han}{2,}/gu) ?? []) {
    for (let at = 0; at + 2 <= run.length; at += 1) yield run.slice(at, at + 2);
  }
}

/** Names and words of categories, which the dictionary of the language may lack. */
export const ownWordsOf = (categories: Iterable<Pick<Category, "name" | "words">>): string[] =>
  [...categories].flatMap(({ name, words }) => [name, ...words]);

/**
 * Words of a text for the classifier: jieba's for search (a long word and the short ones in it),
 * with the county's own words known to it, and every pair of neighbouring characters.
 */
export function wordsOf(text: string, ownWords: Iterable<string>): string[] {
  kept ??= Jieba.withDict(dict);
  const own = [...ownWords].map(fold).filter((word) => !told.has(word));
  const fit = own.filter((word) => word.length > 1 && !/\s/.test(word));
  if (fit.length > 0) kept.loadDict(Buffer.from(fit.map((word) => `${word} 1000`).join("\n")));
  for (const word of own) told.add(word);
  const folded = fold(text);
  const words = kept.cutForSearch(folded, true).filter((word) => HAN_OR_WORD.test(word));
  return [...words.filter((word) => word.length > 1), ...pairsOf(folded)];
}
