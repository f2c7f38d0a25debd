import { createHash } from "node:crypto";
import type { FaultyRows, ImportKind, RegisterImport } from "@onegrid/contract";
import type { Config } from "../../platform/config.ts";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { permits } from "../access/index.ts";
import {
  importView,
  keepFile,
  markImport,
  selectImport,
  type ImportRecord,
} from "./import-store.ts";
import {
  emptyFile,
  hasFaults,
  importIdTaken,
  importNotFound,
  MOST_AT_ONCE,
  notAllowed,
  notChecked,
  tooManyImports,
} from "./problems.ts";
import type { ImportLanguage } from "./words.ts";

/** Long enough to mend the marked file; what it holds should not lie about. */
const KEPT_MS = 24 * 3_600_000;

export type Upload = {
  importId: string;
  kind: ImportKind;
  fileName: string;
  language: ImportLanguage;
  bytes: Buffer;
};

const checkBusy = async (trx: Trx, ctx: StaffCtx): Promise<void> => {
  const busy = await trx
    .selectFrom("register_import")
    .select("import_id")
    .where("county_code", "=", ctx.county.countyCode)
    .where("account_id", "=", ctx.actor.accountId)
    .where("state", "in", ["waiting", "checking", "applying"])
    .execute();
  if (busy.length >= MOST_AT_ONCE) throw new ProblemError(tooManyImports);
};

/** Refuses a kind of table that the account's role may not bring in. */
export const checkKind = (ctx: StaffCtx, kind: ImportKind): void => {
  if (kind === "components" && !permits(ctx.actor.role, "configuration.write")) {
    throw new ProblemError(notAllowed(kind));
  }
};

/**
 * Keeps a table file and queues its checking; nothing is stored of it. The same id with the same
 * file again answers how far it is. Throws `imports.id_taken`, `.empty_file`, `.too_many`,
 * `.not_allowed`.
 */
export const startImport = (
  ctx: StaffCtx,
  config: Config,
  { importId, kind, fileName, language, bytes }: Upload,
): Promise<RegisterImport> => {
  checkKind(ctx, kind);
  if (bytes.length === 0) throw new ProblemError(emptyFile);
  const sha256 = createHash("sha256").update(bytes).digest();
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const known = await selectImport(trx, countyCode, importId);
    if (known !== undefined) {
      const isSame =
        known.account_id === ctx.actor.accountId &&
        known.kind === kind &&
        known.file_sha256.equals(sha256);
      if (!isSame) throw new ProblemError(importIdTaken(importId));
      return importView(known);
    }
    await checkBusy(trx, ctx);
    const now = ctx.clock.now();
    const row = await trx
      .insertInto("register_import")
      .values({
        county_code: countyCode,
        import_id: importId,
        account_id: ctx.actor.accountId,
        kind,
        file_name: fileName,
        file_sha256: sha256,
        language,
        created_at: now,
        expires_at: new Date(now.getTime() + KEPT_MS),
      })
      .onConflict((conflict) => conflict.columns(["county_code", "import_id"]).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw new ProblemError(importIdTaken(importId));
    // Before the commit: a job that begins at once must find the file.
    await keepFile(config, row, bytes);
    await ctx.jobs.add(trx, "imports.check", { countyCode, importId });
    return importView(row);
  });
};

/** An import of the own account. Throws `imports.not_found`. */
export const ownImport = async (
  trx: Trx,
  ctx: StaffCtx,
  importId: string,
): Promise<ImportRecord> => {
  const row = await selectImport(trx, ctx.county.countyCode, importId);
  if (row === undefined || row.account_id !== ctx.actor.accountId) {
    throw new ProblemError(importNotFound(importId));
  }
  return row;
};

export const getImport = (ctx: StaffCtx, importId: string): Promise<ImportRecord> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => ownImport(trx, ctx, importId));

/**
 * Queues the storing of a checked table. Said again it answers how far it is. Throws
 * `imports.not_found`, `.not_checked`, `.has_faults`.
 */
export const applyImport = (
  ctx: StaffCtx,
  importId: string,
  faultyRows: FaultyRows,
): Promise<RegisterImport> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const row = importView(await ownImport(trx, ctx, importId));
    if (row.state === "applying" || row.state === "applied") return row;
    const { report } = row;
    const isTable = report !== null && report.issues.every((issue) => issue.row !== null);
    if (row.state !== "checked" || !isTable) throw new ProblemError(notChecked(row.state));
    if (report.faulty > 0 && faultyRows === "refuse") {
      throw new ProblemError(hasFaults(report.faulty));
    }
    const change = { state: "applying", faulty_rows: faultyRows, rows_done: 0 } as const;
    await markImport(trx, { county_code: countyCode, import_id: importId }, change);
    await ctx.jobs.add(trx, "imports.apply", { countyCode, importId });
    return { ...row, state: "applying", rowsDone: 0 };
  });
