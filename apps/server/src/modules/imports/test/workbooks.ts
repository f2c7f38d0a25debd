import { strToU8, zipSync, type Zippable } from "fflate";
import writeXlsx, { type SheetData } from "write-excel-file/node";

export type TestCell = string | number | Date | null;

const cellOf = (value: TestCell) => {
  if (value === null) return null;
  if (value instanceof Date) return { value, type: Date, format: "yyyy/m/d" };
  return typeof value === "number" ? { value, type: Number } : { value, type: String };
};

/** A workbook as spreadsheet programs write it: each sheet by name with its rows. */
export const workbookOf = (sheets: Record<string, TestCell[][]>): Promise<Buffer> =>
  writeXlsx(
    Object.entries(sheets).map(([sheet, rows]) => ({
      sheet,
      data: rows.map((row) => row.map(cellOf)) as SheetData,
    })),
  ).toBuffer();

/** One sheet of rows. */
export const tableOf = (rows: TestCell[][]): Promise<Buffer> => workbookOf({ 数据: rows });

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** The parts of the smallest workbook: `sheetData` and what follows it, as XML. */
export const partsOf = (sheetXml: string, more: Zippable = {}, workbookPr = ""): Zippable => ({
  "[Content_Types].xml": strToU8("<Types/>"),
  "xl/workbook.xml": strToU8(
    `<x:workbook xmlns:x="${MAIN}" xmlns:r="${RELATIONS}">${workbookPr}<x:sheets>` +
      `<x:sheet name="数据" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>`,
  ),
  "xl/_rels/workbook.xml.rels": strToU8(
    `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
  ),
  "xl/worksheets/sheet1.xml": strToU8(`<worksheet xmlns="${MAIN}">${sheetXml}</worksheet>`),
  ...more,
});

export const rawWorkbook = (sheetXml: string, more: Zippable = {}, workbookPr = ""): Buffer =>
  Buffer.from(zipSync(partsOf(sheetXml, more, workbookPr)));

/** A cell of text, written in place. */
export const inline = (reference: string, words: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t>${words}</t></is></c>`;
