import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONSENT_VERSION } from "@onegrid/contract";
import pg from "pg";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../test/support/app.ts";
import { MINI, MINI_ACCOUNTS } from "../../test/support/mini-county.ts";
import { totpOwner } from "../modules/identity/index.ts";
import { openKept, sealToKeep } from "../platform/data-keys/ring.ts";
import { withClient } from "../platform/roles.ts";
import { command } from "./keys.ts";
import { readKeyStatus } from "./keys/key-status.ts";
import { rotateKeys } from "./keys/rotate-keys.ts";
import { SEALED_COLUMNS } from "./keys/sealed-columns.ts";

let app: TestApp;
let centre: TestClient;
/** Much longer than the server goes without a look. */
const WAIT_MS = 200;
const ID_NUMBER = "11010519491231002X";
const contacts = new Map<string, string>();
const personId = newId();
const worker = MINI_ACCOUNTS.find(({ login }) => login === "worker1")?.id ?? "";

const report = async (contact: string) => {
  const caseId = newId();
  const answer = await app.anonymous.post("/api/v1/public/cases", {
    caseId,
    categoryCode: MINI.categories.litter,
    description: "Rubbish beside the bus stop",
    location: { lng: 107.05, lat: 30.05 },
    accuracyM: 8,
    address: null,
    attachmentIds: [],
    contact,
    contactConsent: CONSENT_VERSION,
    componentCode: null,
  });
  if (answer.statusCode >= 300) throw new Error(answer.body);
  contacts.set(caseId, contact);
};

beforeAll(async () => {
  app = await testApp({ config: { dataKeyRefreshMs: 50 } });
  centre = await app.as("centre");
  for (let n = 0; n < 5; n += 1) await report(`1380000000${n}`);
  const person = { personId, name: "李明", gridCode: MINI.grid1, login: null };
  const added = await centre.post("/api/v1/people", {
    ...person,
    phone: "13900001111",
    idNumber: ID_NUMBER,
  });
  if (added.statusCode !== 201) throw new Error(added.body);
  const { ciphertext } = sealToKeep(app.config.dataKey, totpOwner(MINI.county, worker), "SECRET");
  await app.owner.query(
    `INSERT INTO totp_secret (county_code, account_id, ciphertext, last_step, created_at)
     VALUES ($1, $2, $3, 0, now())`,
    [MINI.county, worker, ciphertext],
  );
});
afterAll(() => app?.close());

/** Everything that is sealed, read by the running server. */
const readAll = async () => {
  for (const [caseId, contact] of contacts) {
    const answer = await centre.post(`/api/v1/cases/${caseId}/contact`, { reason: "ask_place" });
    expect([answer.statusCode, answer.json()]).toEqual([200, { contact }]);
  }
  const person = await centre.post(`/api/v1/people/${personId}/data`, { reason: "test" });
  expect(person.json()).toEqual({ phone: "13900001111", idNumber: ID_NUMBER });
  const { rows } = await app.owner.query("SELECT ciphertext FROM totp_secret");
  expect(openKept(app.config.dataKey, totpOwner(MINI.county, worker), rows[0].ciphertext)).toBe(
    "SECRET",
  );
};

const status = () => withClient(app.database.ownerUrl, readKeyStatus);
/** Ends the rotation's connection where it stands, as a kill would; `at` counts its steps. */
const rotate = (suite: "aes_256_gcm" | "sm4_ctr_hmac_sm3", at = Infinity) =>
  withClient(app.database.ownerUrl, async (client) => {
    let steps = 0;
    const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
    return rotateKeys(client, new Uint8Array(app.config.dataKey), {
      suite,
      waitMs: WAIT_MS,
      batchRows: 4,
      onStep: async () => {
        await readAll();
        steps += 1;
        if (steps === at) await app.owner.query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
      },
    });
  });

it("knows every column that names a data key", async () => {
  const { rows } = await app.owner.query(
    `SELECT k.conrelid::regclass::text || '.' || a.attname AS name FROM pg_constraint k
       JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
      WHERE k.contype = 'f' AND k.confrelid = 'data_key'::regclass`,
  );
  const known = SEALED_COLUMNS.map(({ table, namedBy }) => `${table}.${namedBy}`);
  expect(known.toSorted()).toEqual(rows.map(({ name }) => name as string).toSorted());
});

it("changes every key while serving: killed at each step and gone on with, all is readable", async () => {
  expect(await status()).toEqual([
    { name: "installation", suite: "aes_256_gcm", state: "current", values: 8 },
  ]);
  for (const at of [1, 1, 2, 2, 1]) {
    await expect(rotate("sm4_ctr_hmac_sm3", at)).rejects.toThrow(/terminat|closed|not queryable/i);
    await readAll();
    await report(`1370000000${contacts.size}`);
  }
  const [own, half] = await status();
  expect([own?.name, half?.state]).toEqual(["installation", "current"]);
  expect(half?.values).toBeGreaterThan(0);
  const reporting = report("13611112222");
  const done = await rotate("aes_256_gcm");
  await reporting;
  await readAll();
  // The rotation that was begun is brought to its end, whatever is asked for now.
  const after = { name: done.keyId, suite: "sm4_ctr_hmac_sm3", state: "current", values: 14 };
  expect(await status()).toEqual([after]);

  const next = await rotate("aes_256_gcm");
  expect([next.retired, next.resealed]).toEqual([1, 14]);
  await readAll();
  expect(await status()).toEqual([
    { name: next.keyId, suite: "aes_256_gcm", state: "current", values: 14 },
  ]);
}, 60_000);

it("cannot lose a key that a value still names, nor open one with another installation's key", async () => {
  await expect(app.owner.query("DELETE FROM data_key")).rejects.toThrow(/foreign key/);
  const asApp = new pg.Client({ connectionString: app.database.appUrl });
  await asApp.connect();
  await expect(asApp.query("DELETE FROM data_key")).rejects.toThrow(/permission denied/);
  await asApp.end();
  const before = await status();
  const stranger = withClient(app.database.ownerUrl, (client) =>
    rotateKeys(client, new Uint8Array(32).fill(3), { suite: "aes_256_gcm", waitMs: 0 }),
  );
  await expect(stranger).rejects.toThrow(/./);
  expect(await status()).toEqual(before);
  await readAll();
});

it("tells the keys on the command line", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "onegrid-keys-"));
  const dataKey = Buffer.from(app.config.dataKey).toString("base64");
  writeFileSync(join(dataDir, "secrets.json"), JSON.stringify({ dataKey, appPassword: "x" }));
  vi.stubEnv("ONEGRID_APP_DATABASE_URL", app.database.appUrl);
  const printed: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  const place = ["--data", dataDir, "--database-url", app.database.ownerUrl];
  expect(await command.run(["status", ...place])).toBe(0);
  expect(printed.join("\n")).toMatch(/aes_256_gcm +current +14/);
  await expect(command.run(["rotate", "--suite", "rot13", ...place])).rejects.toThrow(/rot13/);
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});
