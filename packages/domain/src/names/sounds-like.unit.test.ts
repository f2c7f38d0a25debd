import { expect, it } from "vitest";
import { soundsLike } from "./sounds-like.ts";

it.each([
  ["", true],
  ["张", true],
  ["zhangwei", true],
  ["Zhang Wei", true],
  ["zhangw", true],
  ["zw", true],
  ["zhanwei", true],
  ["z", false],
  ["zx", false],
  ["liwei", false],
  ["李", false],
])("“%s” finds 张伟: %s", (typed, found) => {
  expect(soundsLike(typed, "张伟", "zhangwei zw")).toBe(found);
});

it("finds a name by each of its readings", () => {
  const keys = "zhongqinglu chongqinglu zql cql";
  expect(
    ["chongqing", "zhongqing", "cql"].map((typed) => soundsLike(typed, "重庆路", keys)),
  ).toEqual([true, true, true]);
});
