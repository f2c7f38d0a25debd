import { trainAndMeasure, type Figures } from "@onegrid/domain";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { announceChange } from "../../platform/changes.ts";
import { inScope } from "../../platform/database.ts";
import { categoriesOf } from "../catalogue/index.ts";
import { modelCache, readTrainedOn, storeModel } from "./model-store.ts";
import { ownWordsOf, wordsOf } from "./segment.ts";
import { readExamples } from "./suggestion-queries.ts";

/** Fewer closed cases than this teach nothing. */
export const LEAST_EXAMPLES = 50;

export type Trained = { version: number; labels: number; words: number; figures: Figures };

/**
 * Learns which category words mean from the county's closed cases whose category is still in use,
 * and stores the model with its figures as the next version. Null when there are too few cases, and
 * with `onlyWhenNew` when they are no more than those of the present model.
 */
export const trainCategories = async (
  ctx: Ctx,
  { onlyWhenNew = false }: { onlyWhenNew?: boolean } = {},
): Promise<Trained | null> => {
  const { countyCode, sample } = ctx.county;
  const categories = await categoriesOf(ctx.db, countyCode);
  const own = ownWordsOf(categories.values());
  const trainedOn = onlyWhenNew
    ? await inScope(ctx.db, scopeOf(ctx), (trx) => readTrainedOn(trx, countyCode))
    : 0;
  const examples: { key: string; label: string; words: string[] }[] = [];
  // The county's words are told to the dictionary once, with the first text.
  wordsOf("", own);
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    for await (const page of readExamples(trx, countyCode)) {
      for (const { case_id: key, category_code: label, description } of page) {
        if (!categories.get(label)?.active) continue;
        examples.push({ key, label, words: wordsOf(description, own) });
      }
    }
  });
  if (examples.length < LEAST_EXAMPLES || examples.length <= trainedOn) return null;
  const { model, figures } = trainAndMeasure(examples);
  const version = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const stored = await storeModel(trx, countyCode, {
      model,
      figures,
      sample,
      now: ctx.clock.now(),
    });
    await announceChange(trx, "suggestions", countyCode);
    return stored;
  });
  modelCache.forget(ctx.db, countyCode);
  return { version, figures, labels: model.labels.length, words: Object.keys(model.words).length };
};
