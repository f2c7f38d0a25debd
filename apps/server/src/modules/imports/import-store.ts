import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ImportKind, ImportReport, ImportState, RegisterImport } from "@onegrid/contract";
import type { Selectable } from "kysely";
import type { Config } from "../../platform/config.ts";
import type { Trx } from "../../platform/database.ts";
import type { RegisterImport as Table } from "../../platform/schema.gen.ts";
import { seal, unseal } from "../../platform/seal.ts";

export type ImportRecord = Selectable<Table>;

type Named = Pick<ImportRecord, "county_code" | "import_id">;
type Place = Pick<Config, "filesDir" | "dataKey">;

const pathOf = ({ filesDir }: Place, { county_code: county, import_id: id }: Named): string =>
  join(filesDir, "imports", county, `${id}.sealed`);

const boundTo = ({ county_code: county, import_id: id }: Named): string =>
  `register import ${county} ${id}`;

/** Keeps an uploaded file sealed: tables of people lie about unreadable until they are removed. */
export const keepFile = async (place: Place, of: Named, bytes: Buffer): Promise<void> => {
  const path = pathOf(place, of);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, seal(place.dataKey, boundTo(of), bytes.toString("base64")));
};

/** The bytes of a kept file; null when it was removed. */
export const keptFile = async (place: Place, of: Named): Promise<Buffer | null> => {
  const sealed = await readFile(pathOf(place, of)).catch(() => null);
  return sealed && Buffer.from(unseal(place.dataKey, boundTo(of), sealed), "base64");
};

export const removeFile = (place: Place, of: Named): Promise<void> =>
  rm(pathOf(place, of), { force: true });

export const importView = (row: ImportRecord): RegisterImport => ({
  importId: row.import_id,
  kind: row.kind as ImportKind,
  fileName: row.file_name,
  state: row.state as ImportState,
  rowsDone: row.rows_done,
  rowsTotal: row.rows_total,
  problem: row.problem,
  report: row.report as ImportReport | null,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
});

export const selectImport = (
  trx: Trx,
  countyCode: string,
  importId: string,
): Promise<ImportRecord | undefined> =>
  trx
    .selectFrom("register_import")
    .selectAll()
    .where("county_code", "=", countyCode)
    .where("import_id", "=", importId)
    .executeTakeFirst();

export type ImportChange = {
  state?: ImportState;
  faulty_rows?: "refuse" | "skip";
  rows_done?: number;
  rows_total?: number;
  problem?: string | null;
  report?: string;
};

/** Says how far an import is. */
export const markImport = async (
  trx: Trx,
  { county_code: county, import_id: id }: Named,
  change: ImportChange,
): Promise<void> => {
  await trx
    .updateTable("register_import")
    .set(change)
    .where("county_code", "=", county)
    .where("import_id", "=", id)
    .execute();
};
