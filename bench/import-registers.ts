/**
 * Spreadsheets of 50,000 estates, posts, people and organisations, read, checked and stored, against
 * the minute that somebody waits. ONEGRID_ROWS takes fewer.
 *
 *     node bench/import-registers.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IMPORT_COLUMNS, type ImportKind } from "@onegrid/contract";
import { DEMO_COUNTY, loadDemoGrids } from "../apps/server/src/demo/geography/load-geography.ts";
import { addCounty } from "../apps/server/src/modules/county/index.ts";
import { gridsOf } from "../apps/server/src/modules/grids/index.ts";
import { runImport } from "../apps/server/src/modules/imports/index.ts";
import { tableOf } from "../apps/server/src/modules/imports/test/workbooks.ts";
import { loadPosts } from "../apps/server/src/modules/posts/index.ts";
import { systemClock } from "../apps/server/src/platform/clock.ts";
import { systemActor, type Ctx } from "../apps/server/src/platform/context.ts";
import { openDatabase } from "../apps/server/src/platform/database.ts";
import { openInstallation } from "../apps/server/src/platform/installation.ts";
import { graphileJobs } from "../apps/server/src/platform/jobs.ts";
import { report } from "./lib.ts";

const ROWS = Number(process.env["ONEGRID_ROWS"] ?? 50_000);
const LIMIT_S = 60;

type Row = Record<string, string | number>;

const fileOf = (kind: ImportKind, rows: readonly Row[]): Promise<Buffer> => {
  const keys = IMPORT_COLUMNS[kind].map(({ key }) => key).filter((key) => key in (rows[0] ?? {}));
  return tableOf([keys, ...rows.map((row) => keys.map((key) => row[key] ?? null))]);
};

const rowsOf: Record<
  "estates" | "posts" | "people" | "organisations",
  (i: number, grid: string) => Row
> = {
  estates: (i, gridCode) => ({
    code: `XQ-${i}`,
    name: `小区 ${i}`,
    gridCode,
    address: `人民路 ${i} 号`,
    households: i % 900,
    threeWithout: "已列入",
    lacks: "无物业管理、无人防物防",
    validFrom: "2026/1/5",
  }),
  posts: (i, gridCode) => ({
    code: `GW-${i}`,
    template: "二级网格长",
    gridCode,
    dutyPhone: "023-74510000",
    serviceHours: "9:00–18:00",
    openedOn: "2026年1月5日",
  }),
  people: (i, gridCode) => ({
    code: `R-${i}`,
    personName: `示例 ${i}`,
    gridCode,
    phone: `139${String(10_000_000 + i)}`,
    postCode: `GW-${i}`,
    beginsOn: "2026-01-05",
  }),
  organisations: (i, gridCode) => ({
    code: `DZ-${i}`,
    name: `党委 ${i}`,
    level: "社区党委",
    gridCode,
    foundedOn: "2021-03-01",
  }),
};

const dataDir = mkdtempSync(join(tmpdir(), "onegrid-bench-"));
const installation = await openInstallation({ dataDir }, "serve");
const database = openDatabase({ url: installation.appUrl, maxConnections: 2 });
try {
  await addCounty(installation.ownerUrl, DEMO_COUNTY);
  const ctx: Ctx = {
    db: database.db,
    clock: systemClock,
    jobs: graphileJobs,
    county: { ...DEMO_COUNTY, sample: true },
    actor: systemActor(DEMO_COUNTY.countyCode),
    requestId: "bench",
  };
  await loadDemoGrids(ctx);
  const template = { templateCode: "L2H", name: "二级网格长", gridLevel: 2, rank: 3 };
  const templates = [{ ...template, accountRole: "head" as const, duties: ["示例"] }];
  await loadPosts(ctx, { templates, posts: [] });
  const grids = await gridsOf(ctx);
  const communities = grids
    .childrenOf(DEMO_COUNTY.countyCode)
    .flatMap(({ gridCode }) => grids.childrenOf(gridCode).map((grid) => grid.gridCode));
  for (const [kind, make] of Object.entries(rowsOf) as [
    keyof typeof rowsOf,
    typeof rowsOf.posts,
  ][]) {
    const rows = Array.from({ length: ROWS }, (_, i) =>
      make(i, communities[i % communities.length] ?? ""),
    );
    const bytes = await fileOf(kind, rows);
    const begunAt = performance.now();
    const input = { kind, bytes, fileName: "bench.xlsx", language: "zh-CN" as const };
    const done = await runImport(ctx, installation.dataKey, { ...input, faultyRows: "refuse" });
    const seconds = (performance.now() - begunAt) / 1000;
    if (done.report.added !== ROWS) throw new Error(JSON.stringify(done.report.issues[0]));
    report({
      name: `import, ${ROWS} ${kind} from XLSX (${(bytes.length / 1e6).toFixed(1)} MB)`,
      value: seconds,
      limit: LIMIT_S,
      unit: "s",
      ratio: LIMIT_S / seconds,
      against: "a minute",
      why: "each row is held against grids, rules and what is stored before it is written",
    });
  }
} finally {
  await database.close();
  await installation.close();
  rmSync(dataDir, { recursive: true, force: true });
}
