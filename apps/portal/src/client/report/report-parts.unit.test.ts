import fc from "fast-check";
import { expect, test } from "vitest";
import { matching } from "./categories.ts";
import { fitted } from "./shrink.ts";

const OPTIONS = [
  { name: "路灯不亮", words: "灯 黑 street lamp" },
  { name: "井盖缺失", words: "窨井 manhole" },
  { name: "噪音扰民", words: "吵 路边音响" },
];
const names = (typed: string) => matching(OPTIONS, typed).map(({ name }) => name);

test("a category is found by part of its name or its words, names first", () => {
  expect(names("路")).toEqual(["路灯不亮", "噪音扰民"]);
  expect(names("窨井")).toEqual(["井盖缺失"]);
  expect(names("LAMP")).toEqual(["路灯不亮"]);
  expect(names(" 井 盖 ")).toEqual(["井盖缺失"]);
  expect(names("")).toEqual([]);
  expect(names("消防栓")).toEqual([]);
});

const side = fc.integer({ min: 1, max: 12_000 });

test("a photo made smaller fits, keeps its shape, and never grows", () => {
  fc.assert(
    fc.property(side, side, (width, height) => {
      const { widthPx, heightPx } = fitted(width, height);
      expect(Math.max(widthPx, heightPx)).toBeLessThanOrEqual(2560);
      expect(widthPx).toBeLessThanOrEqual(width);
      expect(heightPx).toBeLessThanOrEqual(height);
      const isSmall = Math.max(width, height) <= 2560;
      expect(widthPx === width && heightPx === height).toBe(isSmall);
      // A pixel of rounding on the longer side is all the shape may give.
      const drift = Math.abs(widthPx * height - heightPx * width);
      expect(drift).toBeLessThanOrEqual(Math.max(width, height));
    }),
  );
});
