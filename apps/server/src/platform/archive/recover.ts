import { chownSync, existsSync, lstatSync, readdirSync } from "node:fs";
import { copyFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { postgresBinaries } from "../embedded/binaries.ts";
import { lockFolder } from "../embedded/lock.ts";
import { canEnter, databaseOsUser, type OsUser } from "../embedded/os-user.ts";
import { databaseFolder } from "../embedded/place.ts";
import { startPostmaster, type PostmasterPlan } from "../embedded/postmaster.ts";
import { recall } from "../embedded/remembered.ts";
import { OperatorError, messageOf } from "../operator-error.ts";
import {
  archiveClosed,
  archivePaths,
  archiveReaches,
  readBases,
  type Base,
} from "./archive-folder.ts";
import { copyTree } from "./copy-tree.ts";
import { recoverySettings } from "./log-commands.ts";

/** Days of log of a busy county take a while. */
const PATIENCE_MS = 6 * 3_600_000;

/** The newest base from which `at` can be reached. Throws `archive.no_base`, `.ends_before`. */
export const chooseBase = (archive: string, at: Date | null): Base => {
  const bases = readBases(archive);
  const base = bases.findLast(
    ({ finishedAt }) => at === null || Date.parse(finishedAt) <= at.getTime(),
  );
  if (base === undefined) {
    const first = bases[0]?.finishedAt;
    throw new OperatorError(
      "archive.no_base",
      first === undefined ? `${archive} holds no base backup.` : `The archive begins at ${first}.`,
      "Give a later moment, or restore what ./onegrid backup made.",
    );
  }
  const reaches = archiveReaches(archive);
  if (at !== null && (reaches === null || at > reaches)) {
    throw new OperatorError(
      "archive.ends_before",
      `The archive reaches to ${reaches?.toISOString() ?? base.finishedAt}, not to ${at.toISOString()}.`,
      "Give an earlier moment, or leave --at out for the last state that is there.",
    );
  }
  return base;
};

const giveTo = (user: OsUser | undefined, folder: string): void => {
  if (!user) return;
  chownSync(folder, user.uid, user.gid);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    if (!lstatSync(path).isSymbolicLink()) chownSync(path, user.uid, user.gid);
  }
};

/**
 * PostgreSQL stops at the first commit after the moment; where there is none up to the end of the
 * log, which reaches beyond the moment, the end is the state of that moment.
 */
const replay = async (plan: PostmasterPlan, archive: string, at: Date | null): Promise<void> => {
  const start = (to: Date | null) =>
    startPostmaster({ ...plan, settings: recoverySettings(archive, to), patienceMs: PATIENCE_MS });
  const server = await start(at).catch((error: unknown) => {
    if (at === null || !messageOf(error).includes("target was reached")) throw error;
    return start(null);
  });
  await server.stop();
};

/**
 * Makes the embedded database of `dataDir` as it was at `at` (null: the last state of the archive).
 * All or nothing: a failure leaves no database. Throws `archive.*`, `backup.target_not_empty`.
 */
export const recoverDatabase = async (
  archive: string,
  base: Base,
  { dataDir, at, say }: { dataDir: string; at: Date | null; say: (line: string) => void },
): Promise<void> => {
  const user = databaseOsUser();
  const folder = databaseFolder(dataDir, user, say);
  const { log } = archivePaths(archive);
  // Brought from another machine it belongs to whoever copied it.
  giveTo(user, log);
  if (!canEnter(user, log)) throw archiveClosed(log);
  const lock = lockFolder(folder);
  try {
    const cluster = join(folder, "cluster");
    if (existsSync(cluster)) {
      throw new OperatorError(
        "backup.target_not_empty",
        `${dataDir} holds a database already.`,
        "Give another data directory: --data DIR",
      );
    }
    const from = join(archivePaths(archive).bases, base.name);
    const half = join(folder, "cluster.new");
    await rm(half, { recursive: true, force: true });
    say(`copying the base backup of ${base.finishedAt}`);
    await copyTree(join(from, "cluster"), half);
    await writeFile(join(half, "recovery.signal"), "", { mode: 0o600 });
    giveTo(user, half);
    await copyFile(join(from, "cluster.json"), join(folder, "cluster.json"));
    await rename(half, cluster);
    try {
      say(`going through the log${at === null ? "" : ` to ${at.toISOString()}`}`);
      const { port } = await recall(folder, false);
      const binaries = postgresBinaries(user);
      const plan = { folder, cluster, binaries, user, port, durability: "safe" as const, say };
      await replay(plan, archive, at);
    } catch (error) {
      await rm(cluster, { recursive: true, force: true });
      throw error;
    }
  } finally {
    lock.release();
  }
};
