import type { RegisterColumn } from "@onegrid/contract";
import { expect, it } from "vitest";
import { readCell, readDay, readRow, type RawCell } from "./index.ts";

const WORDS = new Map([
  ["已列入", "listed"],
  ["无物业管理", "property_management"],
]);
const code: RegisterColumn = { key: "code", kind: "code", required: true };
const households: RegisterColumn = { key: "households", kind: "integer", max: 1000 };
const state: RegisterColumn = { key: "threeWithout", kind: "choice", values: ["listed"] };
const lacks: RegisterColumn = {
  key: "lacks",
  kind: "choices",
  values: ["property_management", "security"],
};
const lng: RegisterColumn = { key: "lng", kind: "decimal", min: -180, max: 180 };
const name: RegisterColumn = { key: "name", kind: "text", max: 4 };

it.each([
  ["2026-01-05", "2026-01-05"],
  ["2026/1/5", "2026-01-05"],
  ["2026.1.5", "2026-01-05"],
  ["２０２６年１月５日", "2026-01-05"],
  ["20260105", "2026-01-05"],
  [20260105, "2026-01-05"],
  [46_027, "2026-01-05"],
  [new Date("2026-01-05T00:00:00Z"), "2026-01-05"],
  ["2026-02-30", null],
  ["1/5/2026", null],
  ["明天", null],
  [12, null],
] as [RawCell, string | null][])("reads %s as the day %s", (raw, day) => {
  expect(readDay(raw)).toBe(day);
});

it.each([
  [code, " ５００２３１００１ ", { value: "500231001" }],
  [code, 500231001, { value: "500231001" }],
  [code, 500231001001001000000, { problem: { code: "code_damaged", params: {} } }],
  [code, "5.00231E+17", { problem: { code: "code_damaged", params: {} } }],
  [code, "甲", { problem: { code: "not_a_code", params: {} } }],
  [code, "\u3000", { problem: { code: "cell_missing", params: {} } }],
  [households, "１，０００", { value: 1000 }],
  [households, "1001", { problem: { code: "out_of_range", params: { max: 1000 } } }],
  [households, "3.5", { problem: { code: "not_a_number", params: {} } }],
  [households, null, { value: null }],
  [lng, " １０７．０５ ", { value: 107.05 }],
  [lng, "东经107", { problem: { code: "not_a_decimal", params: {} } }],
  [lng, 1070.5, { problem: { code: "out_of_range", params: { min: -180, max: 180 } } }],
  [state, "已列入", { value: "listed" }],
  [state, "listed", { value: "listed" }],
  [state, "也许", { problem: { code: "not_a_choice", params: { found: "也许" } } }],
  [lacks, "无物业管理、security", { value: ["property_management", "security"] }],
  [lacks, "", { value: [] }],
  [name, "  阳\u200B光 ", { value: "阳光" }],
  [name, "阳光花园小区", { problem: { code: "too_long", params: { max: 4 } } }],
] as [RegisterColumn, RawCell, unknown][])("cell %#", (column, raw, expected) => {
  expect(readCell(column, raw, WORDS)).toEqual(expected);
});

it("tells everything that is wrong with a row at once", () => {
  const { values, problems } = readRow(
    [
      code,
      households,
      state,
      lacks,
      { key: "validFrom", kind: "day" },
      { key: "validTo", kind: "day" },
    ],
    {
      households: "x",
      threeWithout: "已列入",
      validFrom: "2026-02-01",
      validTo: "2026-01-01",
      constructor: "ignored",
    },
    WORDS,
  );
  expect(problems.map(({ column, code: problem }) => [column, problem])).toEqual([
    ["code", "cell_missing"],
    ["households", "not_a_number"],
    ["validTo", "ends_before_it_begins"],
    ["lacks", "lacks_missing"],
  ]);
  expect(values["threeWithout"]).toBe("listed");
});
