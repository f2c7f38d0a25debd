import type { MessageLanguage } from "@onegrid/contract";
import { createWords } from "@onegrid/ui";
import en from "./words/en.json" with { type: "json" };
import zhCN from "./words/zh-CN.json" with { type: "json" };

type MessageWords = ReturnType<typeof createWords>;

const made = new Map<MessageLanguage, MessageWords>();

/** Words of letters over the shared ones; made once a language. */
export const wordsIn = (language: MessageLanguage): MessageWords => {
  const known = made.get(language);
  if (known !== undefined) return known;
  const words = createWords({ "zh-CN": zhCN, en }, language);
  made.set(language, words);
  return words;
};
