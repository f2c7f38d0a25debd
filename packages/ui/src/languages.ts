export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language somebody chose, else the browser's, else Chinese. */
export const pickLanguage = (chosen: string | null, preferred: readonly string[]): Language => {
  if (chosen === "en" || chosen === "zh-CN") return chosen;
  const first = preferred.find((tag) => /^(zh|en)\b/i.test(tag));
  return first?.toLowerCase().startsWith("en") ? "en" : "zh-CN";
};
