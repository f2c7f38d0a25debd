import { createWords, type Language } from "@onegrid/ui";
import type { i18n } from "i18next";
import en from "./words/en.json" with { type: "json" };
import zhCN from "./words/zh-CN.json" with { type: "json" };

const made = new Map<Language, i18n>();

/** Words of the portal over the shared ones; made once a language. */
export const wordsIn = (language: Language): i18n => {
  const known = made.get(language);
  if (known !== undefined) return known;
  const words = createWords({ "zh-CN": { portal: zhCN }, en: { portal: en } }, language);
  made.set(language, words);
  return words;
};
