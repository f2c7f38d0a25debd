import type { Category } from "@onegrid/contract";
import { pinyinInitials } from "./pinyin-initials.ts";

type Searchable = Pick<Category, "name" | "words" | "categoryCode" | "ownerUnitName">;

const hay = new WeakMap<Searchable, string>();

const hayOf = (category: Searchable): string => {
  const known = hay.get(category);
  if (known !== undefined) return known;
  const text = [
    category.name,
    ...category.words,
    category.categoryCode,
    category.ownerUnitName ?? "",
    pinyinInitials(category.name),
  ]
    .join("\n")
    .toLowerCase();
  hay.set(category, text);
  return text;
};

/** Name, the words people use, code, owner, or the initials of the name's pinyin. */
export const matchesCategory = (category: Searchable, typed: string): boolean =>
  typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) => hayOf(category).includes(part));
