import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { testApp, type TestApp } from "../../test/support/app.ts";
import { MINI } from "../../test/support/mini-county.ts";
import { readSecrets } from "../platform/secrets.ts";
import { command } from "./user.ts";

let app: TestApp;
let dataDir: string;
let printed: string[];

beforeAll(async () => {
  app = await testApp();
  dataDir = mkdtempSync(join(tmpdir(), "onegrid-user-"));
  readSecrets(dataDir, true);
  vi.stubEnv("ONEGRID_APP_DATABASE_URL", app.database.appUrl);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(dataDir, { recursive: true });
  await app.close();
});

beforeEach(() => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
});

const user = (...words: string[]) =>
  command.run([
    ...words,
    "--county",
    MINI.county,
    "--data",
    dataDir,
    "--database-url",
    app.database.ownerUrl,
  ]);

const shownPassword = () => /shown this once: (\S+)$/.exec(printed.at(-1) ?? "")?.[1] ?? "";
const signIn = async (login: string, password: string) =>
  (await app.anonymous.call("POST", "/api/v1/session", { login, password })).statusCode;

describe("onegrid user", () => {
  it("adds an account that can sign in with the password shown", async () => {
    await user("add", "Street.One", "--name", "张三", "--role", "street", "--scope", MINI.street1);
    expect(await signIn("street.one", shownPassword())).toBe(200);
    await user("list");
    expect(printed.join("\n")).toMatch(
      new RegExp(`street\\.one +street +${MINI.street1} +open +张三`),
    );
  });

  it("sets a new password: the old one and every session end", async () => {
    await user("add", "forgetful", "--name", "李四", "--role", "county_centre");
    const old = shownPassword();
    const { cookies } = await app.anonymous.call("POST", "/api/v1/session", {
      login: "forgetful",
      password: old,
    });
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const session = () => app.anonymous.call("GET", "/api/v1/session", undefined, { cookie });
    expect((await session()).statusCode).toBe(200);
    await user("password", "forgetful");
    expect((await session()).statusCode).toBe(401);
    expect(await signIn("forgetful", old)).toBe(401);
    await user("password", "forgetful");
    expect(await signIn("forgetful", shownPassword())).toBe(200);
  });

  it("closes and reopens an account, and puts it on record", async () => {
    await user("add", "leaver", "--name", "王五", "--role", "head");
    const password = shownPassword();
    await user("close", "leaver");
    expect(await signIn("leaver", password)).toBe(401);
    await user("reopen", "leaver");
    expect(await signIn("leaver", password)).toBe(200);
    const { rows } = await app.owner.query(
      `SELECT e.action FROM audit_event e JOIN account a ON a.account_id::text = e.subject
        WHERE a.login = 'leaver' AND e.action LIKE 'account.%' ORDER BY e.audit_id`,
    );
    expect(rows.map((row: { action: string }) => row.action)).toEqual([
      "account.create",
      "account.disable",
      "account.enable",
    ]);
  });

  it.each([
    [["add", "x", "--name", "X", "--role", "king"], "cli.bad_role"],
    [["add", "x", "--role", "head"], "cli.missing_word"],
    [["close"], "cli.missing_word"],
    [["promote", "x"], "cli.unknown_command"],
    [["password", "nobody"], "identity.no_such_login"],
    [["close", "nobody"], "identity.no_such_login"],
    [["add", "x", "--name", "X", "--role", "head", "--scope", "999"], "identity.unknown_scope"],
    [["add", "x", "--name", "X", "--role", "department"], "identity.wrong_unit"],
  ])("refuses %j with %s", async (words, code) => {
    await expect(user(...words)).rejects.toMatchObject({ code });
    await user("list");
    expect(printed.join("\n")).not.toMatch(/^x /m);
  });
});
