import { existsSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { archiveOf } from "./archive/archive-folder.ts";
import { archiveSettings } from "./archive/log-commands.ts";
import { postgresBinaries } from "./embedded/binaries.ts";
import { ensureCluster, SUPERUSER } from "./embedded/cluster.ts";
import { isLocked, lockFolder } from "./embedded/lock.ts";
import { databaseOsUser } from "./embedded/os-user.ts";
import { databaseFolder } from "./embedded/place.ts";
import { startPostmaster } from "./embedded/postmaster.ts";
import { read, recall } from "./embedded/remembered.ts";
import type { Durability } from "./embedded/settings.ts";
import { ensureOwnerAndDatabase, OWNER_ROLE } from "./roles.ts";

/** How to open the embedded database. `dir` is made when absent. */
export interface EmbeddedOptions {
  dir: string;
  durability?: Durability;
  /** Folder that takes the server's log, from which any moment is recovered. */
  archive?: string | undefined;
  /** Progress in words, one line at a time. */
  say?: (line: string) => void;
}

/** A running embedded PostgreSQL. All URLs are on 127.0.0.1. */
export interface EmbeddedDatabase {
  port: number;
  /** Process number of the server. */
  pid: number;
  /** True when this start made the cluster. */
  isNew: boolean;
  /** For making databases and roles; never for the application. */
  superuserUrl: string;
  /** The real folder with `cluster/`, log and lock. */
  folder: string;
  /** The archive that the server writes into, made ready; null without one. */
  archive: string | null;
  /** Owns the tables and migrates. */
  ownerUrl: string;
  /** Settles when the server process ends, asked or not. */
  exited: Promise<void>;
  /** Stops the server cleanly and frees the directory. */
  stop(): Promise<void>;
}

export const DATABASE_NAME = "onegrid";

function url(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Opens the PostgreSQL that lives in `dir`: makes it on first use, recovers it after a kill, and
 * keeps the directory locked until `stop`. Throws `OperatorError` with codes `embedded.*`.
 */
export async function openEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const say = options.say ?? (() => {});
  const user = databaseOsUser();
  const folder = databaseFolder(resolve(options.dir), user, say);
  const lock = lockFolder(folder);
  try {
    const binaries = postgresBinaries(user);
    const archive = archiveOf(options.archive, folder);
    const settings = archive === null ? {} : archiveSettings(archive);
    const isNew = !existsSync(join(folder, "cluster", "PG_VERSION"));
    const { port, passwords } = await recall(folder, isNew);
    if (isNew) say("making the database");
    const cluster = await ensureCluster(folder, binaries, user, passwords.postgres);
    const durability = options.durability ?? "safe";
    const plan = { folder, cluster, binaries, user, port, durability, say, settings };
    const postmaster = await startPostmaster(plan);
    const superuserUrl = url(SUPERUSER, passwords.postgres, port, "postgres");
    try {
      await ensureOwnerAndDatabase(superuserUrl, passwords.owner, DATABASE_NAME);
    } catch (error) {
      await postmaster.stop();
      throw error;
    }
    return {
      port,
      pid: postmaster.pid,
      isNew,
      superuserUrl,
      folder,
      archive,
      ownerUrl: url(OWNER_ROLE, passwords.owner, port, DATABASE_NAME),
      exited: postmaster.exited,
      stop: async () => {
        await postmaster.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * The embedded database of `dir` if another process of this user has it up, else undefined. `stop`
 * leaves that server running. For commands that work beside `onegrid start`.
 */
export async function joinEmbeddedPostgres(
  dir: string,
): Promise<Pick<EmbeddedDatabase, "ownerUrl" | "exited" | "stop"> | undefined> {
  const link = join(resolve(dir), "database");
  if (!existsSync(link)) return undefined;
  const folder = realpathSync(link);
  if (!isLocked(folder)) return undefined;
  const { port, passwords } = read(folder);
  return {
    ownerUrl: url(OWNER_ROLE, passwords.owner, port, DATABASE_NAME),
    exited: new Promise(() => {}),
    stop: async () => {},
  };
}
