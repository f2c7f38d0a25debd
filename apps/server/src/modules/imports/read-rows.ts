import { setImmediate as breathe } from "node:timers/promises";
import type { RegisterColumn } from "@onegrid/contract";
import { readRow, type ChoiceWords } from "@onegrid/domain";
import type { ImportRow } from "../../platform/import-target.ts";
import type { Head } from "./sheet/find-head.ts";
import type { Merge, SheetCell } from "./sheet/table.ts";

/** A row of the table with its number as the spreadsheet counts. */
export type NumberedRow = ImportRow & { row: number; cells: readonly SheetCell[] };

/** Rows read before others have their turn on this core. */
const ROWS_AT_ONCE = 1_000;

const spans = (merge: Merge, row: number): boolean => merge.fromRow <= row && row <= merge.toRow;

/** Merges that reach into the rows below the headings: it is not told which row holds the value. */
const mergesBelow = (head: Head): Merge[] =>
  head.table.merges.filter(({ toRow }) => toRow > head.row);

const marksByRow = (head: Head, keyAt: ReadonlyMap<number, string>) => {
  const marks = new Map<number, { column: string; code: string }[]>();
  for (const { row, column, code } of head.table.marks) {
    const key = keyAt.get(column);
    if (key === undefined || row <= head.row) continue;
    const found = marks.get(row) ?? [];
    found.push({ column: key, code });
    marks.set(row, found);
  }
  return marks;
};

const readOne = (
  { row, cells }: { row: number; cells: readonly SheetCell[] },
  head: Head,
  columns: readonly RegisterColumn[],
  words: ChoiceWords,
): NumberedRow => {
  const raw = Object.fromEntries(head.columns.map(({ key, index }) => [key, cells[index] ?? null]));
  return { row, cells, ...readRow(columns, raw, words) };
};

/**
 * Reads the rows below the headings: every cell as its column means it, with what is wrong: formulas
 * and error values (what they show is not what was meant to be kept), merged cells, a code twice.
 */
export const readRows = async (
  head: Head,
  columns: readonly RegisterColumn[],
  words: ChoiceWords,
): Promise<NumberedRow[]> => {
  const present = columns.filter(({ key }) => head.columns.some((column) => column.key === key));
  const keyAt = new Map(head.columns.map(({ key, index }) => [index + 1, key]));
  const marks = marksByRow(head, keyAt);
  const merges = mergesBelow(head);
  const rowOfCode = new Map<string, number>();
  const read: NumberedRow[] = [];
  for (const source of head.table.rows) {
    if (source.row <= head.row) continue;
    // What stands beside the table (a note, a sum) makes no row of it.
    if (head.columns.every(({ index }) => (source.cells[index] ?? null) === null)) continue;
    const one = readOne(source, head, present, words);
    for (const { column, code } of marks.get(one.row) ?? []) {
      one.problems = one.problems.filter((problem) => problem.column !== column);
      one.problems.push({ column, code: `imports.${code}`, params: {} });
    }
    const merge = merges.find((each) => spans(each, one.row));
    if (merge !== undefined) {
      const column = keyAt.get(merge.fromColumn) ?? null;
      one.problems.push({ column, code: "imports.merged_cells", params: {} });
    }
    const code = one.values["code"];
    if (typeof code === "string") {
      const first = rowOfCode.get(code);
      if (first === undefined) rowOfCode.set(code, one.row);
      else
        one.problems.push({ column: "code", code: "imports.code_twice", params: { row: first } });
    }
    read.push(one);
    if (read.length % ROWS_AT_ONCE === 0) await breathe();
  }
  return read;
};
