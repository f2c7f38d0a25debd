import { describe, expect, it } from "vitest";
import { linesOfElements } from "./json-lines.ts";
import { readCatalogueFile } from "./read-file.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readCatalogueFile(utf8(text));
const table = (components: unknown[], matters: unknown[] = []) =>
  JSON.stringify({ standard: "GB/T 47678.5-2026 城市运行", components, matters }, null, 1);
const cover = {
  code: "01001",
  major_code: "01",
  major_name: "市政公用设施",
  minor_code: "001",
  name: "供水井盖",
};
const CSV_HEAD = "standard,kind,classCode,majorName,name";
const CSV_ROW = "GB/T 47678.5-2026,component,01001,市政公用设施,供水井盖";
const LIST_HEAD =
  "categoryCode,net,kind,name,words,ownerUnitCode,startTier,limitAmount,limitUnit,emergency,standard,standardKind,standardClass";
const LIST_ROW = "C1,city_management,matter,暴露垃圾,垃圾；没人收,,level3,4,working_hour,false,,,";

const codes = (text: string) => read(text).issues.map((i) => [i.line, i.field, i.code]);

describe("readCatalogueFile: what is read", () => {
  it("reads a code table from JSON with the standard's designation alone", () => {
    const { file, issues } = read(table([cover], [{ ...cover, component_code: "01001" }]));
    expect(issues).toEqual([]);
    expect(file).toMatchObject({
      kind: "classes",
      classes: [
        {
          line: 4,
          value: { standard: "GB/T 47678.5-2026", kind: "component", classCode: "01001" },
        },
        { line: 13, value: { kind: "matter", componentCode: "01001" } },
      ],
    });
  });

  it("reads the same rows whatever the byte order mark, line end and encoding", () => {
    const text = `${CSV_HEAD}\n${CSV_ROW}\n`;
    const expected = read(text).file;
    expect(expected).toMatchObject({ classes: [{ line: 2, value: { name: "供水井盖" } }] });
    expect(read(`\uFEFF${text.replaceAll("\n", "\r\n")}`).file).toEqual(expected);
    const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");
    expect(readCatalogueFile(utf16)).toMatchObject({ encoding: "utf-16le", file: expected });
    // 供水井盖 and 市政公用设施 as a Chinese Excel writes them.
    const hex = (s: string) => Buffer.from(s, "hex");
    const gb = Buffer.concat([
      utf8(`${CSV_HEAD}\r\nGB/T 47678.5-2026,component,01001,`),
      hex("cad0d5feb9abd3c3c9e8caa9"),
      utf8(","),
      hex("b9a9cbaebeaeb8c7"),
    ]);
    expect(readCatalogueFile(gb)).toMatchObject({ encoding: "gb18030", file: expected });
  });

  it("reads an authority list from CSV, with words parted by semicolons", () => {
    const { file, issues } = read(`${LIST_HEAD}\n${LIST_ROW}\n`);
    expect(issues).toEqual([]);
    expect(file).toMatchObject({
      kind: "authority_list",
      categories: [
        { line: 2, value: { words: ["垃圾", "没人收"], standardClass: null, active: true } },
      ],
    });
  });
});

describe("readCatalogueFile: what is refused, and where", () => {
  it("names every bad row of a code table, not the first one only", () => {
    const rows = [
      cover,
      { ...cover, code: "1001" },
      { ...cover, code: 1001 },
      { ...cover, name: "" },
    ];
    expect(codes(table(rows))).toEqual([
      [11, "code", "invalid_format"],
      [11, "major_code", "custom"],
      [18, "code", "invalid_type"],
      [25, "name", "too_small"],
    ]);
    const [first] = read(table(rows)).issues;
    expect(first).toMatchObject({ found: '"1001"', allowed: expect.stringContaining("5 digits") });
  });

  it("names a code that does not fit its major and minor class", () => {
    const wrong = { ...cover, major_code: "02", minor_code: "009" };
    expect(codes(table([wrong])).map(([, field]) => field)).toEqual(["major_code", "minor_code"]);
  });

  it("names bad fields of an authority list by line", () => {
    const bad = LIST_ROW.replace("working_hour", "hours").replace(",false", ",maybe");
    expect(codes(`${LIST_HEAD}\n${LIST_ROW}\n${bad}\n`)).toEqual([
      [3, "limitUnit", "invalid_value"],
      [3, "emergency", "invalid_value"],
    ]);
    expect(codes(`${LIST_HEAD}\n${LIST_ROW.replace(",4,", ",-4,")}`)).toEqual([
      [2, "limit.amount", "too_small"],
    ]);
  });

  it("wants a reason in JSON where a category falls under no class", () => {
    const category = {
      categoryCode: "C1",
      net: "city_management",
      kind: "matter",
      name: "暴露垃圾",
      words: [],
      ownerUnitCode: null,
      startTier: "level3",
      limit: { amount: 4, unit: "working_hour" },
      emergency: false,
      standardClass: null,
    };
    const list = (one: object) => codes(JSON.stringify({ categories: [one] }));
    expect(list(category)).toEqual([[1, "standardClassReason", "custom"]]);
    expect(list({ ...category, standardClassReason: "none fits" })).toEqual([]);
    expect(list({ ...category, standardClassReason: "none", extra: 1 })).toEqual([
      [1, "", "unrecognized_keys"],
    ]);
  });

  it("says of a file it cannot use what is wrong with it", () => {
    const whole = (bytes: Uint8Array) =>
      readCatalogueFile(bytes).issues.map((i) => [i.line, i.code]);
    expect(whole(utf8(""))).toEqual([[null, "file.empty"]]);
    expect(whole(utf8(" \r\n"))).toEqual([[null, "file.empty"]]);
    expect(whole(Buffer.from("89504e470d0a1a0a0000000d", "hex"))).toEqual([
      [null, "file.not_text"],
    ]);
    expect(whole(utf8('{"standard": "X",\n "components": [\n'))).toEqual([
      [3, "file.json_invalid"],
    ]);
    expect(whole(utf8('{"a": [1,\n2 3]}'))).toEqual([[2, "file.json_invalid"]]);
    expect(whole(utf8("[1, 2]"))).toEqual([[null, "file.kind_unknown"]]);
    expect(whole(utf8('{"type": "FeatureCollection", "features": []}'))).toEqual([
      [null, "file.kind_unknown"],
    ]);
    expect(whole(utf8('{"components": []}'))).toEqual([[null, "file.standard_missing"]]);
    expect(whole(utf8("a,b\n1,2\n"))).toEqual([[null, "file.kind_unknown"]]);
    expect(whole(utf8(`${CSV_HEAD}\n${CSV_ROW}\n1,2\n`))).toEqual([[3, "file.csv_invalid"]]);
    expect(whole(new Uint8Array(21 * 1024 * 1024))).toEqual([[null, "file.too_large"]]);
  });
});

describe("linesOfElements", () => {
  it("is not led astray by brackets, quotes and commas in strings or by nested lists", () => {
    const text =
      '{"x": "a],[\\"{",\n"list": [\n{"in": [1,\n2]},\n\n"],",\n[3]], "n": {"list": [\n7]}}';
    JSON.parse(text);
    expect([...linesOfElements(text)]).toEqual([
      ["/list/0", 3],
      ["/list/1", 6],
      ["/list/2", 7],
    ]);
  });
});
