import { migrationState } from "../../platform/migrate.ts";
import { OperatorError } from "../../platform/operator-error.ts";
import { APP_ROLE } from "../../platform/roles.ts";
import type { DatabaseContext, Finding } from "./check.ts";

/** The server's version, the size of the database, and how the log of changes reaches the disk. */
export async function server({ client }: DatabaseContext): Promise<Finding[]> {
  const { rows } = await client.query<{
    version: string;
    number: number;
    size: string;
    fsync: string;
  }>(
    `SELECT current_setting('server_version') AS version,
            current_setting('server_version_num')::int AS number,
            pg_size_pretty(pg_database_size(current_database())) AS size,
            current_setting('fsync') AS fsync`,
  );
  const [row] = rows;
  if (!row) return [];
  return [
    {
      name: "database",
      health: row.number >= 150_000 ? "ok" : "bad",
      detail: `PostgreSQL ${row.version}, ${row.size} (needs 15 or later)`,
    },
    {
      name: "durability",
      health: row.fsync === "on" ? "ok" : "bad",
      detail: `fsync ${row.fsync}`,
      ...(row.fsync !== "on" && { advice: "set fsync = on: a power cut would lose closed cases" }),
    },
  ];
}

/** Whether the log goes into the archive; nothing where there is none. */
export async function archive({ client }: DatabaseContext): Promise<Finding[]> {
  const { rows } = await client.query<{ last: Date | null; failing: boolean }>(
    `SELECT last_archived_time AS last,
            coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) AS failing
       FROM pg_stat_archiver WHERE current_setting('archive_mode') <> 'off'`,
  );
  const [row] = rows;
  if (!row) return [];
  const reached = row.last === null ? "nothing yet" : `last ${row.last.toISOString()}`;
  return [
    {
      name: "archive",
      health: row.failing ? "bad" : "ok",
      detail: row.failing ? `does not take the log (${reached})` : reached,
      ...(row.failing && {
        advice: "see the database's log: is the archive's disk there, and free?",
      }),
    },
  ];
}

/** Pending migrations, and history that does not match the files. */
export async function migrations({ ownerUrl }: DatabaseContext): Promise<Finding[]> {
  const name = "migrations";
  try {
    const { applied, pending } = await migrationState(ownerUrl);
    if (pending.length === 0) return [{ name, health: "ok", detail: `${applied.length} applied` }];
    const names = pending.map((migration) => migration.name).join(", ");
    const detail = `${applied.length} applied, ${pending.length} pending: ${names}`;
    return [{ name, health: "warn", detail, advice: "./onegrid start applies them" }];
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const advice = error.hint === undefined ? {} : { advice: error.hint };
    return [{ name, health: "bad", detail: error.message, ...advice }];
  }
}

/** The application role exists, owns nothing, and is bound by row-level security. */
export async function appRole({ client }: DatabaseContext): Promise<Finding[]> {
  const name = "application role";
  const { rows } = await client.query<{ loose: boolean; owned: number }>(
    `SELECT r.rolsuper OR r.rolbypassrls AS loose,
            (SELECT count(*)::int FROM pg_class c WHERE c.relowner = r.oid) AS owned
       FROM pg_roles r WHERE r.rolname = $1`,
    [APP_ROLE],
  );
  const [row] = rows;
  if (!row) {
    const advice = "./onegrid start makes it, or says which SQL to run";
    return [{ name, health: "warn", detail: `${APP_ROLE} does not exist yet`, advice }];
  }
  const isBound = !row.loose && row.owned === 0;
  return [
    {
      name,
      health: isBound ? "ok" : "bad",
      detail: isBound
        ? `${APP_ROLE} is bound by row-level security`
        : `${APP_ROLE} escapes row-level security`,
      ...(!isBound && { advice: `it may own no table, and not be SUPERUSER or BYPASSRLS` }),
    },
  ];
}

/** Tables of a county without row-level security: each would show every county's rows. */
export async function rowLevelSecurity({ client }: DatabaseContext): Promise<Finding[]> {
  const { rows } = await client.query<{ name: string; secured: boolean }>(
    `SELECT c.relname AS name, c.relrowsecurity AS secured
       FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'county_code' AND a.attnum > 0
      WHERE c.relkind IN ('r', 'p')
        AND coalesce(obj_description(c.oid, 'pg_class'), '') NOT LIKE 'reference:%'`,
  );
  const open = rows.filter((row) => !row.secured).map((row) => row.name);
  return [
    {
      name: "row-level security",
      health: open.length === 0 ? "ok" : "bad",
      detail: open.length === 0 ? `on for ${rows.length} tables` : `off for ${open.join(", ")}`,
    },
  ];
}

/** Jobs that have failed for good, and work that has waited for an hour. */
export async function jobs({ client, now }: DatabaseContext): Promise<Finding[]> {
  const { rows } = await client.query<{ failed: number; late: number }>(
    `SELECT count(*) FILTER (WHERE attempts >= max_attempts)::int AS failed,
            count(*) FILTER (WHERE attempts < max_attempts
                               AND run_at < $1::timestamptz - interval '1 hour')::int AS late
       FROM graphile_worker.jobs`,
    [now],
  );
  const { failed, late } = rows[0] ?? { failed: 0, late: 0 };
  const isWell = failed === 0 && late === 0;
  return [
    {
      name: "jobs",
      health: isWell ? "ok" : "warn",
      detail: `${failed} failed for good, ${late} waiting for more than an hour`,
      ...(!isWell && { advice: "see last_error in graphile_worker.jobs; is a worker running?" }),
    },
  ];
}
