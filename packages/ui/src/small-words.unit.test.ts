import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createWords } from "./i18n.ts";
import type { Language } from "./languages.ts";
import { createSmallWords } from "./small-words.ts";

const wordsOf = (language: Language): Record<string, unknown> =>
  Object.assign(
    {},
    ...["./words", "../../../apps/field/src/words"].map((folder) =>
      JSON.parse(readFileSync(new URL(`${folder}/${language}.json`, import.meta.url), "utf8")),
    ),
  );

const keysIn = (tree: object, before = ""): string[] =>
  Object.entries(tree).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "string"
      ? [`${before}${name}`]
      : typeof value === "object" && value !== null && !Array.isArray(value)
        ? keysIn(value, `${before}${name}>`)
        : [],
  );

/** A value for every name that a word may have in it. */
const PARAMS = new Proxy({} as Record<string, unknown>, {
  get: (_, name) =>
    typeof name === "string" && /^[a-z]\w*$/i.test(name) ? `<${name}>` : undefined,
});

it.each(["zh-CN", "en"] as const)(
  "says every word of the phone as i18next does, in %s",
  (language) => {
    const own = wordsOf(language);
    const small = createSmallWords(language, own);
    const whole = createWords({ "zh-CN": own, en: own }, language);
    const keys = keysIn(own);
    expect(keys.length).toBeGreaterThan(500);
    for (const key of keys) {
      const text = String(whole.t(key, { skipInterpolation: true }));
      const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? "");
      const params = Object.fromEntries(names.map((name) => [name, PARAMS[name]]));
      expect(small.t(key, params), key).toBe(whole.t(key, params));
    }
  },
);

it("takes the first key that is there, lists, and what is added later", () => {
  const words = createSmallWords("zh-CN", { a: { b: "甲" }, list: ["一", "二"] });
  const heard: string[] = [];
  const stop = words.subscribe(() => heard.push(words.language));
  expect(words.t(["a>x", "a>b"])).toBe("甲");
  expect(words.t("list", { returnObjects: true })).toEqual(["一", "二"]);
  expect(words.t("c>d", { defaultValue: "无" })).toBe("无");
  expect(words.t("c>d")).toBe("c>d");
  words.add("zh-CN", { c: { d: "丁 {{n}}" } });
  expect(words.t("c>d", { n: 0 })).toBe("丁 0");
  words.add("en", { a: { b: "A" } });
  words.speak("en");
  stop();
  words.speak("zh-CN");
  expect([words.t("a>b"), heard]).toEqual(["甲", ["en"]]);
});
