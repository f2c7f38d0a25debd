import {
  IMPORT_COLUMNS,
  IMPORT_MAX_ROWS,
  type FaultyRows,
  type ImportKind,
  type ImportReport,
} from "@onegrid/contract";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope, savepoint } from "../../platform/database.ts";
import { NOTHING_WRITTEN, partsOf, type Written } from "../../platform/import-target.ts";
import { audit } from "../audit/index.ts";
import { issuesOf } from "./issues.ts";
import { readRows, type NumberedRow } from "./read-rows.ts";
import { findHead, type Head } from "./sheet/find-head.ts";
import { readInThread } from "./sheet/read-in-thread.ts";
import type { FileProblem } from "./sheet/table.ts";
import { targetOf } from "./targets.ts";
import {
  choiceWordsOf,
  headingsOf,
  OWN_HEADINGS,
  translator,
  type ImportLanguage,
} from "./words.ts";

export type ImportInput = {
  kind: ImportKind;
  bytes: Uint8Array;
  fileName: string;
  language: ImportLanguage;
  /** null: look only, and store nothing. */
  faultyRows: FaultyRows | null;
};

export type ImportProgress = { done: number; total: number };

export type ImportDone = {
  report: ImportReport;
  /** True when rows were stored or need not be: false after looking only, or a refusal. */
  stored: boolean;
  /** The table with what is wrong in each row, to be marked; null when there is none. */
  table: { head: Head; rows: NumberedRow[] } | null;
};

/** Faults that are listed; the marked file has all of them. */
const LISTED_ISSUES = 200;
const ROWS_A_CHECK = 5_000;

const refused = (problem: FileProblem): ImportDone => ({
  report: {
    sheet: null,
    columns: [],
    ignored: [],
    read: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    faulty: 0,
    issues: [
      {
        row: null,
        column: null,
        code: `imports.${problem.code}`,
        params: problem.params ?? {},
        found: null,
      },
    ],
    issueCount: 1,
  },
  stored: false,
  table: null,
});

const reportOf = (
  kind: ImportKind,
  head: Head,
  rows: readonly NumberedRow[],
  written: Written,
): ImportReport => {
  const issues = issuesOf(kind, head, rows);
  return {
    sheet: head.table.sheet,
    columns: head.columns.map(({ key, heading }) => ({ key, heading })),
    ignored: head.ignored,
    read: rows.length,
    ...written,
    faulty: rows.filter(({ problems }) => problems.length > 0).length,
    issues: issues.slice(0, LISTED_ISSUES),
    issueCount: issues.length,
  };
};

/** Finds the table in a file and reads its rows; nothing of the database is asked. */
export const readImport = async ({
  kind,
  bytes,
  fileName,
  language,
}: Pick<ImportInput, "kind" | "bytes" | "fileName" | "language">): Promise<
  { head: Head; rows: NumberedRow[] } | { problem: FileProblem }
> => {
  const read = await readInThread(bytes, fileName, IMPORT_MAX_ROWS);
  if ("problem" in read) return read;
  const columns = IMPORT_COLUMNS[kind];
  const head = findHead(read.tables, columns, headingsOf(kind, translator(language)), OWN_HEADINGS);
  if ("problem" in head) return head;
  if (head.table.rows.length > IMPORT_MAX_ROWS) {
    return { problem: { code: "too_many_rows", params: { most: IMPORT_MAX_ROWS } } };
  }
  return { head, rows: await readRows(head, columns, choiceWordsOf(kind)) };
};

/**
 * Brings a table in, by code: reads and checks every row, then stores the rows in one transaction —
 * all of them or, with a fault, none; or those without one, by choice. Looking only takes the same
 * way and goes back at its end, so that what it announces is what would happen. The same table
 * again changes nothing.
 */
export const runImport = async (
  ctx: Ctx,
  dataKey: Uint8Array,
  input: ImportInput,
  onProgress: (progress: ImportProgress) => Promise<void> = async () => {},
): Promise<ImportDone> => {
  const { kind, faultyRows } = input;
  const table = await readImport(input);
  if ("problem" in table) return refused(table.problem);
  const { head, rows } = table;
  const target = targetOf(kind, dataKey);
  const given = new Set(head.columns.map(({ key }) => key));
  // Checking and storing each pass over every row.
  const total = rows.length * 2;
  await onProgress({ done: 0, total });
  const ofCells = rows.map(({ problems }) => problems);
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    // The transaction may be tried again; what an earlier try found is found anew.
    for (const [index, row] of rows.entries()) row.problems = [...(ofCells[index] ?? [])];
    await target.lock(trx, ctx);
    const undo = faultyRows === null ? await savepoint(trx) : null;
    const size = target.checksWholeTable ? rows.length : ROWS_A_CHECK;
    let done = 0;
    for (const part of partsOf(rows, Math.max(1, size))) {
      await target.check(trx, ctx, part, given);
      done += part.length;
      await onProgress({ done, total });
    }
    const good = rows.filter(({ problems }) => problems.length === 0).map(({ values }) => values);
    const isRefused = faultyRows === "refuse" && good.length < rows.length;
    const written = isRefused
      ? NOTHING_WRITTEN
      : await target.write(trx, ctx, good, {
          given,
          onProgress: (rowsWritten) => onProgress({ done: done + rowsWritten, total }),
        });
    await undo?.();
    const report = reportOf(kind, head, rows, written);
    const stored = faultyRows !== null && !isRefused;
    if (stored && written.added + written.changed > 0) {
      const { added, changed } = written;
      const detail = { kind, added, changed, faulty: report.faulty };
      await audit(trx, ctx, { action: "register.import", outcome: "done", detail });
    }
    return { report, stored, table };
  });
};
