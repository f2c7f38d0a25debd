import { spawn, type ChildProcess } from "node:child_process";
import { chownSync, closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { OperatorError } from "../operator-error.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { clearLeftover, postmasterPid } from "./leftover.ts";
import type { OsUser } from "./os-user.ts";
import { serverArguments, type Durability } from "./settings.ts";

/** What a start needs to know. `folder` holds `cluster/` and `log/`; `port` is on 127.0.0.1. */
export interface PostmasterPlan {
  folder: string;
  cluster: string;
  binaries: PostgresBinaries;
  user: OsUser | undefined;
  port: number;
  durability: Durability;
  say: (line: string) => void;
  /** Settings beside the usual ones: archiving, recovery. */
  settings?: Record<string, string>;
  /** How long the start may take; two minutes unless told. */
  patienceMs?: number;
}

/**
 * A running server. `exited` settles when its process ends, for whatever reason; `stop` may be called
 * again.
 */
export interface Postmaster {
  pid: number;
  exited: Promise<void>;
  stop(): Promise<void>;
}

const START_PATIENCE_MS = 120_000;
const STOP_PATIENCE_MS = 30_000;
/** Children of a killed server need a moment to notice and let go of the shared memory. */
const RETRY_MS = 10_000;

/** PostgreSQL writes its state in the eighth line of postmaster.pid; pg_ctl looks there too. */
function isReady(cluster: string, pid: number): boolean {
  if (postmasterPid(cluster) !== pid) return false;
  const state = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[7];
  return state?.trim() === "ready";
}

/**
 * Ends the server when this process dies without having stopped it, kill -9 included: the helper
 * reads a pipe that only this process holds, and the kernel closes that pipe for it.
 */
function guard(pid: number): ChildProcess {
  const script = 'read -r _ || kill -INT "$1" 2>/dev/null';
  const helper = spawn("/bin/sh", ["-c", script, "sh", String(pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  helper.unref();
  return helper;
}

function launch(plan: PostmasterPlan, logFolder: string, startLog: string): ChildProcess {
  const log = openSync(startLog, "w", 0o600);
  if (plan.user) chownSync(startLog, plan.user.uid, plan.user.gid);
  const { cluster, port, durability, settings } = plan;
  const args = ["-D", cluster, ...serverArguments(port, logFolder, durability, settings)];
  // Detached: Ctrl-C reaches the whole process group, and the server must outlive our draining.
  const child = spawn(plan.binaries.postgres, args, {
    ...plan.user,
    cwd: "/",
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, LC_ALL: "C" },
  });
  closeSync(log);
  return child;
}

async function stopProcess(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.ref();
  child.kill("SIGINT");
  const late = sleep(STOP_PATIENCE_MS, "late", { ref: false });
  if ((await Promise.race([exited, late])) === "late") {
    // Immediate shutdown: loses nothing, the next start replays the log.
    child.kill("SIGQUIT");
    await exited;
  }
}

/** One try: a running server, or undefined when its process ended or took too long. */
async function attempt(
  plan: PostmasterPlan,
  logFolder: string,
  startLog: string,
): Promise<Postmaster | undefined> {
  const child = launch(plan, logFolder, startLog);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const { pid } = child;
  if (pid === undefined) return undefined;
  const helper = guard(pid);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= stopProcess(child, exited).then(() => void helper.stdin?.end("\n"));
    return stopped;
  };
  const until = Date.now() + (plan.patienceMs ?? START_PATIENCE_MS);
  while (child.exitCode === null && child.signalCode === null && Date.now() < until) {
    if (isReady(plan.cluster, pid)) {
      // The server must not keep an otherwise finished process alive.
      child.unref();
      return { pid, exited, stop };
    }
    await sleep(10);
  }
  await stop();
  return undefined;
}

/**
 * Starts the server of `plan.cluster` and resolves when it takes connections. The caller holds the
 * folder's lock. Throws `embedded.start_failed` with the end of the server's own log.
 */
export async function startPostmaster(plan: PostmasterPlan): Promise<Postmaster> {
  const logFolder = join(plan.folder, "log");
  mkdirSync(logFolder, { recursive: true, mode: 0o700 });
  if (plan.user) chownSync(logFolder, plan.user.uid, plan.user.gid);
  const startLog = join(logFolder, "start.log");
  const retryUntil = Date.now() + RETRY_MS;
  for (;;) {
    await clearLeftover(plan.cluster, plan.say);
    const postmaster = await attempt(plan, logFolder, startLog);
    if (postmaster) return postmaster;
    const output = readFileSync(startLog, "utf8");
    if (!output.includes("shared memory block") || Date.now() > retryUntil) {
      throw new OperatorError(
        "embedded.start_failed",
        `PostgreSQL did not start:\n${output.trim().split("\n").slice(-8).join("\n")}`,
        `Its logs lie in ${logFolder}`,
      );
    }
    await sleep(100);
  }
}
