import fc from "fast-check";
import { expect, test } from "vitest";
import { bigramsOf, searchPieces, searchText } from "./words.ts";

test("full width, case and punctuation make no difference", () => {
  expect(searchText("ＡＢ１２ 栋，Ｂ座", null, "井盖、破损！")).toBe("ab12 栋 b座 井盖 破损");
  expect(searchPieces("  井盖, 井盖 % ")).toEqual(["井盖"]);
  expect(searchPieces("%—！")).toEqual([]);
});

test("a word of two characters is one pair, of one character none", () => {
  expect(bigramsOf("井盖")).toHaveLength(1);
  expect(bigramsOf("井")).toEqual([]);
  expect(bigramsOf("井 盖")).toEqual([]);
});

const chinese = fc.stringMatching(/^[一-龥a-z0-9𠀀-𠀯，。 ]{0,60}$/u);

test("whatever a text holds is found by its pairs", () => {
  const holds = () =>
    fc.assert(
      fc.property(chinese, fc.nat(), fc.nat(8), (typed, from, length) => {
        const text = searchText(typed);
        const start = text.length === 0 ? 0 : from % text.length;
        const piece = text.slice(start, start + length + 1);
        const pairs = new Set(bigramsOf(text));
        // A cut through a surrogate pair is no text that anybody can type.
        const typable = searchPieces(piece).filter((one) => one.isWellFormed());
        return typable.flatMap(bigramsOf).every((pair) => pairs.has(pair));
      }),
      { numRuns: 500 },
    );
  expect(holds).not.toThrow();
});

test("pairs are told apart, and fit PostgreSQL's integer", () => {
  const holds = () =>
    fc.assert(
      fc.property(fc.string({ minLength: 2, maxLength: 2 }), (pair) => {
        const [number = Number.NaN] = bigramsOf(pair.replaceAll(" ", "_"));
        const unsigned = number >>> 0;
        const fits = number >= -(2 ** 31) && number < 2 ** 31;
        const again = String.fromCharCode(unsigned >>> 16, unsigned & 0xffff);
        return fits && again === pair.replaceAll(" ", "_");
      }),
    );
  expect(holds).not.toThrow();
});
