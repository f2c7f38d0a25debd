import type { FaultyRows, ImportKind } from "@onegrid/contract";
import { everywhere } from "../../platform/context.ts";
import { inScope, violatedConstraint } from "../../platform/database.ts";
import type { Tasks, WorkerServices } from "../../platform/jobs.ts";
import { ProblemError } from "../../platform/problems.ts";
import { readCounties } from "../county/index.ts";
import { contextOfAccount } from "../identity/index.ts";
import {
  keptFile,
  markImport,
  removeFile,
  selectImport,
  type ImportChange,
  type ImportRecord,
} from "./import-store.ts";
import { runImport } from "./run-import.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Reads and checks a table that was uploaded, as the account that did so. */
    "imports.check": { countyCode: string; importId: string };
    /** Stores a checked table. */
    "imports.apply": { countyCode: string; importId: string };
    /** Removes files whose day is over; runs by the hour. */
    "imports.remove_expired": Record<string, never>;
  }
}

/** How often the progress is written down at most, milliseconds. */
const TOLD_EVERY_MS = 500;

/** Of an unexpected failure: somebody else took what the table wanted meanwhile, or it is our fault. */
const codeOf = (error: unknown): string | null => {
  if (error instanceof ProblemError) return error.refusal.code;
  return violatedConstraint(error) === undefined ? null : "imports.changed_meanwhile";
};

const work = async (
  services: WorkerServices,
  row: ImportRecord,
  faultyRows: FaultyRows | null,
): Promise<ImportChange> => {
  const { config, database } = services;
  const { county_code: countyCode, account_id: accountId, import_id: requestId } = row;
  const ctx = await contextOfAccount(services, { countyCode, accountId, requestId });
  const bytes = await keptFile(config, row);
  if (ctx === undefined) return { state: "failed", problem: "access.forbidden" };
  if (bytes === null) return { state: "failed", problem: "imports.not_found" };
  let toldAt = 0;
  const { report } = await runImport(
    ctx,
    config.dataKey,
    {
      kind: row.kind as ImportKind,
      bytes,
      fileName: row.file_name,
      language: row.language === "en" ? "en" : "zh-CN",
      faultyRows,
    },
    async ({ done, total }) => {
      if (performance.now() - toldAt < TOLD_EVERY_MS) return;
      toldAt = performance.now();
      await inScope(database.db, everywhere(countyCode), (trx) =>
        markImport(trx, row, { rows_done: done, rows_total: total }),
      );
    },
  );
  const total = { rows_done: report.read, rows_total: report.read };
  // A row may have become faulty since it was checked: then all waits for another look.
  const isStored = faultyRows === "skip" || (faultyRows === "refuse" && report.faulty === 0);
  const state = isStored ? "applied" : "checked";
  return { ...total, state, problem: null, report: JSON.stringify(report) };
};

/** May run twice: the same table again changes nothing. */
const run = async (
  services: WorkerServices,
  { countyCode, importId }: { countyCode: string; importId: string },
  phase: "checking" | "applying",
): Promise<void> => {
  const scope = everywhere(countyCode);
  const { db } = services.database;
  const row = await inScope(db, scope, (trx) => selectImport(trx, countyCode, importId));
  const isDue = phase === "checking" ? ["waiting", "checking"] : ["applying"];
  if (row === undefined || !isDue.includes(row.state)) return;
  const mark = (change: ImportChange) => inScope(db, scope, (trx) => markImport(trx, row, change));
  await mark({ state: phase });
  try {
    await mark(await work(services, row, phase === "checking" ? null : faultyRowsOf(row)));
  } catch (error) {
    const problem = codeOf(error);
    await mark({ state: "failed", problem: problem ?? "server.unexpected" });
    // The queue's log tells whoever runs the server.
    if (problem === null) throw error;
  }
};

const faultyRowsOf = (row: ImportRecord): FaultyRows =>
  row.faulty_rows === "skip" ? "skip" : "refuse";

const removeExpired = async ({ database, clock, config }: WorkerServices): Promise<void> => {
  for (const { countyCode } of await readCounties(database.db)) {
    const gone = await inScope(database.db, everywhere(countyCode), (trx) =>
      trx
        .deleteFrom("register_import")
        .where("county_code", "=", countyCode)
        .where("expires_at", "<", clock.now())
        .returningAll()
        .execute(),
    );
    for (const row of gone) await removeFile(config, row);
  }
};

export const importTasks = {
  "imports.check": (services, payload) => run(services, payload, "checking"),
  "imports.apply": (services, payload) => run(services, payload, "applying"),
  "imports.remove_expired": removeExpired,
} satisfies Tasks;
