import { sql } from "kysely";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Database, Db, Trx } from "./database.ts";

/** Jobs by name with their payloads; a module adds its own by declaration merging. */
// oxlint-disable-next-line typescript/no-empty-interface -- filled by the modules
export interface JobPayloads {}
export type JobName = keyof JobPayloads & string;

/** Queues work in the same transaction as the fact it follows from, so neither is lost alone. */
export type Jobs = {
  /** `key` makes a second job of the same key replace the first while it still waits. */
  add<Name extends JobName>(
    trx: Db | Trx,
    name: Name,
    payload: JobPayloads[Name],
    options?: { key?: string; runAt?: Date },
  ): Promise<void>;
};

/** What a worker process is made of; handed to every task. */
export type WorkerServices = { config: Config; database: Database; clock: Clock; jobs: Jobs };

/** Does one job. It may run twice (a crash after the work): doing it again must change nothing. */
export type Task<Name extends JobName> = (
  services: WorkerServices,
  payload: JobPayloads[Name],
) => Promise<void>;

/** A module's tasks by name; worker.ts puts them together. */
export type Tasks = { [Name in JobName]?: Task<Name> };

/** graphile-worker's queue. */
export const graphileJobs: Jobs = {
  add: async (trx, name, payload, options = {}) => {
    await sql`SELECT graphile_worker.add_job(
      ${name}, ${JSON.stringify(payload)}::json,
      job_key => ${options.key ?? null}::text,
      run_at => ${options.runAt ?? null}::timestamptz)`.execute(trx);
  },
};
