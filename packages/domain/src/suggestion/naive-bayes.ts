/**
 * Multinomial naive Bayes with additive smoothing (Manning, Raghavan, Schütze, Introduction to
 * Information Retrieval, 13.2). Small enough to be read, and to be kept as one JSON value.
 */

/** One text as its words, and the category people gave it. */
export type Example = { words: readonly string[]; label: string };

export type BayesModel = {
  labels: string[];
  /** Natural logarithm of each label's share of the examples. */
  logPriors: number[];
  /** Logarithm of the smoothed share of a word that a label never had, for each label. */
  logUnseen: number[];
  /** Word → [label index, logarithm of its smoothed share of the label's words, …] in pairs. */
  words: Record<string, number[]>;
};

const SMOOTHING = 0.3;
/** Words seen less often teach nothing but noise. */
const LEAST_COUNT = 2;
const WORDS_MOST = 8_000;

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/** The words that count: often enough, the most frequent ones when there are too many. */
function vocabularyOf(examples: readonly Example[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { words } of examples) {
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const kept = [...counts]
    .filter(([, count]) => count >= LEAST_COUNT)
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, WORDS_MOST);
  return new Set(kept.map(([word]) => word));
}

/** Learns from examples. Throws RangeError without any. */
export function trainBayes(examples: readonly Example[]): BayesModel {
  if (examples.length === 0) throw new RangeError("there is nothing to learn from");
  const vocabulary = vocabularyOf(examples);
  const byLabel = Map.groupBy(examples, ({ label }) => label);
  const labels = [...byLabel.keys()].toSorted();
  // A null prototype: a word may be called "constructor".
  const words: Record<string, number[]> = Object.create(null);
  const logPriors: number[] = [];
  const logUnseen: number[] = [];
  for (const [index, label] of labels.entries()) {
    const own = byLabel.get(label) ?? [];
    const counts = new Map<string, number>();
    let total = 0;
    for (const word of own.flatMap((example) => example.words)) {
      if (!vocabulary.has(word)) continue;
      counts.set(word, (counts.get(word) ?? 0) + 1);
      total += 1;
    }
    const whole = total + SMOOTHING * vocabulary.size;
    logPriors.push(round(Math.log(own.length / examples.length)));
    logUnseen.push(round(Math.log(SMOOTHING / whole)));
    for (const [word, count] of counts) {
      words[word] ??= [];
      words[word].push(index, round(Math.log((count + SMOOTHING) / whole)));
    }
  }
  return { labels, logPriors, logUnseen, words };
}

export type Belief = { label: string; share: number };

/**
 * Labels by how well they fit, best first, with shares that sum to 1. Empty when the model knows
 * none of the words: then it has nothing to say.
 */
export function believe(model: BayesModel, words: readonly string[]): Belief[] {
  const known = words.filter((word) => Object.hasOwn(model.words, word));
  if (known.length === 0) return [];
  const scores = model.logPriors.slice();
  for (const word of known) {
    for (const [index, unseen] of model.logUnseen.entries()) scores[index]! += unseen;
    const pairs = model.words[word] ?? [];
    for (let at = 0; at < pairs.length; at += 2) {
      const index = pairs[at]!;
      scores[index]! += pairs[at + 1]! - model.logUnseen[index]!;
    }
  }
  const best = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - best));
  const sum = weights.reduce((a, b) => a + b, 0);
  return model.labels
    .map((label, index) => ({ label, share: weights[index]! / sum }))
    .toSorted((a, b) => b.share - a.share || (a.label < b.label ? -1 : 1));
}
