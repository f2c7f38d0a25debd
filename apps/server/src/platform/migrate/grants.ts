import type pg from "pg";
import { APP_ROLE } from "../roles.ts";

const JOBS_SCHEMA = "graphile_worker";
const JOBS_POLICY = `${APP_ROLE}_jobs`;

/** What the application role needs before any table exists; each migration grants its own tables. */
export async function grantBasics(client: pg.Client): Promise<void> {
  await client.query(`
    GRANT USAGE ON SCHEMA public TO ${APP_ROLE};
    GRANT SELECT ON schema_migration TO ${APP_ROLE};
  `);
}

/**
 * Lets the application role queue and run jobs. graphile-worker switches row-level security on for
 * its tables without a policy, to keep everybody but their owner out; the role needs one.
 */
export async function grantJobs(client: pg.Client): Promise<void> {
  await client.query(`
    GRANT USAGE ON SCHEMA ${JOBS_SCHEMA} TO ${APP_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${JOBS_SCHEMA} TO ${APP_ROLE};
    REVOKE INSERT, UPDATE, DELETE ON ${JOBS_SCHEMA}.migrations FROM ${APP_ROLE};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${JOBS_SCHEMA} TO ${APP_ROLE};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${JOBS_SCHEMA} TO ${APP_ROLE};
  `);
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name
       FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND c.relrowsecurity
        AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = $2)`,
    [JOBS_SCHEMA, JOBS_POLICY],
  );
  for (const { name } of rows) {
    await client.query(
      `CREATE POLICY ${JOBS_POLICY} ON ${JOBS_SCHEMA}.${client.escapeIdentifier(name)}
         TO ${APP_ROLE} USING (true) WITH CHECK (true)`,
    );
  }
}
