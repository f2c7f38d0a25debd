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
  fc.assert(
    fc.property(chinese, fc.nat(), fc.nat(8), (typed, from, length) => {
      const text = searchText(typed);
      const start = text.length === 0 ? 0 : from % text.length;
      const piece = text.slice(start, start + length + 1);
      const pairs = new Set(bigramsOf(text));
      for (const one of searchPieces(piece)) {
        // A cut through a surrogate pair is no text that anybody can type.
        if (one.isWellFormed()) for (const pair of bigramsOf(one)) expect(pairs).toContain(pair);
      }
    }),
    { numRuns: 500 },
  );
});

test("pairs are told apart, and fit PostgreSQL's integer", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 2, maxLength: 2 }), (pair) => {
      const [number] = bigramsOf(pair.replace(" ", "_"));
      expect(number).toBeGreaterThanOrEqual(-(2 ** 31));
      expect(number).toBeLessThan(2 ** 31);
      const unsigned = (number ?? 0) >>> 0;
      expect(String.fromCharCode(unsigned >>> 16, unsigned & 0xffff)).toBe(pair.replace(" ", "_"));
    }),
  );
});
