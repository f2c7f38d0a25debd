import { Logger, runMigrations as runGraphileMigrations } from "graphile-worker";
import pg from "pg";
import { grantBasics, grantJobs } from "./migrate/grants.ts";
import { MIGRATIONS, readMigrations, type Migration } from "./migrate/files.ts";
import { lineOf } from "./migrate/position.ts";
import { messageOf, OperatorError } from "./operator-error.ts";
import { sqlState, withClient } from "./roles.ts";

/** What to migrate. `directory` is OneGrid's own folder of SQL files unless a test brings one. */
export interface MigrateOptions {
  ownerUrl: string;
  directory?: string;
  /** Stop after this number; for restoring a backup of an older schema. Without it, go on to the newest. */
  through?: number;
  say?: (line: string) => void;
}

/** Where a database stands against the files: names of applied and pending migrations. */
export interface MigrationState {
  applied: string[];
  pending: Migration[];
}

/** Any fixed number serves; all migrators of a database use the same. */
const ADVISORY_LOCK = 47_678_001;
const UNDEFINED_TABLE = "42P01";

const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS schema_migration (
    number integer PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    duration_ms integer NOT NULL
  )`;

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  try {
    const result = await client.query<Applied>(
      "SELECT number, name, checksum FROM schema_migration ORDER BY number",
    );
    return result.rows;
  } catch (error) {
    if (sqlState(error) === UNDEFINED_TABLE) return [];
    throw error;
  }
}

/** Compares; throws when history was edited, when the database is newer, or on a late number. */
function compare(files: Migration[], applied: Applied[]): MigrationState {
  const byNumber = new Map(files.map((file) => [file.number, file]));
  let last = 0;
  for (const row of applied) {
    last = row.number;
    const file = byNumber.get(row.number);
    if (!file) {
      throw new OperatorError(
        "migrations.database_newer",
        `The database has had migration ${row.name}, which this version of OneGrid does not know.`,
        "Start the newer version again, or restore a backup made before the upgrade.",
      );
    }
    if (file.checksum !== row.checksum || file.name !== row.name) {
      throw new OperatorError(
        "migrations.changed",
        `Migration ${row.name} was changed after it had been applied to this database.`,
        `Migrations are append-only: restore ${file.name} and put the change in a new file.`,
      );
    }
  }
  const pending = files.filter((file) => file.number > last);
  const late = files.find(
    (file) => file.number < last && !applied.some((a) => a.number === file.number),
  );
  if (late) {
    throw new OperatorError(
      "migrations.out_of_order",
      `Migration ${late.name} comes before one that is already applied.`,
      `Give it a number above ${String(last).padStart(4, "0")}.`,
    );
  }
  return { applied: applied.map((row) => row.name), pending };
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const begunAt = performance.now();
  await client.query("BEGIN");
  try {
    await client.query(migration.sql);
    await client.query(
      "INSERT INTO schema_migration (number, name, checksum, duration_ms) VALUES ($1, $2, $3, $4)",
      [
        migration.number,
        migration.name,
        migration.checksum,
        Math.round(performance.now() - begunAt),
      ],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK");
    const line = cause instanceof pg.DatabaseError ? lineOf(migration.sql, cause.position) : "";
    throw new OperatorError(
      "migrations.failed",
      `Migration ${migration.name}${line} failed and was rolled back: ${messageOf(cause)}`,
      undefined,
      { cause },
    );
  }
}

async function lock(client: pg.Client, say: (line: string) => void): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>(
    "SELECT pg_try_advisory_lock($1) AS free",
    [ADVISORY_LOCK],
  );
  if (rows[0]?.free) return;
  say("another process is migrating this database; waiting for it");
  await client.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
}

/** Tells what `migrate` would do, without changing anything. Throws `migrations.*`. */
export function migrationState(url: string, directory = MIGRATIONS): Promise<MigrationState> {
  return withClient(url, async (client) =>
    compare(readMigrations(directory), await readApplied(client)),
  );
}

/**
 * Brings the database to the newest schema and returns the names of the migrations applied now.
 *
 * First the job queue's own schema (graphile_worker), then our files, each in a transaction of its
 * own together with its line in `schema_migration`. One migrator at a time (advisory lock).
 * The role `onegrid_app` must exist: the migrations grant it what each table allows, and here it is
 * given the job queue. Running again repairs missing grants on the queue and changes nothing else.
 * Throws `OperatorError` with codes `migrations.*`.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const say = options.say ?? (() => {});
  const { through = Number.POSITIVE_INFINITY } = options;
  const files = readMigrations(options.directory ?? MIGRATIONS);
  return withClient(options.ownerUrl, async (client) => {
    await lock(client, say);
    await client.query(CREATE_TABLE);
    const state = compare(files, await readApplied(client));
    const pending = state.pending.filter((migration) => migration.number <= through);
    await runGraphileMigrations({
      connectionString: options.ownerUrl,
      logger: new Logger(() => () => {}),
    });
    await grantBasics(client);
    await grantJobs(client);
    for (const [index, migration] of pending.entries()) {
      say(`migration ${migration.name} (${index + 1} of ${pending.length})`);
      await apply(client, migration);
    }
    return pending.map((migration) => migration.name);
  });
}
