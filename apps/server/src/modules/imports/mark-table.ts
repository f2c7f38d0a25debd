import { IMPORT_COLUMNS, type ImportKind } from "@onegrid/contract";
import type { RowProblem } from "@onegrid/domain";
import { fullCode } from "./issues.ts";
import type { NumberedRow } from "./read-rows.ts";
import type { ImportDone } from "./run-import.ts";
import { headingOf, translator, type ImportLanguage, type Translate } from "./words.ts";
import { xlsxOf } from "../exports/index.ts";

/** A fault in words, with the column it is about. */
const wordsOf = (t: Translate, kind: ImportKind, problem: RowProblem): string => {
  const column = IMPORT_COLUMNS[kind].find(({ key }) => key === problem.column);
  const words = t(`problem>${fullCode(problem)}`, problem.params);
  return column === undefined ? words : `${headingOf(t, column)}：${words}`;
};

const markedColumns = (
  row: NumberedRow,
  indexOf: ReadonlyMap<string, number>,
): ReadonlySet<number> =>
  new Set([
    0,
    ...row.problems.flatMap(({ column }) => {
      const index = indexOf.get(column ?? "");
      return index === undefined ? [] : [index + 1];
    }),
  ]);

/**
 * The table as it came, as XLSX: in its own order: a column of faults in front, their cells
 * coloured. Mended, it is brought in again as it is. Null when the file held no table.
 */
export const markTable = async (
  kind: ImportKind,
  language: ImportLanguage,
  table: ImportDone["table"],
): Promise<Buffer | null> => {
  if (table === null) return null;
  const t = translator(language);
  const { head, rows } = table;
  const headRow = head.table.rows.find(({ row }) => row === head.row);
  const headings = (headRow?.cells ?? []).map((cell) => (cell === null ? "" : String(cell)));
  const indexOf = new Map(head.columns.map(({ key, index }) => [key, index]));
  const marks = new Map(
    rows.flatMap((row, index): [number, ReadonlySet<number>][] =>
      row.problems.length === 0 ? [] : [[index, markedColumns(row, indexOf)]],
    ),
  );
  return xlsxOf([
    {
      name: head.table.sheet ?? t(`importKind>${kind}`),
      head: [t("importTable>problems"), ...headings],
      widths: [48],
      marks,
      rows: rows.map((row) => [
        row.problems.map((problem) => wordsOf(t, kind, problem)).join("；"),
        ...headings.map((_, index) => {
          const cell = row.cells[index];
          return cell === null || cell === undefined ? null : String(cell);
        }),
      ]),
    },
  ]);
};
