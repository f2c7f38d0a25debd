import type { Problem, RegisterImport, RegisterRow } from "@onegrid/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { readTables } from "./sheet/read-tables.ts";
import { importsOf } from "./test/run-jobs.ts";
import { tableOf, type TestCell } from "./test/workbooks.ts";

let app: TestApp;
let imports: ReturnType<typeof importsOf>;
let centre: TestClient;
let street1: TestClient;
beforeAll(async () => {
  app = await testApp();
  imports = importsOf(app);
  [centre, street1] = await Promise.all([app.as("centre"), app.as("street1")]);
});
afterAll(() => app.close());

const HEAD = ["小区编号*", "小区名称", "网格编码", "户数", "“三无”状态", "缺少", "启用日期"];
const estate = (code: TestCell, name: TestCell, grid: TestCell, ...more: TestCell[]) => [
  code,
  name,
  grid,
  ...more,
];
const GOOD = [
  HEAD,
  estate("XQ-1", "阳光花园", MINI.grid1, 120, "未列入", null, "2026年1月5日"),
  estate(
    " ＸＱ-2 ",
    " 望江\u3000小区 ",
    MINI.grid2,
    "８６",
    "已列入",
    "无物业管理、无人防物防",
    46027,
  ),
];
const rowsOf = async (client: TestClient) =>
  (await client.get("/api/v1/registers/estates")).json<{ rows: RegisterRow[] }>().rows;
const codeOf = (answer: { json<T>(): T }) => answer.json<Problem>().code;
const cellsOf = (payload: Buffer) => {
  const read = readTables(payload, "a.xlsx", 1_000);
  if ("problem" in read) throw new Error(read.problem.code);
  return read.tables;
};

describe("a table", () => {
  it("is looked at first and changes nothing; stored, the same again changes nothing", async () => {
    const looked = await imports.check(street1, "estates", await tableOf(GOOD));
    expect(looked).toMatchObject({
      state: "checked",
      rowsDone: 2,
      report: { read: 2, added: 2, changed: 0, unchanged: 0, faulty: 0, issues: [] },
    });
    expect(await rowsOf(centre)).toEqual([]);
    expect((await imports.apply(street1, looked.importId, "refuse")).statusCode).toBe(200);
    await imports.work("imports.apply", looked.importId);
    expect(await rowsOf(centre)).toMatchObject([
      { code: "XQ-1", version: 1, sample: false, values: { validFrom: "2026-01-05" } },
      {
        code: "XQ-2",
        values: {
          name: "望江 小区",
          households: 86,
          threeWithout: "listed",
          lacks: ["property_management", "security"],
          validFrom: "2026-01-05",
        },
      },
    ]);
    const again = await imports.bring(street1, "estates", await tableOf(GOOD));
    expect(again).toMatchObject({ state: "applied", report: { unchanged: 2, added: 0 } });
  });

  it("keeps what its columns do not speak about", async () => {
    const rows = [
      ["Code", "名称", "所属网格"],
      ["XQ-2", "望江小区", MINI.grid2],
    ];
    const done = await imports.bring(centre, "estates", await tableOf(rows));
    expect(done.report).toMatchObject({ changed: 1, ignored: [] });
    expect((await rowsOf(centre))[1]).toMatchObject({
      version: 2,
      values: { name: "望江小区", households: 86, threeWithout: "listed" },
    });
  });

  it("names every fault of every row, and stores the others only when told to", async () => {
    const rows = [
      HEAD,
      estate("XQ-3", "", MINI.grid1, "三十", "也许"),
      estate("XQ-4", "越界小区", MINI.grid4),
      estate("XQ-5", "无此网格", "500231009"),
      estate("XQ-1", "阳光花园", MINI.grid1, 120, "已列入"),
      estate("XQ-6", "好小区", MINI.grid1, 10),
      estate("XQ-6", "好小区", MINI.grid1, 10),
    ];
    const bytes = await tableOf(rows);
    const looked = await imports.check(street1, "estates", bytes);
    const faults = looked.report?.issues.map(({ row, column, code }) => [row, column, code]);
    expect(faults).toEqual([
      [2, "name", "registers.cell_missing"],
      [2, "households", "registers.not_a_number"],
      [2, "threeWithout", "registers.not_a_choice"],
      [3, "gridCode", "registers.outside_scope"],
      [4, "gridCode", "registers.unknown_code"],
      [5, "lacks", "registers.lacks_missing"],
      [7, "code", "imports.code_twice"],
    ]);
    expect(looked.report).toMatchObject({ read: 6, faulty: 5, added: 1 });
    const refused = await imports.apply(street1, looked.importId, "refuse");
    expect(codeOf(refused)).toBe("imports.has_faults");
    expect(await rowsOf(centre)).toHaveLength(2);

    const marked = await street1.get(`/api/v1/register-imports/${looked.importId}/marked`);
    const [table] = cellsOf(marked.rawPayload);
    expect(table?.rows[0]?.cells.slice(1)).toEqual(HEAD);
    expect(table?.rows[1]?.cells[0]).toBe("名称：必填；户数：应为整数；“三无”状态：不在可选项内");
    // In the order of the file, so that it is found again.
    expect(table?.rows[5]?.cells.slice(0, 2)).toEqual([null, "XQ-6"]);
    expect(table?.rows[6]?.cells.slice(0, 2)).toEqual(["编号：编号与第 6 行重复", "XQ-6"]);
    // The marked file, with nothing mended, is read as the same table.
    const back = await imports.check(street1, "estates", marked.rawPayload);
    expect(back.report).toMatchObject({ read: 6, faulty: 5, ignored: [] });

    const done = await imports.bring(street1, "estates", bytes, "skip");
    expect(done).toMatchObject({ state: "applied", report: { added: 1, faulty: 5 } });
    expect((await rowsOf(centre)).map(({ code }) => code)).toEqual(["XQ-1", "XQ-2", "XQ-6"]);
    const log = await app.owner.query(
      "SELECT detail FROM audit_event WHERE action = 'register.import' ORDER BY occurred_at DESC, audit_id DESC LIMIT 1",
    );
    expect(log.rows[0].detail).toEqual({ kind: "estates", added: 1, changed: 0, faulty: 5 });
  });

  it("that cannot be read says why and changes nothing", async () => {
    const before = await rowsOf(centre);
    const csv = Buffer.from("编号,名称,网格编码\nXQ-9,甲,1\n");
    const renamed = await imports.check(centre, "estates", csv, "小区.xlsx");
    expect(renamed.report?.issues).toMatchObject([{ row: null, code: "imports.renamed_csv" }]);
    expect(codeOf(await imports.apply(centre, renamed.importId, "skip"))).toBe(
      "imports.not_checked",
    );
    const wrong = await imports.check(centre, "estates", await tableOf([["姓名"], ["甲"]]));
    expect(wrong.report?.issues[0]).toMatchObject({ row: null, code: "imports.no_head" });
    expect(await rowsOf(centre)).toEqual(before);
  });
});

describe("imports", () => {
  it("belong to whoever uploaded, lie sealed, and are removed after a day", async () => {
    const bytes = await tableOf(GOOD);
    const { importId } = (await imports.put(street1, "estates", bytes)).json<RegisterImport>();
    const same = await imports.put(street1, "estates", bytes, "表.xlsx", importId);
    expect(same.statusCode).toBe(201);
    const other = await imports.put(street1, "estates", Buffer.from("x"), "表.xlsx", importId);
    expect(codeOf(other)).toBe("imports.id_taken");
    expect((await centre.get(`/api/v1/register-imports/${importId}`)).statusCode).toBe(404);
    expect(codeOf(await imports.put(street1, "components", bytes))).toBe("imports.not_allowed");
    expect(codeOf(await imports.put(street1, "estates", Buffer.alloc(0)))).toBe(
      "imports.empty_file",
    );
    expect((await imports.put(await app.as("worker1"), "estates", bytes)).statusCode).toBe(403);
    const worker = {
      config: app.config,
      database: app.services.database,
      clock: app.clock,
      jobs: app.services.jobs,
    };
    app.clock.set(new Date("2026-11-26T02:00:00Z"));
    const { importTasks } = await import("./index.ts");
    await importTasks["imports.remove_expired"](worker);
    app.clock.set(new Date("2026-11-24T02:00:00Z"));
    expect((await street1.get(`/api/v1/register-imports/${importId}`)).statusCode).toBe(404);
  });
});

describe("what is taken out", () => {
  it("is a table of the own scope that can be brought in again; a template explains itself", async () => {
    const file = await street1.get("/api/v1/register-exports/estates?format=xlsx");
    const back = await imports.check(street1, "estates", file.rawPayload);
    expect(back.report).toMatchObject({ read: 3, unchanged: 3, faulty: 0, ignored: [] });
    const csv = await street1.get("/api/v1/register-exports/estates?format=csv");
    expect(csv.payload).toMatch(/^\uFEFF编号,名称,网格编码,/);
    const fromCsv = await imports.check(street1, "estates", csv.rawPayload, "小区.csv");
    expect(fromCsv.report).toMatchObject({ unchanged: 3, faulty: 0 });

    const template = await street1.get("/api/v1/register-templates/estates");
    const sheets = cellsOf(template.rawPayload);
    expect(sheets.map(({ sheet }) => sheet)).toEqual(["小区", "填写说明", "可选值"]);
    const allowed = sheets[2]?.rows.flatMap(({ cells }) => cells);
    expect(allowed).toContain(MINI.grid1);
    expect(allowed).not.toContain(MINI.grid4);
    const empty = await imports.check(street1, "estates", template.rawPayload);
    expect(empty.report?.issues[0]).toMatchObject({ code: "imports.no_rows" });
  });

  it("cannot act as a formula", async () => {
    const rows = [
      ["编号", "名称", "网格编码"],
      ["XQ-7", "=HYPERLINK(1)", MINI.grid1],
    ];
    await imports.bring(centre, "estates", await tableOf(rows));
    const csv = await centre.get("/api/v1/register-exports/estates?format=csv");
    expect(csv.payload).toContain("XQ-7,'=HYPERLINK(1),");
    const xlsx = await centre.get("/api/v1/register-exports/estates?format=xlsx");
    const [table] = cellsOf(xlsx.rawPayload);
    expect(table?.marks).toEqual([]);
    expect(table?.rows.at(-1)?.cells[1]).toBe("=HYPERLINK(1)");
    const back = await imports.check(centre, "estates", csv.rawPayload, "小区.csv");
    expect(back.report).toMatchObject({ unchanged: 4, faulty: 0 });
  });
});
