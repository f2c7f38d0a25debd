import { createSmallWords, type Language } from "@onegrid/ui";
import type { TFunction } from "i18next";
import { useSyncExternalStore } from "react";
import { chosenLanguage, rememberLanguage } from "./preferences.ts";

type Part = () => Promise<{ default: Record<string, unknown> }>;

/** What the first screen says, and everything else: a phone loads the language that it shows. */
const PARTS: Record<Language, { first: Part; rest: Part }> = {
  "zh-CN": {
    first: () => import("virtual:words/first/zh-CN"),
    rest: () => import("virtual:words/rest/zh-CN"),
  },
  en: {
    first: () => import("virtual:words/first/en"),
    rest: () => import("virtual:words/rest/en"),
  },
};

// Nothing can be drawn before its words are there.
const { default: firstWords } = await PARTS[chosenLanguage()].first();
const words = createSmallWords(chosenLanguage(), firstWords);
document.documentElement.lang = words.language;

/** Fetches the words of all other screens; each of them waits for this before it is drawn. */
export async function loadAllWords(): Promise<void> {
  const { language } = words;
  const { default: rest } = await PARTS[language].rest();
  words.add(language, rest);
}

/** Switches the language of the whole app and remembers it. */
export async function speak(language: Language): Promise<void> {
  rememberLanguage(language);
  const { first, rest } = PARTS[language];
  for (const part of await Promise.all([first(), rest()])) {
    words.add(language, part.default);
  }
  words.speak(language);
  document.documentElement.lang = language;
}

/** The words in the present language; draws again when it changes. */
export function useWords(): { t: TFunction; language: Language } {
  const language = useSyncExternalStore(words.subscribe, () => words.language);
  return { t: words.t, language };
}
