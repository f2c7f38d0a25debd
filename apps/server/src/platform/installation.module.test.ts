import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { emptyDatabase, type TestDatabase } from "../../test/support/database.ts";
import { openInstallation, type Whereabouts } from "./installation.ts";
import { withClient } from "./roles.ts";

let dataDir: string;
let database: TestDatabase;
let where: Whereabouts;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "onegrid-installation-"));
  chmodSync(dataDir, 0o755);
  database = await emptyDatabase();
  // The role exists on the shared server already, so its address is given.
  const appDatabaseUrl = database.appUrl;
  where = { dataDir, databaseUrl: database.ownerUrl, appDatabaseUrl };
});

afterEach(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("an installation on a database server by address", () => {
  it("migrates it, keeps its secrets to itself, and comes back with the same key", async () => {
    const first = await openInstallation(where, "serve");
    await withClient(first.appUrl, (client) => client.query("SELECT 1 FROM county"));
    await first.close();
    expect(statSync(join(dataDir, "secrets.json")).mode & 0o077).toBe(0);
    const second = await openInstallation(where, "serve");
    expect(second.dataKey).toHaveLength(32);
    expect(second.dataKey).toEqual(first.dataKey);
    await second.close();
  });

  it("refuses to make a second key for a database that has one", async () => {
    await (await openInstallation(where, "serve")).close();
    rmSync(join(dataDir, "secrets.json"));
    await expect(openInstallation(where, "serve")).rejects.toMatchObject({
      code: "installation.secrets_missing",
    });
  });

  it("refuses the owner itself as the application role", async () => {
    const appDatabaseUrl = database.ownerUrl;
    await expect(openInstallation({ ...where, appDatabaseUrl }, "serve")).rejects.toMatchObject({
      code: "database.app_role_too_strong",
    });
  });

  it("says what to look at when the server, the user or the database is wrong", async () => {
    const { port } = new URL(inject("testServer").ownerUrl);
    const wrong = [
      ["postgres://a:b@127.0.0.1:1/x", /host, port and database/],
      [`postgres://nobody:b@127.0.0.1:${port}/${database.name}`, /user and password/],
      [database.ownerUrl.replace(database.name, "no_such"), /host, port and database/],
    ] as const;
    for (const [databaseUrl, hint] of wrong) {
      await expect(openInstallation({ dataDir, databaseUrl }, "serve")).rejects.toMatchObject({
        code: "database.unreachable",
        hint: expect.stringMatching(hint),
      });
    }
  });
});
