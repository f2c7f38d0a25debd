/** Starts load beside what looks on, and says what it was like. */
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import type { LoadOrder, LoadResult } from "./load-client.ts";

const CLIENT = new URL("./load-client.ts", import.meta.url).pathname;
const run = promisify(execFile);

/** Runs the order in a process of its own. */
export const load = async (order: LoadOrder): Promise<LoadResult> => {
  const running = run(process.execPath, [CLIENT]);
  running.child.stdin?.end(JSON.stringify(order));
  const { stdout } = await running;
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as LoadResult;
};

/** Resident memory of a process in MiB; NaN when it is gone. */
export const residentMiB = (pid: number | undefined): number => {
  const { stdout } = spawnSync("ps", ["-o", "rss=", "-p", String(pid ?? 0)], { encoding: "utf8" });
  return stdout.trim() === "" ? Number.NaN : Number(stdout) / 1024;
};

const ms = (value: number): string => `${Math.round(value)} ms`;

/** One line about a load. */
export const shown = (name: string, { sent, seconds, accepted, shed, ...took }: LoadResult) =>
  `        ${name}: ${Math.round(sent / seconds)}/s sent, ${Math.round(accepted / seconds)}/s accepted, ` +
  `${shed} shed (503 with Retry-After) · accepted p50 ${ms(took.p50Ms)}, p95 ${ms(took.p95Ms)}, ` +
  `p99 ${ms(took.p99Ms)}`;

/** How many answers were wrong; names them. */
export const tellWrong = (wrong: Record<string, number>): number => {
  for (const [what, times] of Object.entries(wrong)) console.log(`        ${times} × ${what}`);
  return Object.values(wrong).reduce((sum, times) => sum + times, 0);
};
