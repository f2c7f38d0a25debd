import { createInstance, type i18n } from "i18next";
import en from "./words/en.json" with { type: "json" };
import zhCN from "./words/zh-CN.json" with { type: "json" };

export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const SETTINGS = {
  fallbackLng: "zh-CN",
  keySeparator: ">",
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
} as const;

/** Words of one front, added to the shared ones. */
export type Words = Record<Language, Record<string, unknown>>;

/** The language somebody chose, else the browser's, else Chinese. */
export const pickLanguage = (chosen: string | null, preferred: readonly string[]): Language => {
  if (chosen === "en" || chosen === "zh-CN") return chosen;
  const first = preferred.find((tag) => /^(zh|en)\b/i.test(tag));
  return first?.toLowerCase().startsWith("en") ? "en" : "zh-CN";
};

/** i18next with the words of one language, for a front that loads others when they are chosen. */
export const createWordsIn = (language: Language, words: Record<string, unknown>): i18n => {
  const instance = createInstance();
  void instance.init({ ...SETTINGS, lng: language, resources: {} });
  instance.addResourceBundle(language, "translation", words);
  return instance;
};

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
