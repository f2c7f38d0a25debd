import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHeldOut, trainAndMeasure } from "./evaluate.ts";
import { believe, trainBayes, type Example } from "./naive-bayes.ts";

const LAMP = ["路灯", "不亮", "坏"];
const DRAIN = ["井盖", "破损", "缺失"];
const example = (label: string, words: string[]): Example => ({ label, words });
const few = [
  example("lamp", LAMP),
  example("lamp", ["路灯", "不亮"]),
  example("drain", DRAIN),
  example("drain", ["井盖", "破损"]),
];

describe("naive Bayes", () => {
  it("believes in the label whose words it reads", () => {
    const model = trainBayes(few);
    expect(believe(model, ["路灯", "不亮"])[0]).toMatchObject({ label: "lamp" });
    expect(believe(model, ["井盖"])[0]).toMatchObject({ label: "drain" });
  });

  it("agrees with the formula by hand", () => {
    // Vocabulary 路灯, 不亮, 井盖, 破损 (the others were seen once). lamp: 4 words, drain: 4 words.
    const share = (count: number) => (count + 0.3) / (4 + 0.3 * 4);
    const lamp = 0.5 * share(2);
    const drain = 0.5 * share(0);
    const [first] = believe(trainBayes(few), ["路灯"]);
    expect(first?.share).toBeCloseTo(lamp / (lamp + drain), 3);
  });

  it("says nothing of words it never saw, also of those every object has", () => {
    const model = trainBayes(few);
    expect(believe(model, ["constructor", "toString", "无关"])).toEqual([]);
    expect(believe(model, [])).toEqual([]);
  });

  it("shares its belief: each between 0 and 1, together 1, best first, after a trip as JSON", () => {
    const word = fc.constantFrom("a", "b", "c", "d", "__proto__", "路灯");
    const examples = fc.array(
      fc.record({ label: fc.constantFrom("x", "y", "z"), words: fc.array(word) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(examples, fc.array(word), (learnt, asked) => {
        const model = trainBayes(learnt);
        const beliefs = believe(JSON.parse(JSON.stringify(model)), asked);
        if (beliefs.length === 0) return;
        expect(beliefs.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
        const shares = beliefs.map(({ share }) => share);
        expect(shares).toEqual(shares.toSorted((a, b) => b - a));
        expect(beliefs.map(({ label }) => label).toSorted()).toEqual(model.labels);
      }),
    );
  });
});

describe("training", () => {
  const many = Array.from({ length: 400 }, (_, i) => ({
    key: `case-${i}`,
    label: i % 3 === 0 ? "drain" : "lamp",
    words: [...(i % 3 === 0 ? DRAIN : LAMP), `noise${i % 7}`],
  }));
  it("measures on examples it did not learn from, about a fifth of them", () => {
    const { figures } = trainAndMeasure(many);
    expect(figures.trainingCases + figures.heldOutCases).toBe(400);
    expect(figures.heldOutCases).toBeGreaterThan(50);
    expect(figures.heldOutCases).toBeLessThan(120);
    expect(figures.accuracyAt1).toBe(1);
    expect(figures.baselineAt1).toBeLessThan(0.8);
    expect(figures.heldOutCases).toBe(many.filter(({ key }) => isHeldOut(key)).length);
  });
  it("finds no more than chance where words say nothing", () => {
    const deaf = many.map((one) => ({ ...one, words: ["同样"] }));
    const { figures } = trainAndMeasure(deaf);
    expect(figures.accuracyAt1).toBeCloseTo(figures.baselineAt1, 6);
  });
});
