import { IMPORT_COLUMNS, type ImportKind, type RegisterColumn } from "@onegrid/contract";
import type { ChoiceWords } from "@onegrid/domain";
import { createWords } from "@onegrid/ui";
import en from "./words/en.json" with { type: "json" };
import zhCN from "./words/zh-CN.json" with { type: "json" };
import type { Headings } from "./sheet/find-head.ts";

export const IMPORT_LANGUAGES = ["zh-CN", "en"] as const;
export type ImportLanguage = (typeof IMPORT_LANGUAGES)[number];

/** Translates a key of the shared words or of this module's own. */
export type Translate = (key: string, params?: Record<string, unknown>) => string;

export const translator = (language: ImportLanguage): Translate => {
  const words = createWords({ "zh-CN": zhCN, en }, language);
  return (key, params = {}) => words.t(key, params);
};

const BOTH = IMPORT_LANGUAGES.map(translator);

/** Headings of our own that hold no data: a marked file is brought in again as it is. */
export const OWN_HEADINGS = BOTH.map((t) => t("importTable>problems"));

/** The heading of a column in a language. */
export const headingOf = (t: Translate, { key }: RegisterColumn): string =>
  t(`registerColumn>${key}`);

/** What may stand above a column: its name in both languages, alone or after the kind's: 小区名称. */
export const headingsOf = (kind: ImportKind, first: Translate): Headings =>
  new Map(
    IMPORT_COLUMNS[kind].map((column) => {
      const words = [first, ...BOTH].flatMap((t) => {
        const heading = headingOf(t, column);
        const also = t(`importHeading>${column.key}`, { defaultValue: "" });
        const others = also === "" ? [] : also.split("、");
        return [heading, `${t(`importKind>${kind}`)}${heading}`, ...others];
      });
      return [column.key, [...new Set(words)]];
    }),
  );

/** The words of a choice's members in both languages: 已列入 → listed. */
export const choiceWordsOf = (kind: ImportKind): ChoiceWords => {
  const choices = new Map<string, string>();
  for (const column of IMPORT_COLUMNS[kind]) {
    for (const value of column.values ?? []) {
      for (const t of BOTH) {
        const also = t(`importChoice>${value}`, { defaultValue: "" });
        for (const word of also.split("、")) if (word !== "") choices.set(word, value);
        choices.set(choiceWord(t, column, value), value);
      }
    }
  }
  return choices;
};

const CHOICE_GROUPS: Record<string, string> = {
  level: "organisationLevel",
  base: "organisationBase",
  condition: "componentCondition",
  net: "net",
};

/** The word of a choice's member as tables show it. */
export const choiceWord = (t: Translate, { key }: RegisterColumn, value: string): string =>
  t(`${CHOICE_GROUPS[key] ?? "registerChoice"}>${value}`);
