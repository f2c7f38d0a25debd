import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { create } from "fontkit";
import { sfntOfWoff } from "./sfnt.ts";

/** A font that can be put into a document, and the characters it draws. */
export type Face = { name: string; bytes: Buffer; has: ReadonlySet<number> };

/** Text that one font draws. */
export type Run = { face: Face; text: string };

// Its entry is a style sheet beside the files.
const folder = dirname(createRequire(import.meta.url).resolve("@fontsource/noto-sans-sc"));

/** Some 8,000 characters: what is written every day. Rare names are in the numbered parts. */
const COMMON = "chinese-simplified";

const faces = new Map<string, Face>();

const faceOf = (part: string): Face => {
  const known = faces.get(part);
  if (known !== undefined) return known;
  const path = join(folder, "files", `noto-sans-sc-${part}-400-normal.woff`);
  const bytes = sfntOfWoff(readFileSync(path));
  const font = create(bytes);
  if (!("characterSet" in font)) throw new RangeError(`${path} holds no single font`);
  const face = { name: `noto-${part}`, bytes, has: new Set(font.characterSet) };
  faces.set(part, face);
  return face;
};

/** `U+f0a7,U+f0b2-f0b4` → pairs of first and last. */
const rangesOf = (text: string): [number, number][] =>
  text.split(",").map((range) => {
    const [first, last] = range.replace("U+", "").split("-");
    return [Number.parseInt(first ?? "", 16), Number.parseInt(last ?? first ?? "", 16)];
  });

let parts: { part: string; ranges: [number, number][] }[] | undefined;

const partWith = (character: number): string | undefined => {
  parts ??= Object.entries(
    JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8")) as Record<string, string>,
  ).map(([key, text]) => ({ part: key.replaceAll(/[[\]]/g, ""), ranges: rangesOf(text) }));
  return parts.find(({ ranges }) =>
    ranges.some(([first, last]) => character >= first && character <= last),
  )?.part;
};

/** 〓, the typesetter's mark for a character that the font does not have (an emoji, a rare name). */
const UNKNOWN = "\u3013";

/** The font that nearly all text is in. */
export const commonFace = (): Face => faceOf(COMMON);

/** Text in the fonts that draw it, in its order; line breaks stay. */
export const runsOf = (text: string): Run[] => {
  const common = commonFace();
  const runs: Run[] = [];
  for (const character of text.replaceAll("\r\n", "\n")) {
    const code = character.codePointAt(0) ?? 0;
    let face = common;
    let drawn = character;
    if (character !== "\n" && !common.has.has(code)) {
      const part = partWith(code);
      const other = part === undefined ? undefined : faceOf(part);
      if (other?.has.has(code) === true) face = other;
      else drawn = UNKNOWN;
    }
    const last = runs.at(-1);
    if (last?.face === face) last.text += drawn;
    else runs.push({ face, text: drawn });
  }
  return runs;
};
