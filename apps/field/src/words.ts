import { createWordsIn, type Language } from "@onegrid/ui";
import type { TFunction } from "i18next";
import { useSyncExternalStore } from "react";
import { chosenLanguage, rememberLanguage } from "./preferences.ts";

type Catalogue = { default: Record<string, unknown> };

/** Shared words and the phone's own, by language: a phone loads the one that it shows. */
const CATALOGUES: Record<Language, () => Promise<Catalogue[]>> = {
  "zh-CN": () =>
    Promise.all([
      import("@onegrid/ui/words/zh-CN.json", { with: { type: "json" } }),
      import("./words/zh-CN.json", { with: { type: "json" } }),
    ]),
  en: () =>
    Promise.all([
      import("@onegrid/ui/words/en.json", { with: { type: "json" } }),
      import("./words/en.json", { with: { type: "json" } }),
    ]),
};

async function wordsIn(language: Language): Promise<Record<string, unknown>> {
  const [shared, own] = await CATALOGUES[language]();
  return { ...shared?.default, ...own?.default };
}

// Nothing can be drawn before its words are there.
const words = createWordsIn(chosenLanguage(), await wordsIn(chosenLanguage()));
document.documentElement.lang = words.language;

/** Switches the language of the whole app and remembers it. */
export async function speak(language: Language): Promise<void> {
  rememberLanguage(language);
  words.addResourceBundle(language, "translation", await wordsIn(language));
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
