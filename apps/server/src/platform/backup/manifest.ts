import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { MIGRATIONS, readMigrations } from "../migrate/files.ts";
import { OperatorError } from "../operator-error.ts";
import { backedUpSequence, backedUpTable } from "./tables.ts";

const tableManifest = backedUpTable.extend({ file: z.string(), rows: z.number().int().min(0) });
export type TableManifest = z.infer<typeof tableManifest>;

const manifest = z.object({
  format: z.literal(1),
  /** When the data was as it is here. */
  takenAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(tableManifest),
  sequences: z.array(backedUpSequence),
});

/** What a backup folder holds, in the order in which it is to be loaded. */
export type Manifest = z.infer<typeof manifest>;

const FILE = "manifest.json";

/** Written last: a folder without it is no backup. */
export function writeManifest(folder: string, value: Manifest): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(value, null, 2)}\n`);
}

/** Throws `backup.not_a_backup` when the folder has no manifest of this format. */
export function readManifest(folder: string): Manifest {
  try {
    return manifest.parse(JSON.parse(readFileSync(join(folder, FILE), "utf8")));
  } catch (cause) {
    throw new OperatorError(
      "backup.not_a_backup",
      `${folder} is not a whole backup: its ${FILE} is missing or cannot be read.`,
      "Give the folder that ./onegrid backup made.",
      { cause },
    );
  }
}

/**
 * Number of the newest migration that the backup's database had. Throws `backup.other_schema` when
 * this version of OneGrid has not the very same history up to there.
 */
export function newestOf(value: Manifest): number {
  const files = new Map(readMigrations(MIGRATIONS).map((file) => [file.name, file]));
  let newest = 0;
  for (const { name, checksum } of value.migrations) {
    const file = files.get(name);
    if (file?.checksum !== checksum) {
      throw new OperatorError(
        "backup.other_schema",
        `The backup's database had the migration ${name}, which this version does not have as such.`,
        "Restore with the version of OneGrid that made the backup, or a newer one.",
      );
    }
    newest = Math.max(newest, file.number);
  }
  return newest;
}
