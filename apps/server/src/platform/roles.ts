import pg from "pg";
import { messageOf, OperatorError } from "./operator-error.ts";

/** Owns database and tables, runs the migrations. Not a superuser, as on a managed server. */
export const OWNER_ROLE = "onegrid_owner";

/** The application's role: owns nothing, so row-level security binds it. */
export const APP_ROLE = "onegrid_app";

const ALREADY_EXISTS = new Set(["42710", "23505", "42P04"]);
const DENIED = "42501";

/** SQLSTATE of a database error, or undefined. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Runs `work` on one connection to `url` and closes it. */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: "onegrid setup" });
  // A server that goes away is reported by the query that fails, not by a stray event.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function createRole(client: pg.Client, role: string, password: string, rights: string) {
  const literal = client.escapeLiteral(password);
  try {
    await client.query(`CREATE ROLE ${role} LOGIN ${rights} PASSWORD ${literal}`);
    return true;
  } catch (error) {
    if (ALREADY_EXISTS.has(sqlState(error) ?? "")) return false;
    throw error;
  }
}

async function roleExists(client: pg.Client, role: string): Promise<boolean> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
  return rowCount === 1;
}

/**
 * Makes the owner role and its database in a cluster of our own, when absent. CREATEROLE lets the
 * owner make the application role by the very path a managed server takes; CREATEDB is for clones.
 */
export async function ensureOwnerAndDatabase(
  superuserUrl: string,
  ownerPassword: string,
  database: string,
): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    if (!(await roleExists(client, OWNER_ROLE))) {
      await createRole(client, OWNER_ROLE, ownerPassword, "CREATEROLE CREATEDB");
    }
    const found = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    if (found.rowCount === 1) return;
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER ${OWNER_ROLE}`);
  });
}

function urlFor(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}

function dbaHint(role: string): string {
  return [
    "Ask the database administrator to run, with a password of their choice:",
    `    CREATE ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…';`,
    `    -- or, when the role exists:  ALTER ROLE ${role} PASSWORD '…';`,
    "then give its address: ONEGRID_APP_DATABASE_URL=postgres://" + role + ":…@HOST:PORT/DATABASE",
  ].join("\n");
}

/** Throws unless the role that `appUrl` signs in as is bound by row-level security. */
async function checkAppRole(appUrl: string): Promise<void> {
  await withClient(appUrl, async (client) => {
    const { rows } = await client.query<{ role: string; loose: boolean; owner: boolean }>(
      `SELECT r.rolname AS role, r.rolsuper OR r.rolbypassrls AS loose,
              pg_has_role(r.oid, d.datdba, 'MEMBER') AS owner
         FROM pg_roles r, pg_database d
        WHERE r.rolname = current_user AND d.datname = current_database()`,
    );
    const [row] = rows;
    if (!row || row.loose || row.owner) {
      throw new OperatorError(
        "database.app_role_too_strong",
        `The role ${row?.role ?? APP_ROLE} must not be a superuser, own the database, or bypass row-level security.`,
        dbaHint(APP_ROLE),
      );
    }
  });
}

/**
 * The application role's URL on the server of `ownerUrl`.
 *
 * The role is made with `password` when absent and the owner may make roles. When it exists,
 * `password` must already be its password: it is never changed silently, because another
 * installation may use the role. Throws `database.app_role_missing`, `.app_role_password` or
 * `.app_role_too_strong`, each with the SQL that an administrator has to run.
 */
export async function ensureAppRole(
  ownerUrl: string,
  password: string,
  role: string = APP_ROLE,
): Promise<string> {
  try {
    await withClient(ownerUrl, async (client) => {
      if (!(await roleExists(client, role))) await createRole(client, role, password, "");
    });
  } catch (cause) {
    if (sqlState(cause) !== DENIED) throw cause;
    throw new OperatorError(
      "database.app_role_missing",
      `The role ${role} does not exist and may not be created by the owner: ${messageOf(cause)}`,
      dbaHint(role),
      { cause },
    );
  }
  const appUrl = urlFor(ownerUrl, role, password);
  await useAppUrl(appUrl);
  return appUrl;
}

/** Checks a given application URL: it signs in, and its role is bound by row-level security. */
export async function useAppUrl(appUrl: string): Promise<string> {
  try {
    await checkAppRole(appUrl);
  } catch (cause) {
    if (sqlState(cause)?.startsWith("28") !== true) throw cause;
    throw new OperatorError(
      "database.app_role_password",
      `The application role could not sign in: ${messageOf(cause)}`,
      dbaHint(APP_ROLE),
      { cause },
    );
  }
  return appUrl;
}
