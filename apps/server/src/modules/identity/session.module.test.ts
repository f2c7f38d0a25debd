import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI, MINI_PASSWORD, OTHER } from "../../../test/support/mini-county.ts";

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const SESSION = "/api/v1/session";
const signIn = (login: string, password = MINI_PASSWORD, headers: Record<string, string> = {}) =>
  app.anonymous.call("POST", SESSION, { login, password }, headers);
const cookieOf = (response: Awaited<ReturnType<typeof signIn>>) => {
  const cookie = response.cookies.find(({ name }) => name === "onegrid_session");
  return `onegrid_session=${cookie?.value}`;
};

describe("a session", () => {
  it("begins with the right password and says who it is for", async () => {
    const response = await signIn("Worker1");
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({
      countyCode: MINI.county,
      account: { login: "worker1", role: "worker", scopeCode: MINI.grid1, unitName: null },
      expiresAt: "2026-11-24T14:00:00.000Z",
    });
    expect(response.json().account.scopeName).toBe("南门第一网格");
    expect(response.headers["cache-control"]).toBe("no-store");
    const cookie = response.cookies.find(({ name }) => name === "onegrid_session");
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
    const answer = await app.anonymous.call("GET", SESSION, undefined, {
      cookie: cookieOf(response),
    });
    expect(answer.json().account).toEqual(response.json().account);
  });

  it("stores no secret: the table alone opens nothing", async () => {
    const cookie = cookieOf(await signIn("worker1"));
    const secret = cookie.split(".")[1] ?? "";
    const { rows } = await app.owner.query("SELECT row_to_json(s)::text AS line FROM session s");
    const hex = Buffer.from(secret, "base64url").toString("hex");
    for (const { line } of rows) {
      expect(line).not.toContain(secret);
      expect(line).not.toContain(hex);
    }
  });

  it("is written to at most once a minute, however busy", async () => {
    const client = await app.as("worker2");
    const seen = async () => {
      const { rows } = await app.owner.query(
        `SELECT max(last_seen_at) AS at FROM session s JOIN account a USING (county_code, account_id)
          WHERE a.login = 'worker2'`,
      );
      return (rows[0].at as Date).getTime();
    };
    const begun = app.clock.now();
    app.clock.set(new Date(begun.getTime() + 30_000));
    await client.get(SESSION);
    expect(await seen()).toBe(begun.getTime());
    app.clock.set(new Date(begun.getTime() + 90_000));
    await client.get(SESSION);
    expect(await seen()).toBe(begun.getTime() + 90_000);
    app.clock.set(begun);
  });

  it("ends after half an hour without a request, slides while used, ends after 12 hours", async () => {
    const begun = app.clock.now();
    const at = (minutes: number) => app.clock.set(new Date(begun.getTime() + minutes * 60_000));
    const idle = await app.as("street1");
    at(29);
    expect((await idle.get(SESSION)).statusCode).toBe(200);
    at(58);
    expect((await idle.get(SESSION)).statusCode).toBe(200);
    at(88);
    expect((await idle.get(SESSION)).statusCode).toBe(401);
    at(0);
    const busy = await app.as("street1");
    for (let minutes = 25; minutes < 12 * 60; minutes += 25) {
      at(minutes);
      expect((await busy.get(SESSION)).statusCode).toBe(200);
    }
    at(12 * 60);
    expect((await busy.get(SESSION)).statusCode).toBe(401);
    app.clock.set(begun);
  });

  it("ends on the server at sign-out", async () => {
    const client = await app.as("worker1");
    expect((await client.call("DELETE", SESSION)).statusCode).toBe(204);
    expect((await client.get(SESSION)).json().code).toBe("identity.not_signed_in");
  });

  it("is never one that a client brought, and signing in again ends the one before", async () => {
    const brought = `onegrid_session=${MINI.county}.${"A".repeat(43)}`;
    const first = await signIn("worker1", MINI_PASSWORD, { cookie: brought });
    expect(cookieOf(first)).not.toBe(brought);
    const second = await signIn("worker1", MINI_PASSWORD, { cookie: cookieOf(first) });
    const old = await app.anonymous.call("GET", SESSION, undefined, { cookie: cookieOf(first) });
    const now = await app.anonymous.call("GET", SESSION, undefined, { cookie: cookieOf(second) });
    expect([old.statusCode, now.statusCode]).toEqual([401, 200]);
  });

  it("ends the moment the account is disabled, and no other begins", async () => {
    const client = await app.as("worker4");
    expect((await client.get(SESSION)).statusCode).toBe(200);
    await app.owner.query("UPDATE account SET disabled_at = now() WHERE login = 'worker4'");
    expect((await client.get(SESSION)).statusCode).toBe(401);
    expect((await signIn("worker4")).json().code).toBe("identity.wrong_credentials");
    await app.owner.query("UPDATE account SET disabled_at = NULL WHERE login = 'worker4'");
  });

  it("is for one county: another county's cookie opens nothing here", async () => {
    const theirs = await app.as("other-centre");
    expect((await theirs.get(SESSION)).json().countyCode).toBe(OTHER.county);
    const stray = await theirs.call("GET", SESSION, undefined, { host: "mini.test" });
    expect(stray.statusCode).toBe(401);
    const strayIn = await signIn("other-centre");
    expect(strayIn.json().code).toBe("identity.wrong_credentials");
    const { rows } = await app.owner.query(
      "SELECT county_code FROM session WHERE account_id = $1",
      ["00000000-0000-7000-8000-000000000091"],
    );
    expect(new Set(rows.map((row) => row.county_code))).toEqual(new Set([OTHER.county]));
  });
});

describe("a forged request", () => {
  const change = { currentPassword: MINI_PASSWORD, newPassword: "another-long-lantern-9" };

  it("without the session's token changes nothing", async () => {
    const cookie = cookieOf(await signIn("worker2"));
    for (const headers of [{ cookie }, { cookie, "x-csrf-token": "A".repeat(43) }]) {
      const response = await app.anonymous.call("DELETE", SESSION, undefined, headers);
      expect(response.json().code).toBe("identity.csrf");
    }
    const other = (await signIn("worker2")).json().csrfToken as string;
    const mixed = await app.anonymous.call("POST", `${SESSION}/password`, change, {
      cookie,
      "x-csrf-token": other,
    });
    expect(mixed.json().code).toBe("identity.csrf");
  });

  it("from a page of another origin is refused, signing in too", async () => {
    const client = await app.as("worker2");
    for (const [headers, code] of [
      [{ "sec-fetch-site": "cross-site" }, "identity.cross_site"],
      [{ "sec-fetch-site": "same-site" }, "identity.cross_site"],
      [{ origin: "https://elsewhere.test" }, "identity.cross_site"],
      [{ origin: "null" }, "identity.cross_site"],
      [{ origin: "http://localhost:80" }, "identity.wrong_credentials"],
      [{ "sec-fetch-site": "same-origin" }, "identity.wrong_credentials"],
    ] as const) {
      const wrong = { currentPassword: "wrong", newPassword: change.newPassword };
      const response = await client.call("POST", `${SESSION}/password`, wrong, headers);
      expect([headers, response.json().code]).toEqual([headers, code]);
    }
    const forged = await signIn("worker2", MINI_PASSWORD, { origin: "https://elsewhere.test" });
    expect(forged.json().code).toBe("identity.cross_site");
  });
});
