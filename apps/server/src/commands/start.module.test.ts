import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isPostmasterOf, postmasterPid } from "../platform/embedded/leftover.ts";

const CLI = join(import.meta.dirname, "..", "cli.ts");

let root: string;
let dir: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "onegrid-start-"));
  chmodSync(root, 0o755);
  dir = join(root, "data dir");
});

afterEach(async () => {
  for (const child of started.splice(0)) {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
  rmSync(root, { recursive: true, force: true });
});

function start(...more: string[]): ChildProcess & { output: string[] } {
  const child = spawn(process.execPath, [CLI, "start", "--no-demo", "--data", dir, ...more], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DATABASE_URL: undefined },
  });
  started.push(child);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface(stream).on("line", (line) => output.push(line));
  }
  return Object.assign(child, { output });
}

/** Resolves to the address that the start prints, or throws with what it printed instead. */
async function ready(child: ChildProcess & { output: string[] }): Promise<string> {
  for (;;) {
    const found = child.output.join("\n").match(/http:\/\/127\.0\.0\.1:\d+/);
    if (found) return found[0];
    if (child.exitCode !== null) throw new Error(child.output.join("\n"));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function ended(child: ChildProcess): Promise<unknown> {
  const [code]: unknown[] = await once(child, "exit");
  return code;
}

describe("onegrid start", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "answers requests, and at %s stops server and database cleanly",
    async (signal) => {
      const child = start("--port", "0");
      const address = await ready(child);
      expect((await fetch(`${address}/healthz`)).status).toBe(200);
      const cluster = join(dir, "database", "cluster");
      const pid = postmasterPid(cluster);
      child.kill(signal);
      expect(await ended(child), child.output.join("\n")).toBe(0);
      expect(child.output.at(-1)).toBe("· the database has stopped");
      expect(pid !== undefined && isPostmasterOf(pid, cluster)).toBe(false);
      await expect(fetch(address)).rejects.toThrow("fetch failed");
    },
  );

  it("serves again after kill -9", async () => {
    const first = start("--port", "0");
    await ready(first);
    first.kill("SIGKILL");
    await ended(first);
    const second = start("--port", "0");
    expect((await fetch(`${await ready(second)}/healthz`)).status).toBe(200);
  });

  it("says that the database is lost, and ends, when the database server is killed", async () => {
    const child = start("--port", "0");
    await ready(child);
    const pid = postmasterPid(join(dir, "database", "cluster"));
    if (pid === undefined) throw new Error("no server");
    process.kill(pid, "SIGKILL");
    expect(await ended(child)).toBe(1);
    expect(child.output.join("\n")).toContain("The database server ended by itself.");
  });

  it("refuses a second start and a taken port in words", async () => {
    const first = start("--port", "0");
    await ready(first);
    const second = start("--port", "0");
    expect(await ended(second)).toBe(1);
    expect(second.output.join("\n")).toContain(`in use by process ${first.pid}`);
    first.kill("SIGTERM");
    await ended(first);

    const blocker = createServer().listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const address = blocker.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const third = start("--port", String(port));
    expect(await ended(third)).toBe(1);
    expect(third.output.join("\n")).toContain(`Port ${port} is in use.`);
    blocker.close();
  });
});
