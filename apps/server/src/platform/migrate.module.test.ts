import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { emptyDatabase, testDatabase, type TestDatabase } from "../../test/support/database.ts";
import { migrate, migrationState } from "./migrate.ts";
import { withClient } from "./roles.ts";

let directory: string;
let database: TestDatabase;

function write(name: string, sql: string): void {
  writeFileSync(join(directory, name), sql);
}

const run = (say?: (line: string) => void) =>
  migrate({ ownerUrl: database.ownerUrl, directory, ...(say && { say }) });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "migrations-"));
  database = await emptyDatabase();
  return async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  };
});

describe("migrate", () => {
  it("applies files in order, once, and says what is pending", async () => {
    write("0002_second.sql", "INSERT INTO note VALUES (2);");
    write("0001_first.sql", "CREATE TABLE note (n integer); INSERT INTO note VALUES (1);");
    const before = await migrationState(database.ownerUrl, directory);
    expect(before.pending.map((file) => file.number)).toEqual([1, 2]);

    expect(await run()).toEqual(["0001_first.sql", "0002_second.sql"]);
    expect(await run()).toEqual([]);

    const after = await migrationState(database.ownerUrl, directory);
    expect(after).toEqual({ applied: ["0001_first.sql", "0002_second.sql"], pending: [] });
    const rows = await withClient(database.ownerUrl, (c) =>
      c.query("SELECT n FROM note ORDER BY n"),
    );
    expect(rows.rows).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it("rolls a failing file back whole and names its line", async () => {
    write("0001_first.sql", "CREATE TABLE 笔记 (n integer);\nCREATE TABLE oops (n nosuchtype);");
    await expect(run()).rejects.toMatchObject({
      code: "migrations.failed",
      message: expect.stringContaining("0001_first.sql line 2"),
    });
    const found = await withClient(database.ownerUrl, (c) =>
      c.query(`SELECT to_regclass('笔记') AS note, count(*)::int AS n FROM schema_migration`),
    );
    expect(found.rows).toEqual([{ note: null, n: 0 }]);
  });

  it("refuses a file that was changed after it was applied, but not its line ends", async () => {
    write("0001_first.sql", "CREATE TABLE note (n integer);\n");
    await run();
    write("0001_first.sql", "\uFEFFCREATE TABLE note (n integer);\r\n");
    expect(await run()).toEqual([]);
    write("0001_first.sql", "CREATE TABLE note (n bigint);\n");
    await expect(run()).rejects.toMatchObject({ code: "migrations.changed" });
  });

  it("refuses a database newer than the program, and a number that comes too late", async () => {
    write("0002_second.sql", "CREATE TABLE note (n integer);");
    await run();
    write("0001_first.sql", "SELECT 1;");
    await expect(run()).rejects.toMatchObject({ code: "migrations.out_of_order" });
    rmSync(join(directory, "0001_first.sql"));
    rmSync(join(directory, "0002_second.sql"));
    await expect(run()).rejects.toMatchObject({ code: "migrations.database_newer" });
  });

  it("lets one of two migrators work and the other find it done", async () => {
    write("0001_first.sql", "CREATE TABLE note (n integer); SELECT pg_sleep(0.5);");
    const said: string[] = [];
    const results = await Promise.all([run((l) => said.push(l)), run((l) => said.push(l))]);
    expect(results.map((names) => names.length).sort()).toEqual([0, 1]);
    expect(said).toContain("another process is migrating this database; waiting for it");
  });
});

describe("the migrated schema", () => {
  let migrated: TestDatabase;
  beforeAll(async () => {
    migrated = await testDatabase();
  });
  afterAll(() => migrated.close());

  it("lets the application role queue, see and finish jobs", async () => {
    await withClient(migrated.appUrl, async (client) => {
      await client.query(`SELECT graphile_worker.add_job('ring', '{"bell": 1}')`);
      const { rows } = await client.query("SELECT task_identifier FROM graphile_worker.jobs");
      expect(rows).toEqual([{ task_identifier: "ring" }]);
      const done = await client.query("DELETE FROM graphile_worker._private_jobs");
      expect(done.rowCount).toBe(1);
    });
  });

  it("keeps the application role from changing schema or history", async () => {
    await withClient(migrated.appUrl, async (client) => {
      const denied = { code: "42501" };
      await expect(client.query("CREATE TABLE mine (n integer)")).rejects.toMatchObject(denied);
      await expect(client.query("DELETE FROM schema_migration")).rejects.toMatchObject(denied);
      await expect(client.query("DROP TABLE schema_migration")).rejects.toMatchObject(denied);
    });
  });
});
