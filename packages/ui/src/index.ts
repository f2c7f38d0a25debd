export * from "./format.ts";
export * from "./i18n.ts";
export * from "./languages.ts";
export * from "./problem-words.ts";
export * from "./small-words.ts";
export * from "./tokens.ts";
