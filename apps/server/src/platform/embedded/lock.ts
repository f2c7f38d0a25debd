import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { OperatorError } from "../operator-error.ts";

/** A held lock; `release` may be called more than once. */
export interface DirectoryLock {
  release(): void;
}

const FILE = "onegrid.lock";
const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}

function holder(folder: string): string {
  try {
    return `process ${readFileSync(join(folder, "onegrid.pid"), "utf8").trim()}`;
  } catch {
    return "another process";
  }
}

/**
 * Takes the folder for this process, or throws `embedded.locked` naming the process that has it.
 *
 * The lock is the kernel's (an SQLite exclusive lock on an empty file), so it ends with the process
 * however that ends: no stale lock file after kill -9, no race between two starters, and no false
 * alarm when a process number is used again.
 */
export function lockFolder(folder: string): DirectoryLock {
  const file = join(folder, FILE);
  closeSync(openSync(file, "a", 0o600));
  const database = new DatabaseSync(file);
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new OperatorError(
      "embedded.locked",
      `The data directory is in use by ${holder(folder)}: ${folder}`,
      "Stop that process first, or give this one a directory of its own: --data DIR",
      { cause: error },
    );
  }
  writeFileSync(join(folder, "onegrid.pid"), `${process.pid}\n`);
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
}

/** True while some process holds the folder. */
export function isLocked(folder: string): boolean {
  if (!existsSync(join(folder, FILE))) return false;
  const database = new DatabaseSync(join(folder, FILE));
  try {
    database.exec("BEGIN EXCLUSIVE");
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    database.close();
  }
}
