import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { isArchive } from "../platform/archive/archive-folder.ts";
import { loadTables } from "../platform/backup/load.ts";
import { newestOf, readManifest, type Manifest } from "../platform/backup/manifest.ts";
import { openInstallation, type Whereabouts } from "../platform/installation.ts";
import { OperatorError } from "../platform/operator-error.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { finishUpgrade } from "./finish-upgrade.ts";
import { restoreFromArchive } from "./restore/from-archive.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";

const usage = `Usage: ./onegrid restore DIR [OPTIONS]

Loads what ./onegrid backup wrote into DIR, into an installation that holds no county yet, and then
brings it to the present schema. All or nothing.

DIR may also be the archive of ./onegrid start --archive DIR: then the installation is made as it was
at any moment since the archive's first base backup.

  --at TIME             that moment, with its offset: 2026-11-24T10:00:00+08:00 (default: the last
                        that is there). Of an archive only.

${WHERE_HELP}`;

function say(line: string): void {
  console.log(`· ${line}`);
}

/** Throws `cli.bad_time`: a time without its offset would be another elsewhere. */
function momentFrom(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const { success, data } = z.iso.datetime({ offset: true }).safeParse(text);
  if (success) return new Date(data);
  throw new OperatorError(
    "cli.bad_time",
    `"${text}" is not a moment.`,
    "Give date, time and offset: 2026-11-24T10:00:00+08:00",
  );
}

/** Files before rows: a row must never name a photo that is not there. */
function placeFiles(backup: string, dataDir: string): void {
  const secrets = join(dataDir, "secrets.json");
  if (existsSync(secrets)) {
    throw new OperatorError(
      "backup.target_not_empty",
      `${dataDir} belongs to an installation already (it has a secrets.json).`,
      "Give an empty data directory: --data DIR",
    );
  }
  mkdirSync(dataDir, { recursive: true });
  cpSync(join(backup, "files"), join(dataDir, "files"), { recursive: true });
  cpSync(join(backup, "secrets.json"), secrets);
}

async function load(where: Whereabouts, backup: string, manifest: Manifest): Promise<void> {
  const installation = await openInstallation(where, "serve", say, newestOf(manifest));
  try {
    await loadTables(installation.ownerUrl, backup, manifest, say);
  } finally {
    await installation.close();
  }
}

async function run(argv: string[]): Promise<number> {
  const options = { ...WHERE_OPTIONS, at: { type: "string" } } as const;
  const { values, positionals } = readArguments("restore", argv, options, 1);
  const [word] = positionals;
  if (word === undefined) {
    throw new OperatorError("cli.missing_word", "From where?", "./onegrid restore DIR");
  }
  const backup = resolve(word);
  const at = momentFrom(values.at);
  if (isArchive(backup)) {
    await restoreFromArchive(backup, whereabouts(values), at, say);
    console.log(
      `Restored as of ${at?.toISOString() ?? "the archive's end"}. ./onegrid start serves it.`,
    );
    return 0;
  }
  if (at !== null) {
    throw new OperatorError(
      "archive.not_an_archive",
      `${backup} is no archive; a backup has the one moment at which it was made.`,
      "Give the folder of ./onegrid start --archive DIR, or leave --at out.",
    );
  }
  const manifest = readManifest(backup);
  const where = whereabouts(values);
  placeFiles(backup, where.dataDir);
  try {
    await load(where, backup, manifest);
  } catch (error) {
    // So that another try finds the directory as this one did.
    rmSync(join(where.dataDir, "secrets.json"), { force: true });
    rmSync(join(where.dataDir, "files"), { recursive: true, force: true });
    throw error;
  }
  // Opening as usual brings the migrations made since the backup, and proves that it works.
  const installation = await openInstallation(where, "serve", say);
  try {
    await finishUpgrade(installation.ownerUrl, say);
  } finally {
    await installation.close();
  }
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`Restored ${rows} rows. ./onegrid start serves them.`);
  return 0;
}

export const command: Command = { usage, run };
