import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "./support/database.ts";
import { MINI_COUNTY, MINI_PASSWORD } from "./support/mini-county.ts";

let database: TestDatabase;
const filesDir = mkdtempSync(join(tmpdir(), "onegrid-log-"));
beforeAll(async () => {
  database = await testDatabase(MINI_COUNTY);
});
afterAll(async () => {
  await database.close();
  rmSync(filesDir, { recursive: true, force: true });
});

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });

it("writes neither secrets nor what people typed into the log of a running server", async () => {
  const port = await freePort();
  const main = join(import.meta.dirname, "..", "src", "main.ts");
  const server = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      ONEGRID_PORT: String(port),
      ONEGRID_DATABASE_URL: database.appUrl,
      ONEGRID_FILES_DIR: filesDir,
      ONEGRID_DATA_KEY: randomBytes(32).toString("base64"),
      ONEGRID_LOG_LEVEL: "debug",
    },
  });
  let log = "";
  server.stdout.on("data", (chunk: Buffer) => (log += chunk.toString()));
  server.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const address = `http://127.0.0.1:${port}/api/v1`;
  try {
    while (
      !(await fetch(`${address}/county`).then(
        ({ ok }) => ok,
        () => false,
      ))
    )
      await pause(100);
    const signIn = await fetch(`${address}/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ login: "worker1", password: MINI_PASSWORD }),
    });
    const cookie = signIn.headers.getSetCookie().join("; ");
    const { csrfToken } = (await signIn.json()) as { csrfToken: string };
    await fetch(`${address}/cases?q=typed-words`, { headers: { cookie } });
    await fetch(`${address}/public/receipts/RECEIPT-12345678`);
    await fetch(`${address}/session`, {
      method: "DELETE",
      headers: { cookie, "x-csrf-token": csrfToken },
    });
    await pause(100);
    const secret = /onegrid_session=[^.]+\.([^;]+)/.exec(cookie)?.[1] ?? "no cookie";
    expect(log).toContain("/api/v1/public/receipts/:receiptCode");
    for (const hidden of [MINI_PASSWORD, secret, csrfToken, "typed-words", "RECEIPT-12345678"]) {
      expect(log).not.toContain(hidden);
    }
    expect(log).not.toContain('127.0.0.1"');
  } finally {
    server.kill("SIGTERM");
  }
});
