import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { testDatabase, type TestDatabase } from "../../test/support/database.ts";
import { APP_ROLE, ensureAppRole, useAppUrl, withClient } from "./roles.ts";

let database: TestDatabase;
const role = `tester_${randomBytes(4).toString("hex")}`;

beforeEach(async () => {
  database = await testDatabase();
});

afterEach(async () => {
  await withClient(inject("testServer").superuserUrl, (client) =>
    client.query(`DROP ROLE IF EXISTS ${role}`),
  );
  await database.close();
});

async function urlOfRoleWith(rights: string): Promise<string> {
  await withClient(inject("testServer").superuserUrl, (client) =>
    client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret' ${rights}`),
  );
  const url = new URL(database.ownerUrl);
  url.username = role;
  url.password = "secret";
  return url.href;
}

describe("the application role", () => {
  it("is accepted as the installation makes it", async () => {
    expect(await useAppUrl(database.appUrl)).toBe(database.appUrl);
  });

  it.each(["SUPERUSER", "BYPASSRLS", "IN ROLE onegrid_owner"])(
    "may not have %s",
    async (rights) => {
      await expect(useAppUrl(await urlOfRoleWith(rights))).rejects.toMatchObject({
        code: "database.app_role_too_strong",
      });
    },
  );

  it("keeps its password when another installation knows a different one", async () => {
    await expect(ensureAppRole(database.ownerUrl, "not-the-password")).rejects.toMatchObject({
      code: "database.app_role_password",
      hint: expect.stringContaining(`ALTER ROLE ${APP_ROLE} PASSWORD`),
    });
    expect(await useAppUrl(database.appUrl)).toBe(database.appUrl);
  });

  it("is said to be missing, with the SQL for it, when the owner may not make roles", async () => {
    const ownerUrl = await urlOfRoleWith("NOCREATEROLE");
    const absent = `absent_${randomBytes(4).toString("hex")}`;
    await expect(ensureAppRole(ownerUrl, "secret", absent)).rejects.toMatchObject({
      code: "database.app_role_missing",
      hint: expect.stringContaining(`CREATE ROLE ${absent}`),
    });
  });
});
