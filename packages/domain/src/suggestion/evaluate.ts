import { believe, trainBayes, type BayesModel, type Example } from "./naive-bayes.ts";

export type Figures = {
  trainingCases: number;
  heldOutCases: number;
  /** Shares of held-out examples whose label came first, and among the first three. */
  accuracyAt1: number;
  accuracyAt3: number;
  /** What always naming the most frequent label would reach: a model below it is worth nothing. */
  baselineAt1: number;
};

/** FNV-1a, 32 bits: the same example is held out at every training. */
function hashOf(key: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < key.length; at += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01_00_01_93) >>> 0;
  }
  return hash;
}

const HELD_OUT_OF = 5;

/** Every fifth example, by the hash of its key, is held out. */
export const isHeldOut = (key: string): boolean => hashOf(key) % HELD_OUT_OF === 0;

/** How often the right label is the first, and among the first three. */
function accuracy(model: BayesModel, examples: readonly Example[]) {
  let first = 0;
  let third = 0;
  for (const { words, label } of examples) {
    const place = believe(model, words).findIndex((belief) => belief.label === label);
    if (place === 0) first += 1;
    if (place >= 0 && place < 3) third += 1;
  }
  const share = (count: number) => (examples.length === 0 ? 0 : count / examples.length);
  return { accuracyAt1: share(first), accuracyAt3: share(third) };
}

/**
 * Trains on four fifths, measures on the rest, then learns from all of them: the figures are of a
 * model that had not seen what it was asked. Throws RangeError when either part is empty.
 */
export function trainAndMeasure(examples: readonly (Example & { key: string })[]): {
  model: BayesModel;
  figures: Figures;
} {
  const heldOut = examples.filter(({ key }) => isHeldOut(key));
  const training = examples.filter(({ key }) => !isHeldOut(key));
  if (heldOut.length === 0) throw new RangeError("too few examples to hold some out");
  const measured = accuracy(trainBayes(training), heldOut);
  const [commonest = ""] = [...Map.groupBy(training, ({ label }) => label)]
    .toSorted((a, b) => b[1].length - a[1].length)
    .map(([label]) => label);
  const hits = heldOut.filter(({ label }) => label === commonest).length;
  return {
    model: trainBayes(examples),
    figures: {
      trainingCases: training.length,
      heldOutCases: heldOut.length,
      ...measured,
      baselineAt1: hits / heldOut.length,
    },
  };
}
