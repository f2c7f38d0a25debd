import { copyFile, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OperatorError } from "../operator-error.ts";
import { withClient } from "../roles.ts";
import { archivePaths, writeBase, type Base } from "./archive-folder.ts";
import { copyTree } from "./copy-tree.ts";

/** What a base backup leaves out (PostgreSQL 18, 25.3.4): made anew, or another server's own. */
const EMPTIED = new Set([
  "pg_wal",
  "pg_replslot",
  "pg_dynshmem",
  "pg_notify",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
]);
const LEFT_OUT = new Set(["postmaster.pid", "postmaster.opts"]);
const CONTROL = "global/pg_control";
/** The segments of a backup go out within a minute; a disk that takes none is not waited for. */
const PATIENCE_MS = 10 * 60_000;

const isLeftOut = (path: string): boolean =>
  EMPTIED.has(path) || LEFT_OUT.has(path) || path === CONTROL || path.includes("pgsql_tmp");

/** From `START WAL LOCATION: 0/2000028 (file 000000010000000000000002)`. */
const firstSegmentOf = (label: string): string => {
  const segment = /\(file ([0-9A-F]{24})\)/.exec(label)?.[1];
  if (segment === undefined) throw new Error("the backup label names no segment");
  return segment;
};

/** Where a running embedded database is. */
export type RunningCluster = { superuserUrl: string; databaseFolder: string };

/**
 * Copies the running cluster into the archive, with the passwords of its roles. Together with the
 * log from then on it gives every later moment. The npm package ships no pg_basebackup; this is
 * PostgreSQL's own low-level way (25.3.4).
 */
export const makeBase = async (archive: string, cluster: RunningCluster): Promise<Base> => {
  const name = new Date().toISOString().replaceAll(":", "-");
  const folder = join(archivePaths(archive).bases, name);
  const half = `${folder}.partial`;
  for (const other of await readdir(archivePaths(archive).bases)) {
    // Of a process that was killed: the installation's lock lets nobody else be at it.
    if (other.endsWith(".partial")) {
      await rm(join(archivePaths(archive).bases, other), { recursive: true, force: true });
    }
  }
  const from = join(cluster.databaseFolder, "cluster");
  await mkdir(half, { recursive: true, mode: 0o700 });
  try {
    // The connection must stay open from start to stop, or the server calls the backup off.
    const base = await withClient(cluster.superuserUrl, async (client) => {
      await client.query(`SET statement_timeout = ${PATIENCE_MS}`);
      await client.query("SELECT pg_backup_start($1, true)", [`onegrid ${name}`]);
      const to = join(half, "cluster");
      await copyTree(from, to, isLeftOut);
      // Last, as pg_basebackup does.
      await copyFile(join(from, CONTROL), join(to, CONTROL));
      const { rows } = await client.query<{ label: string; spaces: string }>(
        "SELECT labelfile AS label, spcmapfile AS spaces FROM pg_backup_stop(true)",
      );
      const [stopped] = rows;
      if (stopped === undefined || stopped.spaces.trim() !== "") {
        throw new OperatorError("archive.tablespaces", "Tablespaces are not archived.");
      }
      await writeFile(join(to, "backup_label"), stopped.label, { mode: 0o600 });
      const done = await client.query<{ at: Date }>("SELECT clock_timestamp() AS at");
      const finishedAt = (done.rows[0]?.at ?? new Date()).toISOString();
      return { name, finishedAt, firstSegment: firstSegmentOf(stopped.label) };
    });
    await copyFile(join(cluster.databaseFolder, "cluster.json"), join(half, "cluster.json"));
    writeBase(half, base);
    await rename(half, folder);
    return base;
  } finally {
    await rm(half, { recursive: true, force: true });
  }
};
