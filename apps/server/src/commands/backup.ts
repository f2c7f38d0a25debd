import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { dumpTables } from "../platform/backup/dump.ts";
import { writeManifest } from "../platform/backup/manifest.ts";
import { openInstallation } from "../platform/installation.ts";
import { OperatorError } from "../platform/operator-error.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { WHERE_HELP, WHERE_OPTIONS, whereabouts } from "./options.ts";

const usage = `Usage: ./onegrid backup DIR [OPTIONS]

Writes the whole installation into the new folder DIR: every table as of one moment, photos and
files, and the key that contact details are encrypted with. Keep it where only you can read it.
Works beside a running county. ./onegrid restore DIR loads it, into any PostgreSQL from 15.

${WHERE_HELP}`;

function say(line: string): void {
  console.log(`· ${line}`);
}

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments("backup", argv, WHERE_OPTIONS, 1);
  const [word] = positionals;
  if (word === undefined) {
    throw new OperatorError("cli.missing_word", "Where to?", "./onegrid backup DIR");
  }
  const target = resolve(word);
  if (existsSync(target)) {
    throw new OperatorError(
      "backup.target_exists",
      `${target} is there already; nothing was written.`,
      "Give a folder that does not exist yet.",
    );
  }
  const installation = await openInstallation(whereabouts(values), "visit", say);
  const half = `${target}.partial`;
  try {
    rmSync(half, { recursive: true, force: true });
    mkdirSync(dirname(half), { recursive: true });
    mkdirSync(half, { mode: 0o700 });
    const secrets = readFileSync(join(installation.dataDir, "secrets.json"));
    const takenAt = new Date().toISOString();
    const content = await dumpTables(installation.ownerUrl, half, say);
    // After the tables: files are only ever added, so every one a row names is there.
    cpSync(installation.filesDir, join(half, "files"), { recursive: true });
    if (!secrets.equals(readFileSync(join(installation.dataDir, "secrets.json")))) {
      throw new OperatorError(
        "backup.key_changed",
        "The installation's key was changed meanwhile; nothing was written.",
        "Run the backup again.",
      );
    }
    writeFileSync(join(half, "secrets.json"), secrets, { mode: 0o600 });
    writeManifest(half, { format: 1, takenAt, ...content });
    renameSync(half, target);
    const rows = content.tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(`Backed up ${rows} rows of ${content.tables.length} tables into ${target}`);
    return 0;
  } finally {
    rmSync(half, { recursive: true, force: true });
    await installation.close();
  }
}

export const command: Command = { usage, run };
