import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { testApp, type TestApp } from "../../test/support/app.ts";
import { MINI, OTHER } from "../../test/support/mini-county.ts";
import { readSecrets } from "../platform/secrets.ts";
import { accounts } from "./doctor-checks/accounts.ts";
import { command } from "./setup.ts";
import { isProduction, refuseUnready, refuseUnreadyProcess } from "../modules/identity/index.ts";

let app: TestApp;
let dataDir: string;
let printed: string[];

beforeAll(async () => {
  app = await testApp();
  dataDir = mkdtempSync(join(tmpdir(), "onegrid-setup-"));
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

const setup = (county: string, ...words: string[]) =>
  command.run([
    ...words,
    "--county",
    county,
    "--data",
    dataDir,
    "--database-url",
    app.database.ownerUrl,
  ]);

const start = () => refuseUnready(app.database.ownerUrl);

const findings = async () => {
  const context = {
    client: app.owner,
    ownerUrl: app.database.ownerUrl,
    now: new Date(),
    say: () => {},
  };
  return (await accounts(context)).map(({ health, detail }) => `${health}: ${detail}`);
};

const THREE = [
  "--system",
  "zhou.ming:周明",
  "--security",
  "wu.min:吴敏",
  "--audit",
  "zheng.jie:郑洁",
];

describe("production", () => {
  it("is asked for by the option or the environment, and a misspelt mode is refused", () => {
    expect(isProduction(true, undefined)).toBe(true);
    expect(isProduction(false, "production")).toBe(true);
    expect(isProduction(false, "development")).toBe(false);
    expect(() => isProduction(false, "Production")).toThrow("ONEGRID_MODE");
  });

  it("does not start before the three administrators are there, and setup makes them", async () => {
    await expect(start()).rejects.toMatchObject({ code: "production.no_administrators" });
    expect(await findings()).toEqual([
      "ok: three administrators, no account of the sample data",
      "warn: no system_administrator, security_administrator, audit_administrator",
    ]);
    await expect(setup(OTHER.county)).rejects.toMatchObject({ code: "setup.not_named" });
    await expect(
      setup(OTHER.county, ...THREE.slice(0, 4), "--audit", "Auditor01:郑洁"),
    ).rejects.toMatchObject({ code: "identity.default_login" });
    await expect(
      setup(OTHER.county, ...THREE.slice(0, 4), "--audit", "wu.min:郑洁"),
    ).rejects.toMatchObject({ code: "identity.login_taken" });
    // A refusal makes none of the three.
    await expect(start()).rejects.toMatchObject({ code: "production.no_administrators" });

    expect(await setup(OTHER.county, ...THREE)).toBe(0);
    await start();
    const rows = printed.join("\n");
    const [, password = ""] = /zhou\.ming +(\S+) +system_administrator +周明/.exec(rows) ?? [];
    const signedIn = await app.anonymous.call(
      "POST",
      "/api/v1/session",
      { login: "zhou.ming", password },
      { host: OTHER.host },
    );
    // Administrators set up a second factor on their way in; the password alone was right.
    expect([200, 403]).toContain(signedIn.statusCode);
    expect(signedIn.json().code).not.toBe("identity.wrong_credentials");

    await setup(OTHER.county, ...THREE);
    expect(printed.at(-1)).toContain("nothing was changed");
  });

  it("replaces an administrator whose account was closed, and no other", async () => {
    await app.owner.query(
      "UPDATE account SET disabled_at = now() WHERE county_code = $1 AND login = 'auditor'",
      [MINI.county],
    );
    await expect(start()).rejects.toThrow("audit_administrator");
    await setup(MINI.county, "--audit", "feng.lei:冯磊");
    expect(printed.join("\n").match(/_administrator/g)).toHaveLength(1);
    await start();
  });

  it("is asked of a server or worker by itself too, through its own bound role", async () => {
    const direct = (argv: string[], env: Record<string, string>, secureCookies = true) =>
      refuseUnreadyProcess({ databaseUrl: app.database.appUrl, secureCookies }, argv, env);
    await direct([], {});
    await direct(["--production"], {});
    for (const ask of [
      () => direct(["--production"], {}, false),
      () => direct([], { NODE_ENV: "production" }, false),
      () => direct([], { ONEGRID_MODE: "production" }, false),
    ]) {
      await expect(ask()).rejects.toMatchObject({ code: "production.plain_cookies" });
    }
    await app.owner.query("UPDATE account SET disabled_at = now() WHERE login = 'feng.lei'");
    const refused = direct([], { ONEGRID_MODE: "production" });
    await expect(refused).rejects.toMatchObject({ code: "production.no_administrators" });
    await app.owner.query("UPDATE account SET disabled_at = NULL WHERE login = 'feng.lei'");
  });

  it("does not start with the sample county, nor with open accounts of the sample data", async () => {
    await app.owner.query(
      "UPDATE account SET sample = true WHERE county_code = $1 AND login = 'street1'",
      [MINI.county],
    );
    await expect(start()).rejects.toMatchObject({ code: "production.sample_data" });
    expect((await findings())[0]).toBe("warn: 1 open accounts of the sample data");
    await app.owner.query("UPDATE account SET disabled_at = now() WHERE sample");
    await start();
    await app.owner.query("UPDATE county SET sample = true WHERE county_code = $1", [MINI.county]);
    await expect(start()).rejects.toMatchObject({ code: "production.sample_data" });
    await expect(setup(MINI.county, ...THREE)).rejects.toMatchObject({
      code: "setup.sample_county",
    });
  });
});
