import { join } from "node:path";
import type { CaseExport, ExportFormat, ExportState } from "@onegrid/contract";
import type { Selectable } from "kysely";
import type { Config } from "../../platform/config.ts";
import type { Trx } from "../../platform/database.ts";
import type { CaseExport as Table } from "../../platform/schema.gen.ts";

export type ExportRow = Selectable<Table>;

/** Where the file of an export lies. */
export const exportPath = (
  { filesDir }: Pick<Config, "filesDir">,
  row: Pick<ExportRow, "county_code" | "export_id" | "format">,
): string => join(filesDir, "exports", row.county_code, `${row.export_id}.${row.format}`);

export const exportView = (row: ExportRow): CaseExport => ({
  exportId: row.export_id,
  format: row.format as ExportFormat,
  state: row.state as ExportState,
  rows: row.rows,
  problem: row.problem,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
});

export const selectExport = (
  trx: Trx,
  countyCode: string,
  exportId: string,
): Promise<ExportRow | undefined> =>
  trx
    .selectFrom("case_export")
    .selectAll()
    .where("county_code", "=", countyCode)
    .where("export_id", "=", exportId)
    .executeTakeFirst();

/** Says how far an export is. */
export const markExport = async (
  trx: Trx,
  countyCode: string,
  exportId: string,
  change: { state: ExportState; rows?: number; problem?: string },
): Promise<void> => {
  await trx
    .updateTable("case_export")
    .set(change)
    .where("county_code", "=", countyCode)
    .where("export_id", "=", exportId)
    .execute();
};
