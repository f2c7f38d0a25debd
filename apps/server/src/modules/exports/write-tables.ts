import writeXlsx, { type SheetData } from "write-excel-file/node";
import { csvLine } from "./columns.ts";

/** Every cell is text: a code keeps its zeros, and nothing can act as a formula. */
const textCell = (value: string | null) =>
  value === null || value === "" ? null : { value, type: String, format: "@" };

const HEAD = { fontWeight: "bold", backgroundColor: "#E8F0FA" } as const;
const MARK = { backgroundColor: "#FDE3E1" } as const;

export type TextSheet = {
  name: string;
  head: readonly string[];
  rows: Iterable<readonly (string | null)[]>;
  widths?: readonly number[];
  /** Rows and columns (both from 0) to be shown as faulty. */
  marks?: ReadonlyMap<number, ReadonlySet<number>>;
};

const dataOf = ({ head, rows, marks }: TextSheet): SheetData => {
  const data: SheetData = [head.map((value) => ({ value, type: String, ...HEAD }))];
  let index = 0;
  for (const row of rows) {
    const marked = marks?.get(index);
    data.push(
      row.map((value, column) => {
        if (marked?.has(column) !== true) return textCell(value);
        return { ...textCell(value), ...MARK };
      }),
    );
    index += 1;
  }
  return data;
};

/** A workbook of text: no formula, no macro, no link. */
export const xlsxOf = (sheets: readonly TextSheet[]): Promise<Buffer> =>
  writeXlsx(
    sheets.map((sheet) => ({
      sheet: sheet.name,
      data: dataOf(sheet),
      stickyRowsCount: 1,
      columns: sheet.head.map((_, index) => ({ width: sheet.widths?.[index] ?? 18 })),
    })),
  ).toBuffer();

/** CSV with a byte order mark, as spreadsheet programs want it; formulas are made text. */
export const csvOf = (
  head: readonly string[],
  rows: Iterable<readonly (string | null)[]>,
): string => {
  const lines = [`\uFEFF${csvLine(head)}`];
  for (const row of rows) lines.push(csvLine(row.map((cell) => cell ?? "")));
  return lines.join("");
};
