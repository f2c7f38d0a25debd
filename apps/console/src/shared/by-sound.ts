import { soundsLike } from "@onegrid/domain";

/** A choice that is found by how it sounds. */
export type Sounding = { value: string; label: string; keys: string };

/** Departments as choices; of a list that has other choices too. */
export const unitChoices = (
  units: readonly { unitCode: string; name: string; nameKeys: string }[],
): Sounding[] =>
  units.map(({ unitCode, name, nameKeys }) => ({ value: unitCode, label: name, keys: nameKeys }));

/** `showSearch` of a Select whose options are `Sounding`: by name, pinyin or initials. */
export const bySound = {
  filterOption: (typed: string, option?: { label?: unknown; keys?: string }): boolean =>
    soundsLike(typed, String(option?.label ?? ""), option?.keys ?? ""),
};
