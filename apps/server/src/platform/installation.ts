import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RunningCluster } from "./archive/base-backup.ts";
import { joinEmbeddedPostgres, openEmbeddedPostgres } from "./embedded-postgres.ts";
import { migrate } from "./migrate.ts";
import { areSecretsStaged, lockSecrets, settleSecrets } from "./next-secrets.ts";
import { messageOf, OperatorError } from "./operator-error.ts";
import { ensureAppRole, sqlState, useAppUrl, withClient } from "./roles.ts";
import { readSecrets } from "./secrets.ts";

/** Where an installation lives. Without `databaseUrl` the database is embedded in `dataDir`. */
export interface Whereabouts {
  dataDir: string;
  /** The owner's address of a PostgreSQL server, version 15 or later. */
  databaseUrl?: string | undefined;
  /** The application role's address, when an administrator made that role by hand. */
  appDatabaseUrl?: string | undefined;
  /** Folder that the embedded database archives its log into, for recovery to any moment. */
  archive?: string | undefined;
}

/** An installation with its database up. `close` stops the database if this process started it. */
export interface Installation {
  dataDir: string;
  filesDir: string;
  ownerUrl: string;
  appUrl: string;
  dataKey: Uint8Array;
  /** Settles when an embedded server that this process started ends; never otherwise. */
  databaseExited: Promise<void>;
  /** What keeping an archive needs; null where this process does not run a database with one. */
  archiving: { archive: string; cluster: RunningCluster } | null;
  close(): Promise<void>;
}

/** `serve` needs the embedded database for itself; `visit` also joins one that is up. */
export type Purpose = "serve" | "visit";

const OLDEST_SERVER = 150_000;
const NEVER = new Promise<void>(() => {});

/** A database that is up. `stop` stops it if this process started it. */
export interface OpenDatabase {
  ownerUrl: string;
  exited: Promise<void>;
  archiving: Installation["archiving"];
  stop(): Promise<void>;
}

async function openExternal(ownerUrl: string): Promise<OpenDatabase> {
  try {
    await withClient(ownerUrl, async (client) => {
      const { rows } = await client.query<{ version: number; shown: string }>(
        `SELECT current_setting('server_version_num')::int AS version,
                current_setting('server_version') AS shown`,
      );
      const [row] = rows;
      if (row && row.version < OLDEST_SERVER) {
        throw new OperatorError(
          "database.too_old",
          `The database server is PostgreSQL ${row.shown}; OneGrid needs 15 or later.`,
        );
      }
    });
    return { ownerUrl, exited: NEVER, archiving: null, stop: async () => {} };
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause;
    throw new OperatorError(
      "database.unreachable",
      `The database cannot be reached: ${messageOf(cause)}`,
      sqlState(cause)?.startsWith("28")
        ? "Check user and password in the database address."
        : "Check host, port and database name, and that the server accepts connections from here.",
      { cause },
    );
  }
}

async function openOwn(
  { dataDir, archive }: Whereabouts,
  purpose: Purpose,
  say: (line: string) => void,
): Promise<OpenDatabase> {
  const dir = resolve(dataDir);
  const running = purpose === "visit" ? await joinEmbeddedPostgres(dir) : undefined;
  if (running) return { ...running, archiving: null };
  const own = await openEmbeddedPostgres({ dir, archive, say });
  const cluster = { superuserUrl: own.superuserUrl, databaseFolder: own.folder };
  return { ...own, archiving: own.archive === null ? null : { archive: own.archive, cluster } };
}

/** True when nothing has been migrated in the database yet. */
async function isFresh(ownerUrl: string): Promise<boolean> {
  const { rows } = await withClient(ownerUrl, (client) =>
    client.query<{ fresh: boolean }>(
      "SELECT to_regclass('public.schema_migration') IS NULL AS fresh",
    ),
  );
  return rows[0]?.fresh ?? true;
}

/** Brings up the database of an installation and leaves its content alone. */
export function openDatabaseOf(
  where: Whereabouts,
  purpose: Purpose,
  say: (line: string) => void = () => {},
): Promise<OpenDatabase> {
  if (where.databaseUrl === undefined) return openOwn(where, purpose, say);
  if (where.archive === undefined) return openExternal(where.databaseUrl);
  throw new OperatorError(
    "archive.not_embedded",
    "Only the embedded database is archived here.",
    "Let your PostgreSQL server archive its own log (its manual, 25.3).",
  );
}

/**
 * Opens the database of an installation, migrates it (`through` the migration of that number, or to
 * the newest), and makes sure of the application role.
 * Throws `OperatorError`, always with what to do next.
 */
export async function openInstallation(
  where: Whereabouts,
  purpose: Purpose,
  say: (line: string) => void = () => {},
  through?: number,
): Promise<Installation> {
  const dataDir = resolve(where.dataDir);
  const filesDir = join(dataDir, "files");
  const database = await openDatabaseOf(where, purpose, say);
  try {
    mkdirSync(filesDir, { recursive: true });
    if (areSecretsStaged(dataDir)) {
      await withClient(database.ownerUrl, async (client) => {
        await lockSecrets(client);
        await settleSecrets(dataDir, filesDir, client);
      });
    }
    const secrets = readSecrets(dataDir, await isFresh(database.ownerUrl));
    const appUrl = where.appDatabaseUrl
      ? await useAppUrl(where.appDatabaseUrl)
      : await ensureAppRole(database.ownerUrl, secrets.appPassword);
    await migrate({ ownerUrl: database.ownerUrl, say, ...(through !== undefined && { through }) });
    return {
      dataDir,
      filesDir,
      ownerUrl: database.ownerUrl,
      appUrl,
      dataKey: secrets.dataKey,
      databaseExited: database.exited,
      archiving: database.archiving,
      close: () => database.stop(),
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
