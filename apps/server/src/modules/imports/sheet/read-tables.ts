import { parse as parseCsv } from "csv-parse/sync";
import { textOfFile } from "../../../platform/file-text.ts";
import { openZip, partText } from "./open-zip.ts";
import { readSheet } from "./read-sheet.ts";
import { readWorkbook } from "./read-workbook.ts";
import { MOST_COLUMNS, noTables, type SheetTable, type TablesRead } from "./table.ts";

const startsWith = (bytes: Uint8Array, signs: readonly number[]): boolean =>
  signs.every((sign, index) => bytes[index] === sign);

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** The container of Excel 97–2003, and of any workbook that a password locks. */
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0];

const isWorkbookName = (fileName: string): boolean => /\.xls[xm]?$/i.test(fileName);

/** Nothing where nothing is; the apostrophe that keeps our own files from acting as formulas goes. */
const csvCell = (cell: string): string | null =>
  cell === "" ? null : cell.replace(/^'(?=[=+\-@\t\r])/, "");

const readCsv = (text: string, mostRows: number): TablesRead => {
  const head = text.slice(0, text.indexOf("\n") + 1 || undefined);
  const delimiter = head.includes("\t") && !head.includes(",") ? "\t" : ",";
  try {
    const records = parseCsv(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: false,
    }) as unknown as { record: string[]; info: { records: number } }[];
    const rows = records
      .map(({ record }, index) => ({ row: index + 1, cells: record.slice(0, MOST_COLUMNS) }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""))
      .slice(0, mostRows + 1)
      .map(({ row, cells }) => ({ row, cells: cells.map(csvCell) }));
    return { tables: [{ sheet: null, hidden: false, rows, marks: [], merges: [] }] };
  } catch (error) {
    return noTables("csv_broken", { line: (error as { lines?: number }).lines ?? null });
  }
};

const readXlsx = (bytes: Uint8Array, mostRows: number): TablesRead => {
  const opened = openZip(bytes);
  if ("code" in opened) return noTables(opened.code);
  const { parts } = opened;
  try {
    const workbook = readWorkbook(parts);
    const tables = workbook.sheets.flatMap((sheet): SheetTable[] => {
      const xml = partText(parts, sheet.part);
      // A chart sheet or a macro sheet is no table.
      return xml === undefined ? [] : [readSheet(xml, sheet, workbook, mostRows)];
    });
    return { tables };
  } catch {
    return noTables("not_workbook");
  }
};

/**
 * The tables of a file: its sheets, or the one of a CSV in UTF-8, UTF-16 or GB 18030. The content
 * decides what it is; a name that says something else is a problem, since then somebody is mistaken
 * about the file. Touches nothing and throws nothing.
 */
export const readTables = (bytes: Uint8Array, fileName: string, mostRows: number): TablesRead => {
  if (bytes.length === 0) return noTables("empty_file");
  if (startsWith(bytes, ZIP)) return readXlsx(bytes, mostRows);
  if (startsWith(bytes, OLD_EXCEL)) return noTables("old_or_locked");
  const file = textOfFile(bytes);
  if (file === null) return noTables("not_a_table");
  const text = file.text.replace(/^\uFEFF/, "");
  if (text.trim() === "") return noTables("empty_file");
  // Old systems hand out web pages under the name of a spreadsheet.
  if (/^\s*</.test(text)) return noTables("web_page");
  if (isWorkbookName(fileName)) return noTables("renamed_csv");
  return readCsv(text, mostRows);
};
