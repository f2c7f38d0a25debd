import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONSENT_VERSION } from "@onegrid/contract";
import pg from "pg";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { signInForTests, TEST_NOW } from "../../../test/support/app.ts";
import { testDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { MINI, MINI_COUNTY } from "../../../test/support/mini-county.ts";
import { buildApp, type App } from "../../app.ts";
import { movableClock } from "../../platform/clock.ts";
import { openDatabase } from "../../platform/database.ts";
import { openInstallation, type Whereabouts } from "../../platform/installation.ts";
import { newPassword } from "../../platform/embedded/remembered.ts";
import { secretsText } from "../../platform/secrets.ts";
import { command as backup } from "../backup.ts";
import { changeInstallationKey, type InstallationStep } from "./change-installation.ts";

let dataDir: string;
let database: TestDatabase;
let where: Whereabouts;
const caseId = newId();
const personId = newId();
const ID_NUMBER = "11010519491231002X";
const FIRST = Buffer.alloc(32, 7);
const file = (name: string) => join(dataDir, name);
const keyIn = (text: string): string => (JSON.parse(text) as { dataKey: string }).dataKey;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "onegrid-keys-"));
  database = await testDatabase(MINI_COUNTY);
  where = { dataDir, databaseUrl: database.ownerUrl, appDatabaseUrl: database.appUrl };
  vi.stubEnv("ONEGRID_APP_DATABASE_URL", database.appUrl);
  vi.spyOn(console, "log").mockImplementation(() => {});
  writeFileSync(file("secrets.json"), secretsText({ dataKey: FIRST, appPassword: newPassword() }));
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Opens the installation as a start does, and serves it for `work`. */
const serving = async (
  work: (app: App, headers: Record<string, string>) => Promise<void>,
): Promise<string> => {
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
  const pool = openDatabase({ url: database.appUrl });
  const app = await buildApp(config, { clock: movableClock(TEST_NOW), database: pool });
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    await work(app, await signInForTests(owner, "centre", TEST_NOW));
  } finally {
    await owner.end();
    await app.close();
  }
  return Buffer.from(dataKey).toString("base64");
};

const post = async ({ http }: App, headers: Record<string, string>, url: string, body: object) =>
  http.inject({ method: "POST", url, headers, payload: body });

const person = {
  name: "李明",
  gridCode: MINI.grid1,
  login: null,
  phone: null,
  idNumber: ID_NUMBER,
};

/** All that was sealed opens, and the same person is still known by the ID number. */
const readAll = () =>
  serving(async (app, headers) => {
    const reason = { reason: "ask_place" };
    const contact = await post(app, headers, `/api/v1/cases/${caseId}/contact`, reason);
    expect([contact.statusCode, contact.json()]).toEqual([200, { contact: "13800000001" }]);
    const data = await post(app, headers, `/api/v1/people/${personId}/data`, { reason: "test" });
    expect(data.json()).toEqual({ phone: null, idNumber: ID_NUMBER });
    const again = await post(app, headers, "/api/v1/people", { ...person, personId: newId() });
    expect(again.statusCode).toBe(409);
  });

const cutAt = (at: InstallationStep) =>
  changeInstallationKey(where, {
    suite: "aes_256_gcm",
    onStep: (step) => {
      if (step === at) throw new Error("killed");
    },
  });

it("changes the installation's key; cut off anywhere, one key opens everything", async () => {
  await serving(async (app, headers) => {
    const reported = await post(app, {}, "/api/v1/public/cases", {
      caseId,
      categoryCode: MINI.categories.litter,
      description: "Rubbish beside the bus stop",
      location: { lng: 107.05, lat: 30.05 },
      accuracyM: 8,
      address: null,
      attachmentIds: [],
      contact: "13800000001",
      contactConsent: CONSENT_VERSION,
      componentCode: null,
    });
    expect(reported.statusCode, reported.body).toBe(201);
    const added = await post(app, headers, "/api/v1/people", { ...person, personId });
    expect(added.statusCode, added.body).toBe(201);
    await expect(cutAt("resealed")).rejects.toMatchObject({ code: "keys.servers_running" });
  });
  const first = FIRST.toString("base64");
  await expect(cutAt("staged")).rejects.toThrow("killed");
  expect(await readAll()).toBe(first);
  // From here on the database knows: the start takes the new key.
  await expect(cutAt("committed")).rejects.toThrow("killed");
  expect(keyIn(readFileSync(file("secrets.json"), "utf8"))).toBe(first);
  const second = await readAll();
  expect(second).not.toBe(first);

  writeFileSync(file("my.key"), Buffer.alloc(31).toString("base64"));
  const suite = "sm4_ctr_hmac_sm3" as const;
  await expect(
    changeInstallationKey(where, { suite, keyFile: file("my.key") }),
  ).rejects.toMatchObject({ code: "keys.bad_key_file" });
  const third = Buffer.alloc(32, 9).toString("base64");
  writeFileSync(file("my.key"), `${third}\n`);
  expect(await changeInstallationKey(where, { suite, keyFile: file("my.key") })).toBe(1);
  expect(await readAll()).toBe(third);

  const to = file("backup");
  expect(await backup.run([to, "--data", dataDir, "--database-url", database.ownerUrl])).toBe(0);
  expect(keyIn(readFileSync(join(to, "secrets.json"), "utf8"))).toBe(third);
});
