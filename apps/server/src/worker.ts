import { EventEmitter } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Logger, parseCronItems, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { pino, type Logger as Log } from "pino";
import { attachmentTasks } from "./modules/attachments/index.ts";
import { auditTasks } from "./modules/audit/index.ts";
import { boardTasks } from "./modules/board/index.ts";
import { caseTasks } from "./modules/cases/index.ts";
import { exportTasks } from "./modules/exports/index.ts";
import { feedbackTasks } from "./modules/feedback/index.ts";
import { gridChangeTasks } from "./modules/grid-changes/index.ts";
import { identityTasks, refuseUnreadyProcess } from "./modules/identity/index.ts";
import { importTasks } from "./modules/imports/index.ts";
import { notificationTasks } from "./modules/notifications/index.ts";
import { postTasks } from "./modules/posts/index.ts";
import { suggestionTasks } from "./modules/suggestions/index.ts";
import { systemClock, type Clock } from "./platform/clock.ts";
import { forgetTheFuture, watchClock } from "./platform/clock-steps.ts";
import { configFromEnvironment, type Config } from "./platform/config.ts";
import { keepRing } from "./platform/data-keys/keep-ring.ts";
import { openDatabase } from "./platform/database.ts";
import { logDestination } from "./platform/log.ts";
import {
  graphileJobs,
  type JobName,
  type JobPayloads,
  type Task,
  type WorkerServices,
} from "./platform/jobs.ts";
import { watchWorkers } from "./platform/worker-liveness.ts";

/** Every job there is; one without a task does not compile. */
const TASKS: { [Name in JobName]: Task<Name> } = {
  ...attachmentTasks,
  ...auditTasks,
  ...boardTasks,
  ...caseTasks,
  ...exportTasks,
  ...gridChangeTasks,
  ...identityTasks,
  ...feedbackTasks,
  ...importTasks,
  ...notificationTasks,
  ...postTasks,
  ...suggestionTasks,
};

const HOUR_MS = 3_600_000;

/**
 * What runs by the clock (minute hour day month weekday, UTC); a run missed while no worker was up
 * is made up for within `backfillMs`.
 */
const SCHEDULE: { task: JobName; match: string; backfillMs: number }[] = [
  { task: "attachments.remove_unnamed", match: "7 * * * *", backfillMs: 2 * HOUR_MS },
  { task: "audit.anchor", match: "37 18 * * *", backfillMs: 48 * HOUR_MS },
  { task: "board.compact_tallies", match: "*/10 * * * *", backfillMs: 0 },
  { task: "cases.fire_milestones", match: "* * * * *", backfillMs: 0 },
  { task: "cases.remove_expired_contacts", match: "27 19 * * *", backfillMs: 24 * HOUR_MS },
  { task: "exports.remove_expired", match: "27 * * * *", backfillMs: 2 * HOUR_MS },
  { task: "imports.remove_expired", match: "57 * * * *", backfillMs: 2 * HOUR_MS },
  { task: "feedback.draw_sample", match: "47 * * * *", backfillMs: 2 * HOUR_MS },
  { task: "notifications.remove_expired", match: "37 19 * * *", backfillMs: 24 * HOUR_MS },
  { task: "identity.remove_expired_sessions", match: "17 * * * *", backfillMs: 2 * HOUR_MS },
  { task: "suggestions.train", match: "17 20 * * 6", backfillMs: 72 * HOUR_MS },
];

/** As items, because the text form of a crontab does not take the dots of our jobs' names. */
const cronItems = () =>
  parseCronItems(
    SCHEDULE.map(({ task, match, backfillMs }) => ({
      task,
      match,
      options: { backfillPeriod: backfillMs, jobKey: task },
    })),
  );

const JOBS_AT_ONCE = 2;
const CONNECTIONS = 4;

// The queue hands on what was stored under this very name, so the payload has the name's type.
const taskOf =
  <Name extends JobName>(name: Name, services: WorkerServices) =>
  (payload: unknown): Promise<void> =>
    TASKS[name](services, payload as JobPayloads[Name]);

const taskList = (services: WorkerServices): TaskList =>
  Object.fromEntries(
    (Object.keys(TASKS) as JobName[]).map((name) => [name, taskOf(name, services)]),
  );

/** The queue's own messages, through the server's log. */
const queueLogger = (log: Log): Logger =>
  new Logger(() => (kind, message) => {
    if (kind === "error" || kind === "warning") log[kind === "error" ? "error" : "warn"](message);
    else log.debug(message);
  });

type Running = { close(): Promise<void> };

/** The queue with its schedule and its sign of life, from the present on. */
const runQueue = async (
  services: WorkerServices,
  log: Log,
  sweepMs: number | undefined,
): Promise<Running> => {
  const { config, database } = services;
  await forgetTheFuture(database.db);
  // The queue names its pool as it starts, and holds its jobs under that name.
  const events: WorkerEvents = new EventEmitter();
  const named = new Promise<string>((resolve) => {
    events.once("pool:create", ({ workerPool }) => resolve(workerPool.id));
  });
  const runner = await run({
    events,
    connectionString: config.databaseUrl,
    taskList: taskList(services),
    parsedCronItems: cronItems(),
    concurrency: JOBS_AT_ONCE,
    maxPoolSize: CONNECTIONS,
    noHandleSignals: true,
    logger: queueLogger(log),
  });
  const watch = await watchWorkers(
    { db: database.db, url: config.databaseUrl, poolName: await named },
    {
      ...(sweepMs !== undefined && { everyMs: sweepMs }),
      onFreed: (names) => log.warn(`freed the jobs of workers that are gone: ${names.join(", ")}`),
      onError: (error) => log.error({ err: error }, "could not look for jobs of dead workers"),
    },
  );
  return {
    close: async () => {
      await runner.stop();
      await watch.close();
    },
  };
};

const AGAIN_MS = 1_000;

/**
 * Runs the jobs until `close`, which lets those under way end. Any number of processes may run
 * beside each other: a job is taken by one of them, and again by another, or by the next one that is
 * started, within a minute when that one dies. `sweepMs`: how often it looks for the jobs of the dead;
 * `wallMs`: the clock of the machine, after which the schedule runs.
 */
export const startWorker = async (
  config: Config,
  clock: Clock = systemClock,
  { sweepMs, wallMs }: { sweepMs?: number; wallMs?: () => number } = {},
): Promise<Running> => {
  const log = pino({ level: config.logLevel, name: "jobs" }, logDestination());
  const database = openDatabase({ url: config.databaseUrl, maxConnections: CONNECTIONS });
  const ring = await keepRing(database.pool, config.dataKey, {
    onError: (error) => log.error({ err: error }, "the data keys cannot be read"),
  });
  const services = { config, database, clock, jobs: graphileJobs };
  const closing = new AbortController();
  let running: Promise<Running | null> = runQueue(services, log, sweepMs);
  await running;

  const begin = async (): Promise<Running | null> => {
    while (!closing.signal.aborted) {
      try {
        return await runQueue(services, log, sweepMs);
      } catch (error) {
        log.error({ err: error }, "the queue cannot start again");
        await wait(AGAIN_MS);
      }
    }
    return null;
  };
  const again = async (old: Running | null): Promise<Running | null> => {
    await old
      ?.close()
      .catch((error: unknown) => log.error({ err: error }, "the queue ended badly"));
    return begin();
  };
  const stopWatching = watchClock(() => {
    log.warn("the clock was put back; the queue starts again from the present");
    running = running.then(again);
  }, wallMs);
  return {
    close: async () => {
      stopWatching();
      closing.abort();
      await (await running)?.close();
      ring.close();
      await database.close();
    },
  };
};

if (import.meta.main) {
  const config = configFromEnvironment(process.env);
  await refuseUnreadyProcess(config, process.argv, process.env);
  const worker = await startWorker(config);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void worker.close().then(() => process.exit(0));
    });
  }
}
