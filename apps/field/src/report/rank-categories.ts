import { NETS, type Category } from "@onegrid/contract";
import type { CategoryUse } from "../storage/database.ts";

/** As many as fit above the fold of a small phone. */
const COMMON_MOST = 8;
const RECENT_MOST = 4;

/** One of each net in turn: on a fresh phone no net stands before another. */
function inTurn(categories: readonly Category[]): Category[] {
  const nets = NETS.map((net) => categories.filter((c) => c.net === net && !c.emergency));
  const longest = Math.max(...nets.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => nets.flatMap((list) => list[i] ?? [])).flat();
}

/**
 * Categories offered first: those this account used last, then those reported most in its grid,
 * then, on a fresh phone, a few of each net.
 */
export function commonCategories(
  categories: readonly Category[],
  uses: readonly CategoryUse[],
  counts: Readonly<Record<string, number>>,
): Category[] {
  const byCode = new Map(categories.map((c) => [c.categoryCode, c]));
  const recent = [...uses]
    .sort((a, b) => b.usedAt.localeCompare(a.usedAt))
    .slice(0, RECENT_MOST)
    .map((use) => use.categoryCode);
  const frequent = Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([code]) => code);
  const codes = new Set([
    ...recent,
    ...frequent,
    ...inTurn(categories).map((category) => category.categoryCode),
  ]);
  return [...codes].flatMap((code) => byCode.get(code) ?? []).slice(0, COMMON_MOST);
}

const scoreOf = (category: Category, word: string): number => {
  const name = category.name.toLowerCase();
  if (name.startsWith(word)) return 3;
  if (name.includes(word)) return 2;
  return category.words.some((w) => w.toLowerCase().includes(word)) ? 1 : 0;
};

/** Categories that fit every word typed, by name before by the words people use for it. */
export function searchCategories(categories: readonly Category[], typed: string): Category[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const scored = categories.map((category) => {
    const scores = words.map((word) => scoreOf(category, word));
    return { category, score: scores.includes(0) ? 0 : scores.reduce((a, b) => a + b, 0) };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ category }) => category);
}
