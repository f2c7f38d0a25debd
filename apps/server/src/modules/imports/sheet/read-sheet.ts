import {
  MOST_COLUMNS,
  type CellMark,
  type Merge,
  type SheetCell,
  type SheetTable,
} from "./table.ts";
import type { Workbook, WorkbookSheet } from "./read-workbook.ts";
import { walkXml } from "./xml.ts";

/** `BC12` → row 12, column 55; null for what is no reference. */
const placeOf = (reference: string): { row: number; column: number } | null => {
  const found = /^([A-Z]{1,3})([0-9]{1,7})$/.exec(reference);
  if (found === null) return null;
  let column = 0;
  for (const letter of found[1] ?? "") column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(found[2]), column };
};

const mergeOf = (reference: string): Merge | null => {
  const [a = "", b = a] = reference.split(":");
  const from = placeOf(a);
  const to = placeOf(b);
  return from && to
    ? { fromRow: from.row, toRow: to.row, fromColumn: from.column, toColumn: to.column }
    : null;
};

const DAY_MS = 86_400_000;
/** Days between a spreadsheet's day 0 and 1970-01-01: the 1900 calendar and that of old Macs. */
const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;
const LAST_SERIAL = 2_958_465;

const dayOfSerial = (serial: number, from1904: boolean): string | null => {
  if (serial < 0 || serial > LAST_SERIAL) return null;
  const epoch = from1904 ? EPOCH_1904 : EPOCH_1900;
  return new Date((Math.floor(serial) - epoch) * DAY_MS).toISOString().slice(0, 10);
};

type OpenCell = { column: number; type: string; style: number; text: string };

const valueOf = (cell: OpenCell, workbook: Workbook): SheetCell => {
  const { type, text } = cell;
  if (text === "") return null;
  switch (type) {
    case "s":
      return workbook.strings[Number(text)] ?? null;
    case "b":
      return text === "1";
    case "str":
    case "inlineStr":
    case "e":
      return text;
    case "d":
      return text.slice(0, 10);
    default: {
      const number = Number(text);
      if (!Number.isFinite(number)) return text;
      const isDay = workbook.dayStyles[cell.style] === true;
      return isDay ? (dayOfSerial(number, workbook.from1904) ?? number) : number;
    }
  }
};

const trimmed = (cells: SheetCell[]): SheetCell[] => {
  let length = cells.length;
  while (length > 0 && (cells[length - 1] ?? null) === null) length -= 1;
  return Array.from({ length }, (_, index) => cells[index] ?? null);
};

/**
 * The cells of one sheet. Formulas and error values are marked, not judged; at most `mostRows` rows
 * with something in them are kept, one more tells that there are more.
 */
export const readSheet = (
  xml: string,
  { name, hidden }: WorkbookSheet,
  workbook: Workbook,
  mostRows: number,
): SheetTable => {
  const rows: SheetTable["rows"] = [];
  const marks: CellMark[] = [];
  const merges: Merge[] = [];
  let row = 0;
  let column = 0;
  let cells: SheetCell[] = [];
  let cell: OpenCell | null = null;
  let reads = false;
  walkXml(xml, {
    open: (tag, attributes) => {
      if (tag === "row") {
        row = Number(attributes()["r"] ?? row + 1);
        column = 0;
        cells = [];
      } else if (tag === "c") {
        const { r = "", t = "n", s = "0" } = attributes();
        column = placeOf(r)?.column ?? column + 1;
        cell = { column, type: t, style: Number(s), text: "" };
        if (t === "e") marks.push({ row, column, code: "error_value" });
      } else if (tag === "v" || tag === "t") reads = true;
      else if (tag === "f") marks.push({ row, column, code: "formula" });
      else if (tag === "mergeCell") {
        const merge = mergeOf(attributes()["ref"] ?? "");
        if (merge !== null) merges.push(merge);
      }
    },
    text: (words) => {
      if (reads && cell !== null) cell.text += words;
    },
    close: (tag) => {
      if (tag === "v" || tag === "t") reads = false;
      else if (tag === "c" && cell !== null) {
        if (cell.column <= MOST_COLUMNS) cells[cell.column - 1] = valueOf(cell, workbook);
        cell = null;
      } else if (tag === "row" && rows.length <= mostRows) {
        const kept = trimmed(cells);
        if (kept.length > 0) rows.push({ row, cells: kept });
      }
    },
  });
  return { sheet: name, hidden, rows, marks, merges };
};
