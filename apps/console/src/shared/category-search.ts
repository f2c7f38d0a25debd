import type { Category } from "@onegrid/contract";

type Searchable = Pick<Category, "name" | "nameKeys" | "words" | "categoryCode" | "ownerUnitName">;

const hay = new WeakMap<Searchable, string>();

const hayOf = (category: Searchable): string => {
  const known = hay.get(category);
  if (known !== undefined) return known;
  const text = [
    category.name,
    ...category.words,
    category.categoryCode,
    category.ownerUnitName ?? "",
    category.nameKeys,
  ]
    .join("\n")
    .toLowerCase();
  hay.set(category, text);
  return text;
};

/** Name, the words people use, code, owner, or the name's pinyin, whole or by its initials. */
export const matchesCategory = (category: Searchable, typed: string): boolean =>
  typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) => hayOf(category).includes(part));
