import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { OperatorError } from "../operator-error.ts";

const PATIENCE_MS = 60_000;

/** The process number in the cluster's postmaster.pid, if that file is there and whole. */
export function postmasterPid(cluster: string): number | undefined {
  try {
    const [line] = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(line);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** True when a process of that number lives and is a PostgreSQL server of this very cluster. */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  const proc = `/proc/${pid}`;
  if (existsSync("/proc/self")) {
    try {
      return (
        realpathSync(join(proc, "cwd")) === realpathSync(cluster) &&
        readFileSync(join(proc, "comm"), "utf8").trim() === "postgres"
      );
    } catch {
      return false;
    }
  }
  const listed = spawnSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
  return listed.stdout.includes("postgres") && listed.stdout.includes(cluster);
}

/**
 * Clears what a killed run left behind: a server still running on the cluster is stopped cleanly;
 * a postmaster.pid whose process is gone, or whose number now belongs to something else, is
 * removed (PostgreSQL itself would refuse to start in the second case).
 * The caller holds the folder's lock. Throws `embedded.leftover` if the old server does not stop.
 */
export async function clearLeftover(cluster: string, say: (line: string) => void): Promise<void> {
  const pid = postmasterPid(cluster);
  if (pid !== undefined && isPostmasterOf(pid, cluster)) {
    say(`a database server of an earlier run is still up (process ${pid}); stopping it`);
    process.kill(pid, "SIGINT");
    const until = Date.now() + PATIENCE_MS;
    while (isPostmasterOf(pid, cluster)) {
      if (Date.now() > until) {
        throw new OperatorError(
          "embedded.leftover",
          `The database server of an earlier run does not stop (process ${pid}).`,
          `Look at its log beside ${cluster}, stop that process, and start again.`,
        );
      }
      await sleep(20);
    }
  }
  rmSync(join(cluster, "postmaster.pid"), { force: true });
}
