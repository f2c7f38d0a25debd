import { createWords, pickLanguage, type Language } from "@onegrid/ui";
import { initReactI18next } from "react-i18next";
import en from "../words/en.json" with { type: "json" };
import zhCN from "../words/zh-CN.json" with { type: "json" };

const STORED_AS = "onegrid.language";

const stored = (): string | null => {
  try {
    return localStorage.getItem(STORED_AS);
  } catch {
    // Storage may be forbidden; the browser's language decides then.
    return null;
  }
};

/** The console's words in the language chosen on this machine. */
export const openWords = () => {
  const words = createWords({ "zh-CN": zhCN, en }, pickLanguage(stored(), navigator.languages));
  words.use(initReactI18next);
  initReactI18next.init(words);
  document.documentElement.lang = words.language;
  return words;
};

/** Remembers a choice of language on this machine and marks the page with it. */
export const rememberLanguage = (language: Language): void => {
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORED_AS, language);
  } catch {
    // Not remembered, but still switched.
  }
};
