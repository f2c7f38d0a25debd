import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { emptyDatabase, type TestDatabase } from "../../test/support/database.ts";
import { openInstallation } from "../platform/installation.ts";
import { withClient } from "../platform/roles.ts";
import { command as backup } from "./backup.ts";
import { command as restore } from "./restore.ts";

let root: string;
let from: TestDatabase;
let into: TestDatabase;

const dir = (name: string) => join(root, name);
const options = (name: string, database: TestDatabase) => [
  "--data",
  dir(name),
  "--database-url",
  database.ownerUrl,
];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "onegrid-backup-"));
  chmodSync(root, 0o755);
  from = await emptyDatabase();
  into = await emptyDatabase();
  vi.spyOn(console, "log").mockImplementation(() => {});
  vi.stubEnv("ONEGRID_APP_DATABASE_URL", from.appUrl);
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await from.close();
  await into.close();
  rmSync(root, { recursive: true, force: true });
});

/** A county with an account, an audit line (identity column) and a queued job. */
async function seed(): Promise<Uint8Array> {
  const where = {
    dataDir: dir("a"),
    databaseUrl: from.ownerUrl,
    appDatabaseUrl: from.appUrl,
  };
  const installation = await openInstallation(where, "serve");
  await withClient(from.ownerUrl, async (client) => {
    await client.query(`
      INSERT INTO county (county_code, name, level_lengths) VALUES ('500231', '垫江县', '{6,9,12,15}');
      INSERT INTO account (county_code, account_id, login, name, password_hash, role, scope_code)
        SELECT '500231', gen_random_uuid(), 'worker' || n, E'王\\t\\\\N\\n小' || n, 'x', 'worker', '500231'
          FROM generate_series(1, 50) n;
      INSERT INTO audit_event (county_code, action, outcome) VALUES ('500231', 'test', 'done');
      SELECT graphile_worker.add_job('later', '{"n": 1}', run_at => '2099-01-01');
    `);
  });
  writeFileSync(join(dir("a"), "files", "photo.jpg"), "bytes");
  await installation.close();
  return installation.dataKey;
}

const content = (database: TestDatabase) =>
  withClient(database.ownerUrl, async (client) => {
    const accounts = await client.query("SELECT * FROM account ORDER BY account_id");
    const audit = await client.query("SELECT * FROM audit_event ORDER BY audit_id");
    const jobs = await client.query("SELECT * FROM graphile_worker.jobs ORDER BY id");
    return { accounts: accounts.rows, audit: audit.rows, jobs: jobs.rows };
  });

describe("backup and restore", () => {
  it("bring everything into another database: rows, files, key, sequences", async () => {
    const key = await seed();
    expect(await backup.run([dir("backup"), ...options("a", from)])).toBe(0);
    vi.stubEnv("ONEGRID_APP_DATABASE_URL", into.appUrl);
    expect(await restore.run([dir("backup"), ...options("b", into)])).toBe(0);

    const before = await content(from);
    expect(before.accounts).toHaveLength(50);
    expect(await content(into)).toEqual(before);
    expect(readdirSync(join(dir("b"), "files"))).toEqual(["photo.jpg"]);
    const where = {
      dataDir: dir("b"),
      databaseUrl: into.ownerUrl,
      appDatabaseUrl: into.appUrl,
    };
    const restored = await openInstallation(where, "serve");
    expect(restored.dataKey).toEqual(key);
    await restored.close();
    const next = await withClient(into.ownerUrl, (client) =>
      client.query<{ id: string }>(
        `INSERT INTO audit_event (county_code, action, outcome)
         VALUES ('500231', 'after', 'done') RETURNING audit_id AS id`,
      ),
    );
    expect(Number(next.rows[0]?.id)).toBe(2);
  });

  it("refuse a folder in use, a damaged backup, and a database that has a county", async () => {
    await seed();
    const target = dir("backup");
    await backup.run([target, ...options("a", from)]);
    await expect(backup.run([target, ...options("a", from)])).rejects.toMatchObject({
      code: "backup.target_exists",
    });
    await expect(restore.run([target, ...options("a", from)])).rejects.toMatchObject({
      code: "backup.target_not_empty",
    });
    await expect(restore.run([target, ...options("c", from)])).rejects.toMatchObject({
      code: "backup.target_not_empty",
    });
    expect(existsSync(join(dir("c"), "secrets.json"))).toBe(false);
    rmSync(join(target, "manifest.json"));
    await expect(restore.run([target, ...options("d", into)])).rejects.toMatchObject({
      code: "backup.not_a_backup",
    });
  });
});
