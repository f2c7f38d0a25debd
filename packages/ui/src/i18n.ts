import { createInstance, type i18n } from "i18next";
import type { Language } from "./languages.ts";
import en from "./words/en.json" with { type: "json" };
import zhCN from "./words/zh-CN.json" with { type: "json" };

const SETTINGS = {
  fallbackLng: "zh-CN",
  keySeparator: ">",
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
} as const;

/** Words of one front, added to the shared ones. */
export type Words = Record<Language, Record<string, unknown>>;

/**
 * i18next with the shared words and a front's own. Resolved at once (all words are bundled).
 * Keys of problems hold dots, so nothing but ':' and '>' separates: `t("problem>cases.not_found")`.
 */
export const createWords = (own: Words, language: Language): i18n => {
  const instance = createInstance();
  void instance.init({
    ...SETTINGS,
    lng: language,
    resources: {
      "zh-CN": { translation: { ...zhCN, ...own["zh-CN"] } },
      en: { translation: { ...en, ...own.en } },
    },
  });
  return instance;
};
