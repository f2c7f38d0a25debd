import fc from "fast-check";
import { expect, it } from "vitest";
import { editsWithin, matchName, plainName } from "./match-name.ts";

const SUN = { name: "阳光花园", pinyin: "yangguanghuayuan", initials: "yghy" };
const latin = (text: string) => ({ name: text, pinyin: text, initials: text });

it.each([
  [{ name: "阳光花园", pinyin: "yangguanghuayuan", initials: "yghy" }, 0],
  [{ name: "阳光", pinyin: "yangguang", initials: "yg" }, 1],
  [{ name: "花园", pinyin: "huayuan", initials: "hy" }, 2],
  // An address that holds the name.
  [{ name: "桂溪街道阳光花园3栋", pinyin: "x", initials: "x" }, 2],
  // Written with other characters of the same sound.
  [{ name: "杨光华苑", pinyin: "yangguanghuayuan", initials: "yghy" }, 3],
  [latin("yangguang"), 3],
  [latin("yghy"), 4],
  [latin("yanguang"), 5],
  [latin("yangguamghuayan"), 6],
  [latin("renminlu"), null],
  [latin("y"), null],
  [{ name: "", pinyin: "", initials: "" }, null],
])("%#", (typed, score) => {
  expect(matchName(typed, SUN)).toBe(score);
});

it("counts no edit for a part and at most the pattern's length for anything", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (before, part, after) => {
      expect(editsWithin(part, before + part + after, part.length)).toBe(0);
      expect(editsWithin(part, after, part.length)).toBeLessThanOrEqual(part.length);
    }),
  );
});

it("reads a name past its spaces, widths and signs", () => {
  expect(plainName(" ＡＢ花园（二期） · 3-1 ")).toBe("ab花园二期31");
});
