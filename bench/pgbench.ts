/** PostgreSQL's own load generator, which benchmarks are held against. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

export const PGBENCH_CLIENTS = 16;

/** pgbench, from the path or from where Debian puts it. */
export const findPgbench = (): string => {
  if (spawnSync("pgbench", ["--version"]).status === 0) return "pgbench";
  const debian = "/usr/lib/postgresql";
  const found = (existsSync(debian) ? readdirSync(debian) : [])
    .map((version) => join(debian, version, "bin", "pgbench"))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error("pgbench is missing: apt-get install postgresql");
  return found;
};

/** How often a second `PGBENCH_CLIENTS` clients get through a script. */
export const pgbenchRate = (
  pgbench: string,
  script: string,
  { url, seconds, mode }: { url: string; seconds: number; mode: "prepared" | "simple" },
): number => {
  const options = ["-n", "-M", mode, "-c", String(PGBENCH_CLIENTS), "-j", "2"];
  const { stdout, stderr, status, error } = spawnSync(
    pgbench,
    [...options, "-T", String(seconds), "-f", script, url],
    // What it says of each failed statement repeats the statement.
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1];
  if (status !== 0 || tps === undefined) {
    const said = `${stderr.slice(0, 4_000)}\n${stdout.slice(0, 1_000)}`;
    throw new Error(`pgbench ended with ${status}: ${said}`, { cause: error });
  }
  return Number(tps);
};
