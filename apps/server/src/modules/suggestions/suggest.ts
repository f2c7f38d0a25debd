import type { EndpointAnswer, suggestCategoriesFor } from "@onegrid/contract";
import { believe, suggestCategories } from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import { categoriesOf } from "../catalogue/index.ts";
import { modelCache } from "./model-store.ts";
import { ownWordsOf, wordsOf } from "./segment.ts";

const SUGGESTED_MOST = 5;
/** Below this a belief is a guess and is not shown. */
const LEAST_SHARE = 0.05;

/**
 * Categories that fit words: by the county's model, then by the words of the authority list, so
 * that a category without any closed case is found too. Only active ones.
 */
export const suggest = async (
  ctx: Ctx,
  text: string,
): Promise<EndpointAnswer<typeof suggestCategoriesFor>> => {
  const { countyCode } = ctx.county;
  const [categories, stored] = await Promise.all([
    categoriesOf(ctx.db, countyCode),
    modelCache.get(ctx.db, countyCode),
  ]);
  const believed =
    stored === null ? [] : believe(stored.model, wordsOf(text, ownWordsOf(categories.values())));
  const learnt = believed
    .filter(({ label, share }) => share >= LEAST_SHARE && categories.get(label)?.active)
    .slice(0, SUGGESTED_MOST)
    .map(({ label, share }) => ({ categoryCode: label, share }));
  const named = new Set(learnt.map(({ categoryCode }) => categoryCode));
  const listed = suggestCategories(text, categories.values(), SUGGESTED_MOST)
    .filter(({ categoryCode }) => !named.has(categoryCode))
    .map(({ categoryCode }) => ({ categoryCode, share: null }));
  return {
    suggestions: [...learnt, ...listed].slice(0, SUGGESTED_MOST),
    modelVersion: stored?.version ?? null,
  };
};
