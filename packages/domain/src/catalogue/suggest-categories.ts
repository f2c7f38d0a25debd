import type { Category } from "@onegrid/contract";

type Suggestible = Pick<Category, "categoryCode" | "name" | "words" | "active">;

const fold = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, "");

/** Longest common piece counts, so that 小广告 in 墙上有小广告 finds 非法小广告 by its tail. */
function longestShared(text: string, phrase: string): number {
  let best = 0;
  for (let from = 0; from < phrase.length; from += 1) {
    let length = 0;
    while (from + length < phrase.length && text.includes(phrase.slice(from, from + length + 1))) {
      length += 1;
    }
    best = Math.max(best, length);
  }
  return best;
}

/** A phrase that stands in the text whole counts double what a piece of it does. */
function score(text: string, phrase: string): number {
  if (phrase.length > 0 && text.includes(phrase)) return 2 * phrase.length;
  const shared = longestShared(text, phrase);
  // One shared character says nothing in Chinese.
  return shared >= 2 ? shared / phrase.length : 0;
}

/**
 * Active categories that fit what somebody wrote, best first, at most `limit`. A category scores
 * what its best phrase (name or one of its words) scores. Suggests only; people decide.
 */
export function suggestCategories<C extends Suggestible>(
  text: string,
  categories: Iterable<C>,
  limit = 5,
): C[] {
  const folded = fold(text);
  if (folded === "") return [];
  return [...categories]
    .filter(({ active }) => active)
    .map((category) => ({
      category,
      score: Math.max(...[category.name, ...category.words].map((p) => score(folded, fold(p)))),
    }))
    .filter((candidate) => candidate.score > 0)
    .toSorted(
      (a, b) => b.score - a.score || (a.category.categoryCode < b.category.categoryCode ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ category }) => category);
}
