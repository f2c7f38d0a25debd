/** The place where reporting is measured: a real installation and the server as its own process. */
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openInstallation } from "../apps/server/src/platform/installation.ts";
import { withClient } from "../apps/server/src/platform/roles.ts";
import { MINI, MINI_ACCOUNTS, seedMiniCounty } from "../apps/server/test/support/mini-county.ts";

const MAIN = new URL("../apps/server/src/main.ts", import.meta.url).pathname;

export type ReportingSite = {
  ownerUrl: string;
  appUrl: string;
  /** Address of the server. */
  url: string;
  /** Headers of a signed-in worker. */
  headers: Record<string, string>;
  close(): Promise<void>;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** A worker's session, made in the table: what is measured is reporting, not signing in. */
const signIn = async (ownerUrl: string): Promise<Record<string, string>> => {
  const [worker] = MINI_ACCOUNTS;
  const secret = randomBytes(32).toString("base64url");
  const csrf = randomBytes(32).toString("base64url");
  await withClient(ownerUrl, (client) =>
    client.query(
      `INSERT INTO session (county_code, session_hash, account_id, csrf_token, expires_at)
       VALUES ($1, $2, $3, $4, now() + interval '2 hours')`,
      [MINI.county, createHash("sha256").update(secret).digest(), worker?.id, csrf],
    ),
  );
  return { cookie: `onegrid_session=${MINI.county}.${secret}`, "x-csrf-token": csrf };
};

const answering = async (url: string): Promise<void> => {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const ready = await fetch(`${url}/readyz`).catch(() => null);
    if (ready?.ok) return;
    await wait(100);
  }
  throw new Error("the server does not answer");
};

/** Opens a new installation (durable, fsync on), the mini county in it, and the server over it. */
export const openReportingSite = async (): Promise<ReportingSite> => {
  const dataDir = mkdtempSync(join(tmpdir(), "onegrid-bench-"));
  const installation = await openInstallation({ dataDir }, "serve");
  await seedMiniCounty(installation.ownerUrl);
  const port = await freePort();
  const server = spawn(process.execPath, [MAIN], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      ONEGRID_PORT: String(port),
      ONEGRID_DATABASE_URL: installation.appUrl,
      ONEGRID_FILES_DIR: installation.filesDir,
      ONEGRID_LOG_LEVEL: "error",
      // One account stands for all of them.
      ONEGRID_ACCOUNT_REQUESTS_PER_MINUTE: "10000000",
      ONEGRID_DATA_KEY: Buffer.from(installation.dataKey).toString("base64"),
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(url);
  return {
    ownerUrl: installation.ownerUrl,
    appUrl: installation.appUrl,
    url,
    headers: await signIn(installation.ownerUrl),
    close: async () => {
      const exited = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await exited;
      await installation.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
