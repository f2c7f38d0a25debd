import type { CaseExport, EndpointParsed, startExport as endpoint } from "@onegrid/contract";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { exportView, selectExport } from "./export-store.ts";
import { exportIdTaken, exportNotFound, MOST_AT_ONCE, tooManyExports } from "./problems.ts";

/** A file is fetched soon or not at all; what it holds should not lie about. */
const KEPT_MS = 24 * 3_600_000;

/**
 * Queues the writing of a list to a file and records in the audit log that it was asked for. The
 * same id again answers how far it is. Throws `exports.id_taken` and `exports.too_many`.
 */
export const startExport = (
  ctx: StaffCtx,
  { exportId, format, language, filters }: EndpointParsed<typeof endpoint>["body"],
): Promise<CaseExport> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const { accountId } = ctx.actor;
    const known = await selectExport(trx, countyCode, exportId);
    if (known !== undefined) {
      if (known.account_id !== accountId) throw new ProblemError(exportIdTaken(exportId));
      return exportView(known);
    }
    const busy = await trx
      .selectFrom("case_export")
      .select("export_id")
      .where("county_code", "=", countyCode)
      .where("account_id", "=", accountId)
      .where("state", "in", ["waiting", "running"])
      .execute();
    if (busy.length >= MOST_AT_ONCE) throw new ProblemError(tooManyExports());
    const now = ctx.clock.now();
    const row = await trx
      .insertInto("case_export")
      .values({
        county_code: countyCode,
        export_id: exportId,
        account_id: accountId,
        format,
        language,
        filters: JSON.stringify(filters),
        created_at: now,
        expires_at: new Date(now.getTime() + KEPT_MS),
      })
      .onConflict((conflict) => conflict.columns(["county_code", "export_id"]).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw new ProblemError(exportIdTaken(exportId));
    await ctx.jobs.add(trx, "exports.write", { countyCode, exportId });
    await audit(trx, ctx, {
      action: "cases.export",
      outcome: "done",
      subject: exportId,
      detail: { format, filters: Object.keys(filters).join(",") },
    });
    return exportView(row);
  });

/** How far an export of the own account is. Throws `exports.not_found`. */
export const getExport = (ctx: StaffCtx, exportId: string) =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const row = await selectExport(trx, ctx.county.countyCode, exportId);
    if (row === undefined || row.account_id !== ctx.actor.accountId) {
      throw new ProblemError(exportNotFound(exportId));
    }
    return row;
  });
