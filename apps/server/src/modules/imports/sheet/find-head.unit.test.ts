import type { RegisterColumn } from "@onegrid/contract";
import { expect, it } from "vitest";
import { findHead, plainHeading } from "./find-head.ts";
import type { SheetCell, SheetTable } from "./table.ts";

const COLUMNS: RegisterColumn[] = [
  { key: "code", kind: "code", required: true },
  { key: "name", kind: "text", required: true },
  { key: "households", kind: "integer" },
];
const HEADINGS = new Map([
  ["code", ["编号", "Code", "小区编号"]],
  ["name", ["名称", "Name"]],
  ["households", ["户数"]],
]);

const table = (rows: SheetCell[][], sheet = "数据", hidden = false): SheetTable => ({
  sheet,
  hidden,
  rows: rows.map((cells, index) => ({ row: index + 1, cells })),
  marks: [],
  merges: [],
});
const find = (...tables: SheetTable[]) => findHead(tables, COLUMNS, HEADINGS, ["问题"]);
const problem = (...tables: SheetTable[]) => {
  const found = find(...tables);
  return "problem" in found ? found.problem : null;
};

it("takes headings as people write them", () => {
  expect(plainHeading(" 小区　编号 *（必填）：")).toBe("小区编号");
  const found = find(
    table([
      ["××区小区台账"],
      [],
      ["问题", "户数", "小区编号*", "联系人", "ＮＡＭＥ"],
      ["", 9, "1", "", "甲"],
    ]),
  );
  expect(found).toMatchObject({
    row: 3,
    columns: [
      { key: "households", heading: "户数", index: 1 },
      { key: "code", heading: "小区编号*", index: 2 },
      { key: "name", heading: "ＮＡＭＥ", index: 4 },
    ],
    ignored: ["联系人"],
  });
});

it("finds the sheet the table is in, and no hidden one", () => {
  const data = table(
    [
      ["编号", "名称"],
      ["1", "甲"],
    ],
    "第二页",
  );
  const found = find(table([["填写说明"], ["编号", "必填"]]), data);
  expect(found).toMatchObject({ table: { sheet: "第二页" } });
  expect(problem({ ...data, hidden: true })?.code).toBe("no_head");
});

it.each([
  [
    "no_head",
    [
      table([
        ["姓名", "电话"],
        ["甲", "1"],
      ]),
    ],
  ],
  ["no_head", [table([])]],
  [
    "columns_missing",
    [
      table([
        ["编号", "户数"],
        ["1", 2],
      ]),
    ],
  ],
  [
    "heading_twice",
    [
      table([
        ["编号", "名称", "Name"],
        ["1", "甲", "乙"],
      ]),
    ],
  ],
  ["no_rows", [table([["编号", "名称"]])]],
  [
    "several_tables",
    [
      table([
        ["编号", "名称"],
        ["1", "甲"],
      ]),
      table(
        [
          ["编号", "名称"],
          ["2", "乙"],
        ],
        "旧表",
      ),
    ],
  ],
])("%s", (code, tables) => {
  expect(problem(...tables)?.code).toBe(code);
});

it("names what is missing and where it looked", () => {
  expect(
    problem(
      table([
        ["编号", "户数"],
        ["1", 2],
      ]),
    )?.params,
  ).toEqual({ missing: "名称" });
  expect(problem(table([["甲"]], "花名册"))?.params).toEqual({
    expected: "编号、名称",
    sheets: "花名册",
  });
});
