import { sql } from "kysely";
import pg from "pg";
import { forgetTheFuture } from "./clock-steps.ts";
import type { Db } from "./database.ts";

/*
 * A worker that is killed leaves its jobs locked, and the queue frees them after four hours. Here a
 * pool of workers holds an advisory lock of its own name as long as its process lives: PostgreSQL
 * gives it up with the connection, whichever way the process ended. Whose jobs nobody lives for are
 * freed by any other worker, or by the same one when it is started again.
 */

/** First key of these locks (`ogwk`); the second is the hash of the pool's name. */
const LIVES = 0x6f67_776b;

/** How often a worker looks for jobs of the dead; they are freed at the second look. */
export const SWEEP_MS = 20_000;

const RETRY_MS = 1_000;

/** A machine that lost its power says nothing: its connection is taken for dead after half a minute. */
const KEEPALIVES =
  "SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";

/** Shows that the pool lives, until `close`; a lost connection is made again at once. */
export const showLife = async (url: string, poolName: string): Promise<() => Promise<void>> => {
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;

  const open = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: url,
      application_name: "onegrid worker",
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    const lose = () => {
      if (closed || client !== next) return;
      client = null;
      again();
    };
    next.on("error", lose);
    next.on("end", lose);
    try {
      await next.connect();
      await next.query(KEEPALIVES);
      await next.query("SELECT pg_advisory_lock_shared($1, hashtext($2))", [LIVES, poolName]);
    } catch {
      await next.end().catch(() => {});
      if (!closed) again();
      return;
    }
    if (closed) await next.end();
    else client = next;
  };

  const again = () => {
    retry = setTimeout(() => void open(), RETRY_MS);
    retry.unref();
  };

  await open();
  return async () => {
    closed = true;
    if (retry !== null) clearTimeout(retry);
    await client?.end();
  };
};

/** Names of pools that hold jobs and do not show that they live. */
const selectDead = async (db: Db): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    WITH holder AS (
      SELECT locked_by AS name FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL
      UNION
      SELECT locked_by FROM graphile_worker._private_job_queues WHERE locked_by IS NOT NULL)
    SELECT name FROM holder WHERE NOT EXISTS (SELECT FROM pg_locks l
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.classid = ${LIVES}::bigint::oid
        AND l.objid = (hashtext(holder.name)::bigint & 4294967295)::oid)`.execute(db);
  return rows.map(({ name }) => name);
};

/**
 * Frees the jobs of workers that are gone. `suspects` are those without a sign of life at the last
 * look: once may be a connection that is just being made again, twice is death. Answers whose jobs
 * were freed, and the suspects for the next look.
 */
export const freeJobsOfTheDead = async (
  db: Db,
  suspects: ReadonlySet<string>,
): Promise<{ freed: string[]; suspects: ReadonlySet<string> }> => {
  const dead = await selectDead(db);
  const freed = dead.filter((name) => suspects.has(name));
  if (freed.length > 0) {
    await sql`SELECT graphile_worker.force_unlock_workers(${freed}::text[])`.execute(db);
  }
  return { freed, suspects: new Set(dead.filter((name) => !suspects.has(name))) };
};

/**
 * Shows that the pool lives and looks after the jobs of others, until `close`. `onFreed` hears whose
 * jobs were freed; a look that fails is told to `onError` and made again at the next time.
 */
export const watchWorkers = async (
  { db, url, poolName }: { db: Db; url: string; poolName: string },
  {
    everyMs = SWEEP_MS,
    onFreed,
    onError,
  }: {
    everyMs?: number;
    onFreed: (names: string[]) => void;
    onError: (error: unknown) => void;
  },
): Promise<{ close(): Promise<void> }> => {
  const stopShowing = await showLife(url, poolName);
  let suspects: ReadonlySet<string> = new Set();
  let looking: Promise<void> = Promise.resolve();
  const look = async () => {
    try {
      // The database's clock may have been put back, not ours.
      await forgetTheFuture(db);
      const looked = await freeJobsOfTheDead(db, suspects);
      ({ suspects } = looked);
      if (looked.freed.length > 0) onFreed(looked.freed);
    } catch (error) {
      onError(error);
    }
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await looking;
      await stopShowing();
    },
  };
};
