/** An installation whose server, worker, database and connections can be struck each by itself. */
import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { postmasterPid } from "../apps/server/src/platform/embedded/leftover.ts";
import {
  openDatabaseOf,
  openInstallation,
  type OpenDatabase,
} from "../apps/server/src/platform/installation.ts";
import { withClient } from "../apps/server/src/platform/roles.ts";
import { MINI, MINI_ACCOUNTS, seedMiniCounty } from "../apps/server/test/support/mini-county.ts";
import type { MovableClocks } from "./fault-clock.ts";
import { keepPrograms, type KeptPrograms } from "./fault-programs.ts";
import { openCuttingProxy, type CuttingProxy } from "./fault-proxy.ts";

export type FaultSite = {
  /** Where clients ask, through the proxy that can cut answers. */
  url: string;
  /** The server itself. */
  directUrl: string;
  /** What server and worker wrote: errors. */
  logFile: string;
  /** Headers of a signed-in worker. */
  headers: Record<string, string>;
  ownerUrl: string;
  appUrl: string;
  filesDir: string;
  programs: KeptPrograms;
  proxy: CuttingProxy;
  /** Kills the database server (-9) and brings it up again. */
  killDatabase(): Promise<void>;
  /** The status that a path of the server answers past the proxy; null without an answer. */
  statusOf(path: string): Promise<number | null>;
  /** Resolves when the server answers and reaches its database, which is brought up if it ended. */
  untilReady(): Promise<void>;
  close(): Promise<void>;
};

const READY_MS = 180_000;
const ANSWER_MS = 10_000;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const signIn = async (ownerUrl: string): Promise<Record<string, string>> => {
  const secret = randomBytes(32).toString("base64url");
  const csrf = randomBytes(32).toString("base64url");
  await withClient(ownerUrl, (client) =>
    client.query(
      `INSERT INTO session (county_code, session_hash, account_id, csrf_token, expires_at)
       VALUES ($1, $2, $3, $4, now() + interval '7 days')`,
      [
        MINI.county,
        createHash("sha256").update(secret).digest(),
        MINI_ACCOUNTS.find(({ login }) => login === "worker1")?.id,
        csrf,
      ],
    ),
  );
  return {
    cookie: `onegrid_session=${MINI.county}.${secret}`,
    "x-csrf-token": csrf,
  };
};

/** The embedded database, and whether it has ended by itself. */
const openKeptDatabase = async (dataDir: string) => {
  const installation = await openInstallation({ dataDir }, "serve");
  let database: OpenDatabase = {
    ...installation,
    exited: installation.databaseExited,
    stop: installation.close,
  };
  let hasEnded = false;
  const watch = async (watched: OpenDatabase): Promise<void> => {
    await watched.exited;
    if (database === watched) hasEnded = true;
  };
  void watch(database);
  const again = async (): Promise<void> => {
    await database.exited;
    await database.stop();
    database = await openDatabaseOf({ dataDir }, "serve");
    hasEnded = false;
    void watch(database);
  };
  return {
    installation,
    stop: () => database.stop(),
    openIfEnded: () => (hasEnded ? again() : Promise.resolve()),
    kill: async () => {
      const pid = postmasterPid(join(realpathSync(join(dataDir, "database")), "cluster"));
      if (pid !== undefined) process.kill(pid, "SIGKILL");
      await again();
    },
  };
};

/** With clocks, what this process starts believes its database's machine; answers how to undo it. */
const believe = (clocks: MovableClocks | null): (() => void) => {
  if (clocks === null) return () => {};
  const env = clocks.env("database");
  Object.assign(process.env, env);
  return () => {
    for (const name of Object.keys(env)) delete process.env[name];
  };
};

/**
 * Opens a new installation (durable, fsync on) with the mini county in `parent`, and its programs,
 * which believe `clocks` where there are any.
 */
export const openFaultSite = async (
  parent: string = tmpdir(),
  clocks: MovableClocks | null = null,
): Promise<FaultSite> => {
  const believeNoMore = believe(clocks);
  const dataDir = mkdtempSync(join(parent, "onegrid-faults-"));
  // The database's account can enter, so the database lies here, on the disk that was asked for.
  chmodSync(dataDir, 0o755);
  const database = await openKeptDatabase(dataDir);
  const { ownerUrl, appUrl, filesDir, dataKey } = database.installation;
  await seedMiniCounty(ownerUrl);
  const port = await freePort();
  const proxy = await openCuttingProxy(port);
  const headers = await signIn(ownerUrl);
  const logFile = join(dataDir, "programs.log");
  const env = {
    ...process.env,
    ...clocks?.env("programs"),
    // As the launcher does: a third of a start is compiling.
    NODE_COMPILE_CACHE: join(dataDir, "compile-cache"),
    ONEGRID_PORT: String(port),
    ONEGRID_DATABASE_URL: appUrl,
    ONEGRID_FILES_DIR: filesDir,
    ONEGRID_LOG_LEVEL: "error",
    // Clocks are moved by hours; whose session has idled out is another test's matter.
    ONEGRID_SESSION_IDLE_MINUTES: "720",
    // One account stands for all of them.
    ONEGRID_ACCOUNT_REQUESTS_PER_MINUTE: "10000000",
    ONEGRID_ANONYMOUS_READS_PER_MINUTE: "10000000",
    ONEGRID_DATA_KEY: Buffer.from(dataKey).toString("base64"),
  };
  const programs = keepPrograms(env, logFile);
  const directUrl = `http://127.0.0.1:${port}`;
  const statusOf = (path: string) =>
    fetch(directUrl + path, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
      ({ status }) => status,
      () => null,
    );
  return {
    url: proxy.url,
    directUrl,
    logFile,
    headers,
    ownerUrl,
    appUrl,
    filesDir,
    statusOf,
    programs,
    proxy,
    killDatabase: database.kill,
    untilReady: async () => {
      const until = performance.now() + READY_MS;
      while (performance.now() < until) {
        await database.openIfEnded();
        if ((await statusOf("/readyz")) === 200) return;
        await wait(25);
      }
      throw new Error("the server is not ready again");
    },
    close: async () => {
      await programs.close();
      await proxy.close();
      await database.stop();
      believeNoMore();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
