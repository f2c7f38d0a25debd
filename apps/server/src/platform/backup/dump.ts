import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { to } from "pg-copy-streams";
import { withClient } from "../roles.ts";
import type { Manifest, TableManifest } from "./manifest.ts";
import { quoted, sequences, tablesInOrder } from "./tables.ts";

/**
 * Writes every table of the database into `folder` as one gzipped COPY file each, all as of one
 * moment (a repeatable-read transaction), while the county goes on working.
 * Returns what the manifest needs.
 */
export function dumpTables(
  ownerUrl: string,
  folder: string,
  say: (line: string) => void,
): Promise<Pick<Manifest, "migrations" | "tables" | "sequences">> {
  return withClient(ownerUrl, async (client) => {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const migrations = await client.query<Manifest["migrations"][number]>(
      "SELECT name, checksum FROM schema_migration ORDER BY number",
    );
    const tables: TableManifest[] = [];
    for (const table of await tablesInOrder(client)) {
      const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(", ");
      const copy = client.query(to(`COPY ${quoted(client, table)} (${columns}) TO STDOUT`));
      const file = `${table.schema}.${table.name}.copy.gz`;
      await pipeline(copy, createGzip({ level: 4 }), createWriteStream(join(folder, file)));
      tables.push({ ...table, file, rows: copy.rowCount });
      if (copy.rowCount > 0) say(`${table.name}: ${copy.rowCount} rows`);
    }
    const found = await sequences(client);
    await client.query("COMMIT");
    return { migrations: migrations.rows, tables, sequences: found };
  });
}
