/** What a spreadsheet holds in one cell; dates are text `YYYY-MM-DD`. */
export type SheetCell = string | number | boolean | null;

/** Cells of a sheet that a value alone does not tell: rows and columns count from 1. */
export type CellMark = { row: number; column: number; code: "formula" | "error_value" };

/** Cells merged into one, both corners included; rows and columns count from 1. */
export type Merge = { fromRow: number; toRow: number; fromColumn: number; toColumn: number };

export type SheetTable = {
  /** Name of the sheet; null for a CSV file, which has none. */
  sheet: string | null;
  hidden: boolean;
  /** Rows that hold something, in order, each with its number as the spreadsheet counts. */
  rows: { row: number; cells: SheetCell[] }[];
  marks: CellMark[];
  merges: Merge[];
};

/** Why a file cannot be read; the words are `problem>imports.<code>`. */
export type FileProblem = { code: string; params?: Record<string, unknown> };

export type TablesRead = { tables: SheetTable[] } | { problem: FileProblem };

export const noTables = (code: string, params?: Record<string, unknown>): TablesRead => ({
  problem: { code, ...(params && { params }) },
});

/** Columns of a sheet at most; the standard allows 16,384, a register has a dozen. */
export const MOST_COLUMNS = 256;
