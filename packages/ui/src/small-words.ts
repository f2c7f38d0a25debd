import type { TFunction } from "i18next";
import type { Language } from "./languages.ts";

type Tree = { readonly [part: string]: unknown };
type Params = { readonly [name: string]: unknown };

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

const leafOf = (tree: Tree, key: string): unknown =>
  key.split(">").reduce<unknown>((at, part) => (isTree(at) ? at[part] : undefined), tree);

const fill = (text: string, params: Params): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ""));

/** Words of one front that can be added to and that change their language. */
export type SmallWords = {
  readonly language: Language;
  t: TFunction;
  /** Adds groups of words of a language; a group that is there is replaced. */
  add(language: Language, words: Tree): void;
  speak(language: Language): void;
  /** Calls `listener` when another language is spoken; answers what ends that. */
  subscribe(listener: () => void): () => void;
};

/**
 * What the phone needs of i18next, and nothing else: a key (or the first of several that is there),
 * `{{name}}`, lists, a default. i18next is an eighth of the script that a phone loads before its
 * first screen; a test compares the two on every word of the catalogues.
 */
export const createSmallWords = (first: Language, words: Tree): SmallWords => {
  const trees = new Map<Language, Tree>([[first, words]]);
  const listeners = new Set<() => void>();
  let language = first;
  const t = (asked: string | readonly string[], params: Params = {}): unknown => {
    const tree = trees.get(language) ?? {};
    const keys = typeof asked === "string" ? [asked] : asked;
    for (const key of keys) {
      const found = leafOf(tree, key);
      if (typeof found === "string") return fill(found, params);
      if (found !== undefined && params["returnObjects"] === true) return found;
    }
    return params["defaultValue"] ?? keys.at(-1);
  };
  return {
    get language() {
      return language;
    },
    // The same calls, without the many that the phone has no use for.
    t: t as unknown as TFunction,
    add: (of, more) => {
      trees.set(of, { ...trees.get(of), ...more });
    },
    speak: (next) => {
      language = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
