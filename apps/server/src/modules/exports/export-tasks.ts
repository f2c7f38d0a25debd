import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { CaseFilters, CaseListItem, CaseSort } from "@onegrid/contract";
import writeXlsx from "write-excel-file/node";
import { everywhere, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import type { Tasks, WorkerServices } from "../../platform/jobs.ts";
import { listCases } from "../cases/index.ts";
import { readCounties } from "../county/index.ts";
import { contextOfAccount } from "../identity/index.ts";
import { columnsOf, csvLine, type Column } from "./columns.ts";
import { exportPath, markExport, selectExport, type ExportRow } from "./export-store.ts";
import { MOST_XLSX_ROWS } from "./problems.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Writes a list of cases to a file, as the account that asked sees it. */
    "exports.write": { countyCode: string; exportId: string };
    /** Removes files whose day is over; runs by the hour. */
    "exports.remove_expired": Record<string, never>;
  }
}

const PAGE = 1_000;
/** Spreadsheet programs take a file for UTF-8 only with this in front. */
const BYTE_ORDER_MARK = "\uFEFF";

/** The list page by page; says after each how many rows are done. */
async function* casesOf(
  ctx: Ctx,
  row: ExportRow,
  said: (rows: number) => Promise<void>,
): AsyncGenerator<CaseListItem> {
  const filters = row.filters as CaseFilters & { sort?: CaseSort };
  let cursor: string | undefined;
  let rows = 0;
  do {
    const page = await listCases(ctx, { ...filters, limit: PAGE, ...(cursor && { cursor }) });
    yield* page.cases;
    rows += page.cases.length;
    await said(rows);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const writeCsv = async (path: string, columns: Column[], cases: AsyncIterable<CaseListItem>) => {
  const lines = async function* () {
    yield BYTE_ORDER_MARK + csvLine(columns.map(({ heading }) => heading));
    for await (const c of cases) yield csvLine(columns.map(({ cell }) => cell(c)));
  };
  await pipeline(Readable.from(lines()), createWriteStream(path));
};

/** Answers false when the list is longer than a spreadsheet is made for. */
const writeSheet = async (
  path: string,
  columns: Column[],
  cases: AsyncIterable<CaseListItem>,
): Promise<boolean> => {
  const text = (value: string) => ({ value, type: String });
  const data = [columns.map(({ heading }) => ({ ...text(heading), fontWeight: "bold" as const }))];
  const rows: ReturnType<typeof text>[][] = data;
  for await (const c of cases) {
    if (rows.length > MOST_XLSX_ROWS) return false;
    rows.push(columns.map(({ cell }) => text(cell(c))));
  }
  await writeXlsx(rows, { columns: columns.map(() => ({ width: 18 })), stickyRowsCount: 1 }).toFile(
    path,
  );
  return true;
};

/** May run twice: the file is written beside its place and moved there when it is whole. */
const writeExport = async (
  services: WorkerServices,
  { countyCode, exportId }: { countyCode: string; exportId: string },
): Promise<void> => {
  const { database, config } = services;
  const scope = everywhere(countyCode);
  const row = await inScope(database.db, scope, (trx) => selectExport(trx, countyCode, exportId));
  if (row === undefined || row.state === "done") return;
  const mark = (change: Parameters<typeof markExport>[3]) =>
    inScope(database.db, scope, (trx) => markExport(trx, countyCode, exportId, change));
  const asker = { countyCode, accountId: row.account_id, requestId: exportId };
  const ctx = await contextOfAccount(services, asker);
  if (ctx === undefined) return mark({ state: "failed", problem: "access.forbidden" });
  await mark({ state: "running" });
  let written = 0;
  const cases = casesOf(ctx, row, async (rows) => {
    written = rows;
    await mark({ state: "running", rows });
  });
  const columns = columnsOf(row.language === "en" ? "en" : "zh-CN", ctx.county.timeZone);
  const path = exportPath(config, row);
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true });
  if (row.format === "csv") await writeCsv(partial, columns, cases);
  else if (!(await writeSheet(partial, columns, cases))) {
    return mark({ state: "failed", problem: "exports.too_long" });
  }
  await rename(partial, path);
  await mark({ state: "done", rows: written });
};

const removeExpired = async ({ database, clock, config }: WorkerServices): Promise<void> => {
  for (const { countyCode } of await readCounties(database.db)) {
    const gone = await inScope(database.db, everywhere(countyCode), (trx) =>
      trx
        .deleteFrom("case_export")
        .where("county_code", "=", countyCode)
        .where("expires_at", "<", clock.now())
        .returningAll()
        .execute(),
    );
    for (const row of gone) await rm(exportPath(config, row), { force: true });
  }
};

export const exportTasks = {
  "exports.write": writeExport,
  "exports.remove_expired": removeExpired,
} satisfies Tasks;
