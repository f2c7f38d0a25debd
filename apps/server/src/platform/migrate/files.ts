import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "../operator-error.ts";

/** One migration file. `checksum` is SHA-256 over the text with LF line ends, in hex. */
export interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

/** OneGrid's own migrations. */
export const MIGRATIONS = join(import.meta.dirname, "..", "..", "..", "migrations");

const NAME = /^(\d{4})_[a-z0-9]+(?:_[a-z0-9]+)*\.sql$/;

/** A checkout on Windows may turn LF into CRLF; the migration is still the same. */
function normalise(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

/**
 * Reads the folder's migrations in order of number.
 * Throws `migrations.bad_name` or `migrations.duplicate_number`.
 */
export function readMigrations(directory: string): Migration[] {
  const migrations: Migration[] = [];
  for (const name of readdirSync(directory).sort()) {
    if (!name.endsWith(".sql")) continue;
    const number = Number(NAME.exec(name)?.[1]);
    if (Number.isNaN(number)) {
      throw new OperatorError(
        "migrations.bad_name",
        `${name} is not a migration name.`,
        "Use four digits and lower-case words: 0007_case_notices.sql",
      );
    }
    const previous = migrations.at(-1);
    if (previous?.number === number) {
      throw new OperatorError(
        "migrations.duplicate_number",
        `${previous.name} and ${name} have the same number.`,
        "Renumber the one that no database has had yet.",
      );
    }
    const sql = normalise(readFileSync(join(directory, name), "utf8"));
    const checksum = createHash("sha256").update(sql).digest("hex");
    migrations.push({ number, name, sql, checksum });
  }
  return migrations;
}
