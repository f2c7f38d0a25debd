import type { RegisterColumn } from "@onegrid/contract";
import type { FileProblem, SheetCell, SheetTable } from "./table.ts";

/** Words that people write above a column, in both languages; the first is the one we write. */
export type Headings = ReadonlyMap<string, readonly string[]>;

export type Head = {
  table: SheetTable;
  /** Number of the row with the headings. */
  row: number;
  /** Which column of the sheet holds what; `index` counts from 0. */
  columns: { key: string; heading: string; index: number }[];
  /** Headings that mean nothing here. */
  ignored: string[];
};

export type HeadFound = Head | { problem: FileProblem };

/** A title and a line or two of explanation may stand above the headings. */
const ROWS_LOOKED_AT = 15;

/** 小区名称 *（必填） → 小区名称: width, spaces, marks and what is in brackets do not count. */
export const plainHeading = (heading: string): string =>
  heading
    .normalize("NFKC")
    .replaceAll(/\([^)]*\)|\[[^\]]*\]/g, "")
    .replaceAll(/[\s*＊:：_\u200B-\u200D\uFEFF]/g, "")
    .toLowerCase();

const keysByHeading = (columns: readonly RegisterColumn[], headings: Headings) => {
  const keys = new Map<string, string>();
  for (const { key } of columns) {
    for (const words of [key, ...(headings.get(key) ?? [])]) keys.set(plainHeading(words), key);
  }
  return keys;
};

const textOf = (cell: SheetCell | undefined): string =>
  cell === null || cell === undefined ? "" : String(cell).trim();

type Candidate = Head & { twice: string | null };

const candidateOf = (
  table: SheetTable,
  { row, cells }: SheetTable["rows"][number],
  keys: ReadonlyMap<string, string>,
  silent: ReadonlySet<string>,
): Candidate => {
  const found: Candidate = { table, row, columns: [], ignored: [], twice: null };
  for (const [index, cell] of cells.entries()) {
    const heading = textOf(cell);
    if (heading === "" || silent.has(plainHeading(heading))) continue;
    const key = keys.get(plainHeading(heading));
    if (key === undefined) found.ignored.push(heading.slice(0, 60));
    else if (found.columns.some((column) => column.key === key)) found.twice = heading;
    else found.columns.push({ key, heading, index });
  }
  return found;
};

/**
 * The row of headings, whichever sheet and row it is in. The sheet that matches most columns wins;
 * hidden ones are not looked at. Problems: `no_head` (with the sheets that were looked at),
 * `several_tables`, `columns_missing`, `heading_twice`, `no_rows`.
 */
export const findHead = (
  tables: readonly SheetTable[],
  columns: readonly RegisterColumn[],
  headings: Headings,
  /** Headings of our own that hold no data. */
  silent: readonly string[] = [],
): HeadFound => {
  const keys = keysByHeading(columns, headings);
  const quiet = new Set(silent.map(plainHeading));
  const shown = tables.filter(({ hidden }) => !hidden);
  const best = shown
    .flatMap((table) => {
      const [first] = table.rows
        .slice(0, ROWS_LOOKED_AT)
        .map((row) => candidateOf(table, row, keys, quiet))
        .toSorted((a, b) => b.columns.length - a.columns.length);
      return first === undefined ? [] : [first];
    })
    .toSorted((a, b) => b.columns.length - a.columns.length);
  const [head, other] = best;
  const name = (key: string) => headings.get(key)?.[0] ?? key;
  const required = columns.filter((column) => column.required).map(({ key }) => key);
  const has = (candidate: Head, key: string) => candidate.columns.some((c) => c.key === key);
  // One heading alone is a word that happens to stand there: a title, a list of choices.
  if (head === undefined || head.columns.length < Math.min(2, columns.length)) {
    const sheets = shown.flatMap(({ sheet }) => sheet ?? []).join("、");
    const expected = required.map(name).join("、");
    return { problem: { code: "no_head", params: { expected, sheets } } };
  }
  const isTable = (candidate: Head) => required.every((key) => has(candidate, key));
  if (other !== undefined && isTable(head) && isTable(other)) {
    const sheets = best.filter(isTable).map(({ table }) => table.sheet ?? "");
    return { problem: { code: "several_tables", params: { sheets: sheets.join("、") } } };
  }
  const missing = required.filter((key) => !has(head, key)).map(name);
  if (missing.length > 0) {
    return { problem: { code: "columns_missing", params: { missing: missing.join("、") } } };
  }
  if (head.twice !== null) {
    return { problem: { code: "heading_twice", params: { heading: head.twice } } };
  }
  const { table, row, columns: found, ignored } = head;
  if (!table.rows.some((each) => each.row > row)) return { problem: { code: "no_rows" } };
  return { table, row, columns: found, ignored };
};
