import { createWords, type Language } from "@onegrid/ui";
import type { TFunction } from "i18next";
import { useSyncExternalStore } from "react";
import { chosenLanguage, rememberLanguage } from "./preferences.ts";
import en from "./words/en.json" with { type: "json" };
import zhCN from "./words/zh-CN.json" with { type: "json" };

const words = createWords({ "zh-CN": zhCN, en }, chosenLanguage());
document.documentElement.lang = words.language;

/** Switches the language of the whole app and remembers it. */
export async function speak(language: Language): Promise<void> {
  rememberLanguage(language);
  await words.changeLanguage(language);
  document.documentElement.lang = language;
}

function subscribe(listener: () => void): () => void {
  words.on("languageChanged", listener);
  return () => words.off("languageChanged", listener);
}

/** The words in the present language; draws again when it changes. */
export function useWords(): { t: TFunction; language: Language } {
  const language = useSyncExternalStore(subscribe, () => words.language as Language);
  return { t: words.t, language };
}
