import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { inline, partsOf, rawWorkbook, tableOf, workbookOf } from "../test/workbooks.ts";
import { readInThread } from "./read-in-thread.ts";
import { readTables } from "./read-tables.ts";
import type { SheetTable } from "./table.ts";

const MOST_ROWS = 1_000;

const tablesOf = (bytes: Uint8Array, name = "表.xlsx"): SheetTable[] => {
  const read = readTables(bytes, name, MOST_ROWS);
  if ("problem" in read) throw new Error(read.problem.code);
  return read.tables;
};
const problemOf = (bytes: Uint8Array, name = "表.xlsx"): string | null => {
  const read = readTables(bytes, name, MOST_ROWS);
  return "problem" in read ? read.problem.code : null;
};

describe("a workbook", () => {
  it("is read sheet by sheet: words, numbers, days, and nothing where nothing is", async () => {
    const [first, second] = tablesOf(
      await workbookOf({
        小区: [
          ["编号", "名称", "户数", "启用日期"],
          ["XQ-1", "阳光 & 花园", 120, new Date("2026-01-05T00:00:00Z")],
          [null, null, null, null],
          ["XQ-2", null, 0.5, null],
        ],
        说明: [["只是说明"]],
      }),
    );
    expect(first?.rows).toEqual([
      { row: 1, cells: ["编号", "名称", "户数", "启用日期"] },
      { row: 2, cells: ["XQ-1", "阳光 & 花园", 120, "2026-01-05"] },
      { row: 4, cells: ["XQ-2", null, 0.5] },
    ]);
    expect(second).toMatchObject({ sheet: "说明", hidden: false, merges: [], marks: [] });
  });

  it("tells formulas, error values and merged cells, whatever they show", () => {
    const [table] = tablesOf(
      rawWorkbook(
        `<sheetData><row r="1">${inline("A1", "编号")}${inline("B1", "户数")}</row>
         <row r="2">${inline("A2", "XQ-1")}<c r="B2"><f>SUM(C1:C9)</f><v>9</v></c></row>
         <row r="3"><c r="A3" t="e"><v>#N/A</v></c></row></sheetData>
         <mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>`,
      ),
    );
    expect(table?.rows[1]?.cells).toEqual(["XQ-1", 9]);
    expect(table?.marks).toEqual([
      { row: 2, column: 2, code: "formula" },
      { row: 3, column: 1, code: "error_value" },
    ]);
    expect(table?.merges).toEqual([{ fromRow: 2, toRow: 3, fromColumn: 1, toColumn: 1 }]);
  });

  it("counts days from 1904 where it says so, and joins the pieces of a coloured text", () => {
    const [table] = tablesOf(
      rawWorkbook(
        `<sheetData><row><c s="1"><v>0</v></c><c t="s"><v>0</v></c></row></sheetData>`,
        {
          "xl/styles.xml": strToU8(
            `<styleSheet><numFmts><numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m"/></numFmts>
             <cellXfs><xf numFmtId="0"/><xf numFmtId="180"/></cellXfs></styleSheet>`,
          ),
          "xl/sharedStrings.xml": strToU8(
            `<sst><si><r><t>阳</t></r><r><t>光</t></r><rPh><t>yang</t></rPh></si></sst>`,
          ),
        },
        `<x:workbookPr date1904="1"/>`,
      ),
    );
    expect(table?.rows).toEqual([{ row: 1, cells: ["1904-01-01", "阳光"] }]);
  });

  it("is read in a thread of its own just the same", async () => {
    const bytes = await tableOf([["编号", "名称"]]);
    expect(await readInThread(bytes, "a.xlsx", MOST_ROWS)).toEqual(
      readTables(bytes, "a.xlsx", MOST_ROWS),
    );
  });
});

describe("a text file", () => {
  it("is read in each encoding that Chinese offices use", () => {
    const csv = '编号,名称\r\nXQ-1,"阳光, 花园"\r\n\r\nXQ-2,\r\n';
    const rows = [
      { row: 1, cells: ["编号", "名称"] },
      { row: 2, cells: ["XQ-1", "阳光, 花园"] },
      { row: 4, cells: ["XQ-2", null] },
    ];
    const gb = Buffer.concat([
      Buffer.from([0xb1, 0xe0, 0xba, 0xc5]),
      Buffer.from(","),
      Buffer.from([0xc3, 0xfb, 0xb3, 0xc6]),
      Buffer.from("\r\n1,2\r\n"),
    ]);
    expect(tablesOf(Buffer.from(csv), "a.csv")[0]?.rows).toEqual(rows);
    expect(tablesOf(Buffer.from(`\uFEFF${csv}`), "a.csv")[0]?.rows).toEqual(rows);
    expect(tablesOf(Buffer.from(`\uFEFF${csv}`, "utf16le"), "a.csv")[0]?.rows).toEqual(rows);
    expect(tablesOf(gb, "a.csv")[0]?.rows[0]?.cells).toEqual(["编号", "名称"]);
    expect(tablesOf(Buffer.from("编号\t名称\n1\t2\n"), "a.txt")[0]?.rows[1]?.cells).toEqual([
      "1",
      "2",
    ]);
  });
});

describe("a file that is something else", () => {
  it.each([
    ["nothing", Buffer.alloc(0), "a.xlsx", "empty_file"],
    ["spaces", Buffer.from(" \r\n"), "a.csv", "empty_file"],
    ["CSV under the name of a workbook", Buffer.from("编号,名称\n1,2"), "a.xlsx", "renamed_csv"],
    ["a web page", Buffer.from("<html><table>"), "a.xls", "web_page"],
    ["an old or locked workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), "a.xls", "old_or_locked"],
    ["a picture", Buffer.from("89504e470d0a1a0a0000", "hex"), "a.png", "not_a_table"],
    ["half a zip", Buffer.from("504b030414000000", "hex"), "a.xlsx", "not_workbook"],
    [
      "a Word document",
      Buffer.from(zipSync({ "word/document.xml": strToU8("<a/>") })),
      "a.xlsx",
      "not_workbook",
    ],
    ["broken XML", rawWorkbook("<sheetData><row></sheetData>"), "a.xlsx", "not_workbook"],
    ["an open quote", Buffer.from('编号,名称\n"1,2\n'), "a.csv", "csv_broken"],
  ])("%s", (_what, bytes, name, code) => {
    expect(problemOf(bytes, name)).toBe(code);
  });

  it("declares entities, to grow or to read files: neither is done", () => {
    const laughs = Array.from(
      { length: 9 },
      (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`,
    );
    const entities = `<!ENTITY a0 "ha">${laughs.join("")}<!ENTITY file SYSTEM "file:///etc/passwd">`;
    const strings = `<!DOCTYPE sst [${entities}]><sst><si><t>&a9;&file;</t></si></sst>`;
    const bytes = rawWorkbook(
      '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>',
      { "xl/sharedStrings.xml": Buffer.from(strings) },
    );
    const before = process.memoryUsage().arrayBuffers;
    // The words stay what they are; a document type is skipped like a comment.
    const cells = tablesOf(bytes, "a.xlsx")[0]?.rows[0]?.cells;
    expect(cells).toEqual(["&a9;&file;"]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });

  it("holds macros, whatever its name", () => {
    const bytes = rawWorkbook("<sheetData/>", { "xl/vbaProject.bin": new Uint8Array(9) });
    expect(problemOf(bytes, "无宏.xlsx")).toBe("macros");
  });

  it("would fill the memory: refused before it is unpacked", () => {
    const zeros = new Uint8Array(64 * 1024 * 1024);
    const bytes = rawWorkbook("<sheetData/>", { "xl/worksheets/sheet2.xml": zeros });
    expect(bytes.length).toBeLessThan(200_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(problemOf(bytes)).toBe("zip_bomb");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });

  it("announces less than it holds: nothing grows beyond what was announced", () => {
    const bytes = Buffer.from(
      zipSync(partsOf("<sheetData/>", { "xl/sharedStrings.xml": new Uint8Array(32_000_000) })),
    );
    // The sizes in the directory at the end are what a reader believes.
    const sizes = Buffer.alloc(4);
    sizes.writeUInt32LE(32_000_000);
    const at = bytes.lastIndexOf(sizes);
    bytes.writeUInt32LE(100, at);
    const before = process.memoryUsage().arrayBuffers;
    expect(problemOf(bytes)).toBe("not_workbook");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });
});
