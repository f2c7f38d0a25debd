/** The forms in which a name is compared: as written, as pronounced, and by its initials. */
export type NameKeys = { name: string; pinyin: string; initials: string };

/** What people leave out or write in several ways. */
export const plainName = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s·.,，。、()（）-]/g, "");

/**
 * Fewest edits (insert, delete, replace) that make `pattern` a part of `text`; stops counting above
 * `most`. Sellers 1980: a row of the edit table begins at 0 anywhere in the text.
 */
export const editsWithin = (pattern: string, text: string, most: number): number => {
  let row = Array.from({ length: text.length + 1 }, () => 0);
  for (let p = 1; p <= pattern.length; p += 1) {
    const next = [p];
    for (let t = 1; t <= text.length; t += 1) {
      const same = pattern[p - 1] === text[t - 1] ? 0 : 1;
      next.push(
        Math.min(
          (row[t - 1] as number) + same,
          (row[t] as number) + 1,
          (next[t - 1] as number) + 1,
        ),
      );
    }
    row = next;
    if (Math.min(...row) > most) return most + 1;
  }
  return Math.min(...row);
};

/** Edits that are forgiven by the length of what was typed. */
export const forgiven = (length: number): number => (length < 5 ? 0 : length < 10 ? 1 : 2);

/**
 * How well a name answers what was typed, 0 best; null: not at all. 0 the name itself, 1 it begins
 * so, 2 it holds it, or what was typed holds the name (an address), 3 by sound, 4 by initials,
 * 5 and more by sound with as many slips as the length forgives.
 */
export const matchName = (typed: NameKeys, entry: NameKeys): number | null => {
  if (typed.name === "") return null;
  if (entry.name === typed.name) return 0;
  if (entry.name.startsWith(typed.name)) return 1;
  if (entry.name.includes(typed.name)) return 2;
  if (entry.name.length >= 2 && typed.name.includes(entry.name)) return 2;
  const sound = typed.pinyin;
  if (sound.length >= 2 && entry.pinyin.includes(sound)) return 3;
  if (/^[a-z]{2,}$/.test(typed.name) && entry.initials.includes(typed.name)) return 4;
  const most = forgiven(sound.length);
  if (most === 0) return null;
  const edits = editsWithin(sound, entry.pinyin, most);
  return edits <= most ? 4 + edits : null;
};
