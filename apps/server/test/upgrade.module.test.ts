import { chmodSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { buildApp, type App } from "../src/app.ts";
import { command as audit } from "../src/commands/audit.ts";
import { command as doctor } from "../src/commands/doctor.ts";
import { finishUpgrade } from "../src/commands/finish-upgrade.ts";
import { loadTables } from "../src/platform/backup/load.ts";
import { newestOf, readManifest } from "../src/platform/backup/manifest.ts";
import { systemClock } from "../src/platform/clock.ts";
import { openDatabase } from "../src/platform/database.ts";
import { openInstallation, type Whereabouts } from "../src/platform/installation.ts";
import { migrate, migrationState } from "../src/platform/migrate.ts";
import { withClient } from "../src/platform/roles.ts";
import { emptyDatabase, type TestDatabase } from "./support/database.ts";

/**
 * The installation that the foundation (commit acd3d58, migrations to 0011, the oldest a county
 * could have run) made: its own sample county with 29 cases of its lifecycle and a resident's report
 * with a contact, in its own backup.
 */
const RELEASE = join(import.meta.dirname, "releases", "foundation");
const CASES = 30;
const REPORTED = "0193b7a0-0000-7000-8000-000000000011";
const PASSWORD = "IjMK2HsuyjKb";

let dataDir: string;
let database: TestDatabase;
let where: Whereabouts;
let app: App | undefined;
const printed: string[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "onegrid-upgrade-"));
  chmodSync(dataDir, 0o755);
  copyFileSync(join(RELEASE, "secrets.json"), join(dataDir, "secrets.json"));
  database = await emptyDatabase();
  where = { dataDir, databaseUrl: database.ownerUrl, appDatabaseUrl: database.appUrl };
  vi.stubEnv("ONEGRID_APP_DATABASE_URL", database.appUrl);
  vi.spyOn(console, "log").mockImplementation((line: unknown) => void printed.push(String(line)));
  const manifest = readManifest(RELEASE);
  const old = await openInstallation(where, "serve", undefined, newestOf(manifest));
  await loadTables(old.ownerUrl, RELEASE, manifest, () => {});
  await old.close();
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await app?.close();
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const count = async (): Promise<{
  cases: number;
  events: number;
  people: number;
  lines: number;
}> => {
  const { rows } = await withClient(database.ownerUrl, (client) =>
    client.query(`SELECT (SELECT count(*)::int FROM cases) AS cases,
                         (SELECT count(*)::int FROM case_event) AS events,
                         (SELECT count(*)::int FROM account) AS people,
                         (SELECT count(*)::int FROM audit_event) AS lines`),
  );
  return rows[0];
};

/** Ends the migrator's connection while it is at its `nth` file, as kill -9 of it would. */
const killedAt = async (nth: number): Promise<void> => {
  let begun = 0;
  const kills: Promise<unknown>[] = [];
  const say = (line: string): void => {
    if (!line.startsWith("migration ") || (begun += 1) !== nth) return;
    kills.push(
      withClient(inject("testServer").superuserUrl, (client) =>
        client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = $1 AND application_name = 'onegrid setup'`,
          [database.name],
        ),
      ),
    );
  };
  await expect(migrate({ ownerUrl: database.ownerUrl, say })).rejects.toThrow(
    /terminat|closed|ended|not queryable|ECONNRESET/i,
  );
  await Promise.all(kills);
};

const run = (command: typeof doctor) =>
  command.run(["--data", dataDir, "--database-url", database.ownerUrl]);

it("brings the foundation's data to the newest schema, cut off twice, with nothing lost", async () => {
  expect(newestOf(readManifest(RELEASE))).toBe(11);
  const before = await count();
  expect(before.cases).toBe(CASES);
  await killedAt(1);
  const once = await migrationState(database.ownerUrl);
  expect(once.pending.length).toBeGreaterThan(0);
  await killedAt(20);
  const twice = await migrationState(database.ownerUrl);
  expect(twice.applied.length).toBeGreaterThan(once.applied.length);
  expect(twice.pending.length).toBeGreaterThan(0);
  await migrate({ ownerUrl: database.ownerUrl });
  const said: string[] = [];
  await finishUpgrade(database.ownerUrl, (line) => said.push(line));
  // What was folded by fewer rules: 22 fed back in their main line.
  expect(said).toEqual(["23 cases made again from their log"]);

  expect(await count()).toEqual(before);
  // Rows and folds agree for every case; the chain holds from the first line on.
  await run(doctor);
  expect(printed.join("\n")).toContain(`${CASES} agree with their log`);
  // Tests run without fsync, and the doctor says so; nothing else is bad.
  expect(printed.join("\n").match(/^BAD .*$/gm)).toEqual([expect.stringContaining("durability")]);
  expect(await run(audit), printed.join("\n")).toBe(0);
});

it("serves it: an old password signs in, the list is whole, an old contact opens", async () => {
  const { dataKey, filesDir, close } = await openInstallation(where, "serve");
  await close();
  const config = {
    host: "127.0.0.1",
    port: 0,
    databaseUrl: database.appUrl,
    filesDir,
    frontsDir: null,
    secureCookies: false,
    logLevel: "silent" as const,
    dataKey,
  };
  app = await buildApp(config, {
    clock: systemClock,
    database: openDatabase({ url: database.appUrl }),
  });
  const { http } = app;
  const signedIn = await http.inject({
    method: "POST",
    url: "/api/v1/session",
    payload: { login: "centre", password: PASSWORD },
  });
  expect(signedIn.statusCode, signedIn.body).toBe(200);
  const headers = {
    cookie: `onegrid_session=${signedIn.cookies.find(({ name }) => name === "onegrid_session")?.value}`,
    "x-csrf-token": signedIn.json<{ csrfToken: string }>().csrfToken,
  };
  const list = await http.inject({ url: "/api/v1/cases?limit=100", headers });
  expect(list.json<{ cases: unknown[] }>().cases).toHaveLength(CASES);
  const contact = await http.inject({
    method: "POST",
    url: `/api/v1/cases/${REPORTED}/contact`,
    headers,
    payload: { reason: "ask_place" },
  });
  expect(contact.json()).toEqual({ contact: "13800000011" });
});

it("is refused by a program that is older than the data, in words", async () => {
  await withClient(database.ownerUrl, (client) =>
    client.query(`INSERT INTO schema_migration (number, name, checksum, duration_ms)
                  VALUES (9999, '9999_of_tomorrow.sql', 'x', 1)`),
  );
  await expect(openInstallation(where, "serve")).rejects.toMatchObject({
    code: "migrations.database_newer",
    hint: expect.stringContaining("newer version"),
  });
});
