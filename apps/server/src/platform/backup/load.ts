import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type pg from "pg";
import { from } from "pg-copy-streams";
import { OperatorError } from "../operator-error.ts";
import { withClient } from "../roles.ts";
import type { Manifest, TableManifest } from "./manifest.ts";
import { emptyTables, quoted } from "./tables.ts";

async function loadTable(client: pg.Client, folder: string, table: TableManifest): Promise<void> {
  const name = quoted(client, table);
  const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(", ");
  await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
  const copy = client.query(from(`COPY ${name} (${columns}) FROM STDIN`));
  await pipeline(createReadStream(join(folder, table.file)), createGunzip(), copy);
  await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
  if (copy.rowCount !== table.rows) {
    throw new OperatorError(
      "backup.incomplete",
      `${table.file} holds ${copy.rowCount} rows, its manifest says ${table.rows}.`,
      "The backup is damaged; nothing was restored. Use another one.",
    );
  }
}

/**
 * Fills a database that has just had the backup's migrations, in one transaction: all or nothing.
 * Foreign keys and checks are in force; triggers rest, for what they made is in the backup.
 * Throws `backup.incomplete`, `backup.target_not_empty`.
 */
export function loadTables(
  ownerUrl: string,
  folder: string,
  manifest: Manifest,
  say: (line: string) => void,
): Promise<void> {
  return withClient(ownerUrl, async (client) => {
    await client.query("BEGIN");
    await client.query("SET CONSTRAINTS ALL DEFERRED");
    const { rows } = await client.query<{ used: boolean }>(
      "SELECT EXISTS (SELECT FROM county) AS used",
    );
    if (rows[0]?.used) {
      throw new OperatorError(
        "backup.target_not_empty",
        "The database holds a county already; a backup is restored into an empty one.",
        "Give another data directory or database: --data DIR or --database-url URL",
      );
    }
    // What the migrations themselves put in is in the backup as well.
    await emptyTables(client, manifest.tables);
    for (const table of manifest.tables) {
      await loadTable(client, folder, table);
      if (table.rows > 0) say(`${table.name}: ${table.rows} rows`);
    }
    for (const sequence of manifest.sequences) {
      if (sequence.value === null) continue;
      await client.query("SELECT setval($1::regclass, $2)", [
        quoted(client, sequence),
        sequence.value,
      ]);
    }
    await client.query("COMMIT");
    // Fresh tables have no statistics, and the first lists would be planned blindly.
    await client.query("ANALYZE");
  });
}
