/** What a public text must not hold, and where it begins. */
export type PersonalDataFound = {
  kind: "id_number" | "private_phone" | "home_address";
  /** Position in the text as given. */
  at: number;
  length: number;
};

/** Figures of every width with what people put between them. */
const GAP = "[\\s\\u3000·.-]?";
const figures = (pattern: string): RegExp => new RegExp(pattern, "giu");

const PATTERNS: readonly { kind: PersonalDataFound["kind"]; pattern: RegExp }[] = [
  {
    kind: "id_number",
    // 18 signs, or the 15 figures of the old form; not part of a longer row of figures.
    pattern: figures(`(?<![\\d])(?:\\d${GAP}){17}[\\dX](?!\\d)|(?<!\\d)\\d{15}(?![\\dX])`),
  },
  {
    kind: "private_phone",
    pattern: figures(`(?<!\\d)(?:(?:\\+|00)?86${GAP})?1[3-9](?:${GAP}\\d){9}(?!\\d)`),
  },
  {
    kind: "home_address",
    // A door inside a building; a building alone, or an office's street number, is no home.
    pattern: figures(
      "\\d{1,4}\\s*(?:栋|幢|号楼|座)\\s*(?:\\d{1,3}\\s*单元)?\\s*\\d{1,5}\\s*(?:室|户|号)" +
        "|\\d{1,3}\\s*单元\\s*\\d{1,5}\\s*(?:室|户|号)?" +
        "|(?:家庭住址|家庭地址|现住址|户籍地址|家住|住址)",
    ),
  },
];

/** Same length as the text, so that positions hold: full-width signs become plain ones. */
const plain = (text: string): string =>
  text.replaceAll(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/**
 * Finds ID numbers, mobile numbers and home addresses in a text that is to be published. It is a
 * net, not a proof: whoever publishes still reads. Duty phones are fixed lines and pass; grid codes
 * are told from the old 15-figure ID by `known`, the codes that the text may hold.
 */
export const findPersonalData = (
  published: string,
  known: ReadonlySet<string> = new Set(),
): PersonalDataFound[] => {
  const searched = plain(published);
  const found = PATTERNS.flatMap(({ kind, pattern }) =>
    [...searched.matchAll(pattern)]
      .filter(([text]) => !known.has(text))
      .map((match) => ({ kind, at: match.index, length: match[0].length })),
  ).toSorted((a, b) => a.at - b.at || b.length - a.length);
  // A row of figures inside an ID number is not a phone number as well.
  let end = 0;
  return found.filter(({ at, length }) => {
    if (at < end) return false;
    end = at + length;
    return true;
  });
};
