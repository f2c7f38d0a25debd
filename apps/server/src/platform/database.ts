import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import { openChanges, tieChanges } from "./changes.ts";
import type { DB } from "./schema.gen.ts";

export type Db = Kysely<DB>;
export type Trx = Transaction<DB>;

// Days stay `YYYY-MM-DD`: a Date would move them to the server's own time zone.
const { DATE } = pg.types.builtins;
pg.types.setTypeParser(DATE, (value) => value);

/** What a transaction may see; row-level security reads it (migration 0001). */
export type Scope = {
  countyCode: string;
  /** Grid prefix, the county code for everywhere, '' for none. */
  scopeCode: string;
  /** Department, '' for none. */
  unitCode: string;
  /**
   * Read in the order of an index even where the planner would rather sort: it takes a scope for
   * half a hundredth of the county, and is far off when the scope is the county.
   */
  isInOrder?: boolean;
};

export type Database = {
  db: Db;
  pool: pg.Pool;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  url: string;
  /** Connections at most; two cores are busy with about ten. */
  maxConnections?: number;
  /** Called with each statement's text: tests count statements on list pages. */
  onStatement?: (text: string) => void;
};

/**
 * Pages and commands read few rows: a planner that is wrong about how few would start helpers or
 * compile, either of which takes longer than the statement.
 */
const SHORT_STATEMENTS = "-c max_parallel_workers_per_gather=0 -c jit=off";

export const openDatabase = ({
  url,
  maxConnections = 12,
  onStatement,
}: DatabaseOptions): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: "onegrid",
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    options: SHORT_STATEMENTS,
  });
  // A connection lost while idle is replaced at the next query; without a listener it would end us.
  pool.on("error", () => {});
  // So is one lost in the middle of its work: its statement fails, and that is enough.
  pool.on("connect", (client) => client.on("error", () => {}));
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    ...(onStatement && {
      log: (event) => {
        if (event.level === "query") onStatement(event.query.sql);
      },
    }),
  });
  const changes = openChanges(url);
  tieChanges(db, changes);
  return {
    db,
    pool,
    close: async () => {
      await changes.close();
      await db.destroy();
    },
  };
};

/**
 * Begins a transaction and names its county, scope and unit in one round trip. Text without
 * parameters may hold two statements, so the values are written as literals.
 */
const begin = (connection: Db, scope: Scope) => {
  const settings = [
    ["onegrid.county", scope.countyCode],
    ["onegrid.scope", scope.scopeCode],
    ["onegrid.unit", scope.unitCode],
    ...(scope.isInOrder ? [["enable_sort", "off"] as const] : []),
  ] as const;
  const named = settings.map(
    ([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`,
  );
  return sql.raw(`BEGIN; SELECT ${named.join(", ")}`).execute(connection);
};

const inTransaction = <T>(db: Db, scope: Scope, work: (trx: Trx) => Promise<T>): Promise<T> =>
  db.connection().execute(async (connection) => {
    try {
      await begin(connection, scope);
      // One connection that has begun a transaction is what Kysely calls a Transaction.
      const answer = await work(connection as Trx);
      await sql`COMMIT`.execute(connection);
      return answer;
    } catch (error) {
      // When the connection is lost there is nothing left to roll back.
      await sql`ROLLBACK`.execute(connection).catch(() => {});
      throw error;
    }
  });

/**
 * Runs `work` in one transaction that sees only `scope`. Commits when it resolves, rolls back
 * when it throws; serialisation failures and deadlocks are tried again, three times in all.
 */
export const inScope = async <T>(
  db: Db,
  scope: Scope,
  work: (trx: Trx) => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(db, scope, work);
    } catch (error) {
      if (attempt >= 3 || !isRetryable(error)) throw error;
    }
  }
};

/** Marks where a transaction is, to look and not to keep; what it answers goes back there. */
export const savepoint = async (trx: Trx): Promise<() => Promise<void>> => {
  await sql`SAVEPOINT look_only`.execute(trx);
  return async () => {
    await sql`ROLLBACK TO SAVEPOINT look_only`.execute(trx);
  };
};

const RETRYABLE = new Set(["40001", "40P01"]);

/** Whether the same transaction may succeed when tried again: serialisation failure, deadlock. */
export const isRetryable = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code !== undefined && RETRYABLE.has(error.code);

/** The constraint a write ran into, so that a use case can name the problem; else undefined. */
export const violatedConstraint = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError && error.code?.startsWith("23") ? error.constraint : undefined;
