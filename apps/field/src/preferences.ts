import { LANGUAGES, pickLanguage, type Language } from "@onegrid/ui";

export const TEXT_SIZES = ["standard", "large", "largest"] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

const LANGUAGE = "onegrid.field.language";
const TEXT_SIZE = "onegrid.field.textSize";

/** All lengths of the app are in rem, so the root's size is the size of everything. */
const ROOT_SIZE: Record<TextSize, string> = { standard: "100%", large: "125%", largest: "150%" };

export const chosenLanguage = (): Language =>
  pickLanguage(localStorage.getItem(LANGUAGE), navigator.languages);

export const chosenTextSize = (): TextSize =>
  TEXT_SIZES.find((size) => size === localStorage.getItem(TEXT_SIZE)) ?? "standard";

export function rememberLanguage(language: Language): void {
  localStorage.setItem(LANGUAGE, language);
}

export function applyTextSize(size: TextSize): void {
  localStorage.setItem(TEXT_SIZE, size);
  document.documentElement.style.fontSize = ROOT_SIZE[size];
}

export { LANGUAGES };
