import { IMPORT_COLUMNS, type ImportKind } from "@onegrid/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "./support/database.ts";
import { DEMO_COUNTY, loadDemoGrids } from "../src/demo/geography/load-geography.ts";
import { systemClock } from "../src/platform/clock.ts";
import { systemActor, type Ctx } from "../src/platform/context.ts";
import { openDatabase, type Database } from "../src/platform/database.ts";
import { graphileJobs } from "../src/platform/jobs.ts";
import { servingOf } from "../src/interfaces/portal/serving.ts";
import { addCounty } from "../src/modules/county/index.ts";
import { gridsOf, responsibleFor } from "../src/modules/grids/index.ts";
import { shipTemplates } from "../src/modules/posts/index.ts";
import { runImport, writeTemplate } from "../src/modules/imports/index.ts";
import { readTables } from "../src/modules/imports/sheet/read-tables.ts";
import { workbookOf, type TestCell } from "../src/modules/imports/test/workbooks.ts";

const DATA_KEY = new Uint8Array(32).fill(7);

let copy: TestDatabase;
let database: Database;
let ctx: Ctx;
let communities: { gridCode: string; name: string; parentCode: string | null }[];

beforeAll(async () => {
  copy = await testDatabase();
  await addCounty(copy.ownerUrl, DEMO_COUNTY);
  database = openDatabase({ url: copy.appUrl, maxConnections: 2 });
  ctx = {
    db: database.db,
    clock: systemClock,
    jobs: graphileJobs,
    county: { ...DEMO_COUNTY, sample: true },
    actor: systemActor(DEMO_COUNTY.countyCode),
    requestId: "test",
  };
  await loadDemoGrids(ctx);
  await shipTemplates(ctx);
  const grids = await gridsOf(ctx);
  communities = grids
    .childrenOf(DEMO_COUNTY.countyCode)
    .flatMap(({ gridCode }) => [...grids.childrenOf(gridCode)]);
}, 120_000);
afterAll(async () => {
  await database?.close();
  await copy?.close();
});

type Row = Record<string, TestCell>;

/** The template with rows put under its headings, as somebody fills it in. */
const filled = async (kind: ImportKind, rows: readonly Row[]): Promise<Buffer> => {
  const template = readTables(await writeTemplate(ctx, kind, "zh-CN"), "模板.xlsx", 10_000);
  if ("problem" in template) throw new Error(template.problem.code);
  const sheets = template.tables.map(({ sheet, rows: given }, index): [string, TestCell[][]] => [
    sheet ?? "",
    [
      ...given.map(({ cells }) => cells as TestCell[]),
      ...(index > 0 ? [] : rows).map((row) =>
        IMPORT_COLUMNS[kind].map(({ key }) => row[key] ?? null),
      ),
    ],
  ]);
  return workbookOf(Object.fromEntries(sheets));
};

const bring = async (kind: ImportKind, rows: readonly Row[]) => {
  const input = { kind, bytes: await filled(kind, rows), fileName: "垫江.xlsx" };
  const { report } = await runImport(ctx, DATA_KEY, {
    ...input,
    language: "zh-CN",
    faultyRows: "refuse",
  });
  const { read, added, unchanged, faulty, issues } = report;
  return { read, added, unchanged, faulty, issues };
};

it("301 communities and villages get Party committee, post and holder from three tables", async () => {
  expect(communities).toHaveLength(301);
  // What is shipped is shipped once.
  expect(await shipTemplates(ctx)).toBe(false);
  const streets = [...new Set(communities.map(({ parentCode }) => parentCode ?? ""))];
  const organisations = [
    ...streets.map((gridCode) => ({
      code: `DZ-${gridCode}`,
      name: `${gridCode} 党（工）委`,
      level: "街道党工委",
      gridCode,
      foundedOn: "2021-01-01",
    })),
    ...communities.map(({ gridCode, name, parentCode }) => ({
      code: `DZ-${gridCode}`,
      name: `${name}党委`,
      level: "社区党委",
      gridCode,
      parentCode: `DZ-${parentCode}`,
      foundedOn: "2021/3/1",
    })),
  ];
  const posts = communities.map(({ gridCode }, index) => ({
    code: `GW-${gridCode}`,
    template: "二级网格长",
    gridCode,
    dutyPhone: `023-7451${String(index).padStart(4, "0")}`,
    serviceHours: "周一至周五 9:00–18:00",
    openedOn: "2026年1月5日",
  }));
  const people = communities.map(({ gridCode }, index) => ({
    code: `R-${index + 1}`,
    personName: `示例${index + 1}`,
    gridCode,
    phone: `139${String(10_000_000 + index)}`,
    postCode: `GW-${gridCode}`,
    beginsOn: "2026-01-05",
  }));
  const whole = (read: number) => ({ read, added: read, unchanged: 0, faulty: 0, issues: [] });
  expect(await bring("organisations", organisations)).toEqual(whole(26 + 301));
  expect(await bring("posts", posts)).toEqual(whole(301));
  expect(await bring("people", people)).toEqual(whole(301));
  expect(await bring("people", people)).toMatchObject({ added: 0, unchanged: 301 });

  // What the residents' page of each community is drawn from.
  for (const [index, { gridCode, name }] of communities.entries()) {
    const { posts: shown } = await servingOf(ctx, [gridCode]);
    expect(shown).toMatchObject([
      {
        templateName: "二级网格长",
        dutyPhone: `023-7451${String(index).padStart(4, "0")}`,
        holder: { name: `示例${index + 1}`, beginsOn: "2026-01-05" },
      },
    ]);
    expect(JSON.stringify(shown)).not.toContain("13910000");
    const { chain } = await responsibleFor(ctx, gridCode);
    expect(chain[0]).toMatchObject({ head: `示例${index + 1}`, partyGroup: `${name}党委` });
  }
}, 120_000);
