import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  joinEmbeddedPostgres,
  openEmbeddedPostgres,
  type EmbeddedDatabase,
} from "./embedded-postgres.ts";
import { isPostmasterOf } from "./embedded/leftover.ts";
import { withClient } from "./roles.ts";

const HOLDER = join(import.meta.dirname, "..", "..", "test", "support", "hold-database.ts");
const held = z.object({ pid: z.number(), ownerUrl: z.string() });

let root: string;
let dir: string;
const open: EmbeddedDatabase[] = [];
const holders: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "onegrid-embedded-"));
  chmodSync(root, 0o755);
  dir = join(root, "data 数据");
});

afterEach(async () => {
  for (const holder of holders.splice(0)) holder.kill("SIGKILL");
  for (const database of open.splice(0)) await database.stop();
  rmSync(root, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedDatabase> {
  const database = await openEmbeddedPostgres({ dir });
  open.push(database);
  return database;
}

async function hold(): Promise<z.infer<typeof held> & { holder: ChildProcess }> {
  const holder = spawn(process.execPath, [HOLDER, dir], { stdio: ["ignore", "pipe", "inherit"] });
  holders.push(holder);
  if (!holder.stdout) throw new Error("no output to read");
  const [line]: unknown[] = await once(holder.stdout, "data");
  return { holder, ...held.parse(JSON.parse(String(line))) };
}

const write = (url: string, n: number) =>
  withClient(url, (client) =>
    client.query(`CREATE TABLE IF NOT EXISTS kept (n int); INSERT INTO kept VALUES (${n})`),
  );

const readBack = async (url: string) => {
  const result = await withClient(url, (client) => client.query("SELECT n FROM kept ORDER BY n"));
  return result.rows.map((row: { n: number }) => row.n);
};

function kill9(pid: number): void {
  process.kill(pid, "SIGKILL");
}

describe("the embedded database", () => {
  it("is made once, keeps its port and data, and keeps its passwords to itself", async () => {
    const first = await start();
    expect(first.isNew).toBe(true);
    await write(first.ownerUrl, 1);
    await first.stop();
    const second = await start();
    expect(second).toMatchObject({ isNew: false, port: first.port, ownerUrl: first.ownerUrl });
    expect(await readBack(second.ownerUrl)).toEqual([1]);
    expect(statSync(join(dir, "database", "cluster.json")).mode & 0o077).toBe(0);
  });

  it("refuses a second start and names the process that has it", async () => {
    const { holder } = await hold();
    await expect(openEmbeddedPostgres({ dir })).rejects.toMatchObject({
      code: "embedded.locked",
      message: expect.stringContaining(`process ${holder.pid}`),
    });
  });

  it("lets a command join the server that another process runs, and leaves it running", async () => {
    expect(await joinEmbeddedPostgres(dir)).toBeUndefined();
    const { pid, ownerUrl } = await hold();
    const joined = await joinEmbeddedPostgres(dir);
    expect(joined?.ownerUrl).toBe(ownerUrl);
    await joined?.stop();
    expect(isPostmasterOf(pid, join(dir, "database", "cluster"))).toBe(true);
  });

  it("recovers committed data after kill -9 of the database server", async () => {
    const first = await start();
    await write(first.ownerUrl, 1);
    kill9(first.pid);
    await first.exited;
    await first.stop();
    expect(await readBack((await start()).ownerUrl)).toEqual([1]);
  });

  it("ends the server after kill -9 of its owner, and starts again on the same data", async () => {
    const { holder, pid, ownerUrl } = await hold();
    await write(ownerUrl, 7);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    const again = await start();
    expect(await readBack(again.ownerUrl)).toEqual([7]);
    expect(again.pid).not.toBe(pid);
    expect(isPostmasterOf(pid, join(dir, "database", "cluster"))).toBe(false);
  });

  it("is not fooled by a postmaster.pid whose number now belongs to another process", async () => {
    const first = await start();
    await write(first.ownerUrl, 3);
    await first.stop();
    const cluster = realpathSync(join(dir, "database", "cluster"));
    // Our parent is alive and not a database server of this folder.
    const lines = [process.ppid, cluster, 0, first.port, "", "127.0.0.1", "", "ready", ""];
    writeFileSync(join(cluster, "postmaster.pid"), lines.join("\n"));
    expect(await readBack((await start()).ownerUrl)).toEqual([3]);
  });

  it("takes another port when the remembered one is taken", async () => {
    const first = await start();
    await first.stop();
    const blocker = spawn(process.execPath, [
      "-e",
      `require("net").createServer().listen(${first.port}, "127.0.0.1", () => console.log("up"))`,
    ]);
    holders.push(blocker);
    await once(blocker.stdout, "data");
    const second = await start();
    expect(second.port).not.toBe(first.port);
    await withClient(second.ownerUrl, (client) => client.query("SELECT 1"));
  });

  it("says so when the passwords of an existing cluster are gone", async () => {
    await (await start()).stop();
    rmSync(join(dir, "database", "cluster.json"));
    await expect(openEmbeddedPostgres({ dir })).rejects.toMatchObject({
      code: "embedded.settings_damaged",
    });
  });
});
