import { execFile } from "node:child_process";
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { messageOf, OperatorError } from "../operator-error.ts";
import type { PostgresBinaries } from "./binaries.ts";
import type { OsUser } from "./os-user.ts";

const run = promisify(execFile);

/** The name of the bootstrap superuser, who only makes the two roles and the database. */
export const SUPERUSER = "postgres";

/**
 * Makes the cluster `folder/cluster` unless it is there, and returns its path.
 *
 * It is built beside its place and renamed when whole, so that an interrupted initdb is never taken
 * for a cluster. The collation is PostgreSQL's own C.UTF-8 (not the C library's): an upgrade of the
 * operating system cannot change an index's order.
 */
export async function ensureCluster(
  folder: string,
  binaries: PostgresBinaries,
  user: OsUser | undefined,
  superuserPassword: string,
): Promise<string> {
  const cluster = join(folder, "cluster");
  if (existsSync(join(cluster, "PG_VERSION"))) return cluster;
  const half = join(folder, "cluster.new");
  const passwordFile = join(folder, "initdb.password");
  rmSync(half, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const args = [
    `--pgdata=${half}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
  ];
  try {
    // LC_ALL: a locale named by the environment but not installed makes initdb refuse.
    await run(binaries.initdb, args, { ...user, cwd: "/", env: { ...process.env, LC_ALL: "C" } });
  } catch (cause) {
    throw new OperatorError(
      "embedded.initdb_failed",
      `The database could not be made in ${folder}: ${messageOf(cause)}`,
      "Check the free disk space and who owns the folder, then start again.",
      { cause },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, cluster);
  return cluster;
}
