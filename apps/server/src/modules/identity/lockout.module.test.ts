import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testApp, TEST_NOW, type TestApp } from "../../../test/support/app.ts";
import { MINI_PASSWORD } from "../../../test/support/mini-county.ts";

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(() => app.owner.query("UPDATE account SET failed_attempts = 0, locked_until = NULL"));
afterEach(() => app.clock.set(TEST_NOW));

let lastAddress = 0;
/** Every try from an address of its own unless told. */
const attempt = async (
  login: string,
  password: string,
  {
    address = `10.1.${Math.floor((lastAddress += 1) / 250)}.${lastAddress % 250}`,
    cookie = "",
  } = {},
) => {
  const response = await app.http.inject({
    method: "POST",
    url: "/api/v1/session",
    payload: { login, password },
    remoteAddress: address,
    headers: cookie === "" ? {} : { cookie },
  });
  return { ...(response.json() as { code?: string; params?: Record<string, number> }), response };
};
const later = (seconds: number) =>
  app.clock.set(new Date(app.clock.now().getTime() + seconds * 1000));
const failTimes = async (n: number, login: string, options?: { address: string }) => {
  for (let i = 0; i < n; i += 1) await attempt(login, "wrong", options);
};

describe("guessing at one account", () => {
  it("locks it after five failures, twice as long each time, five minutes at most", async () => {
    await failTimes(5, "worker1");
    for (const seconds of [10, 20, 40, 80, 160, 300, 300]) {
      const { code, params, response } = await attempt("worker1", MINI_PASSWORD);
      expect([code, params?.retryAfterSeconds]).toEqual(["identity.locked", seconds]);
      expect(response.headers["retry-after"]).toBe(String(seconds));
      later(seconds - 1);
      expect((await attempt("worker1", MINI_PASSWORD)).code).toBe("identity.locked");
      later(1);
      expect((await attempt("worker1", "wrong")).code).toBe("identity.wrong_credentials");
    }
    later(300);
    expect((await attempt("worker1", MINI_PASSWORD)).response.statusCode).toBe(200);
    // Success forgets.
    expect((await attempt("worker1", "wrong")).code).toBe("identity.wrong_credentials");
    expect((await attempt("worker1", MINI_PASSWORD)).response.statusCode).toBe(200);
  });

  it("answers alike for a login nobody has, and after the same time", async () => {
    const outcome = async (login: string) => {
      const answers: unknown[] = [];
      for (let i = 0; i < 6; i += 1) {
        const begunMs = performance.now();
        const { response } = await attempt(login, "wrong");
        expect(performance.now() - begunMs).toBeGreaterThanOrEqual(240);
        const { requestId: _own, ...problem } = response.json() as Record<string, unknown>;
        answers.push(problem);
      }
      return answers;
    };
    expect(await outcome("nobody-at-all")).toEqual(await outcome("worker2"));
  });

  it("counts tries made at the same moment, each of them", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => attempt("street1", "wrong")),
    );
    const judged = answers.filter(({ code }) => code === "identity.wrong_credentials");
    expect(judged).toHaveLength(5);
  });

  it("does not shut out the browser that its owner has signed in with before", async () => {
    const { response } = await attempt("street2", MINI_PASSWORD);
    const proof = response.cookies.find(({ name }) => name === "onegrid_device")?.value;
    const cookie = `onegrid_device=${proof}`;
    await failTimes(8, "street2");
    expect((await attempt("street2", MINI_PASSWORD)).code).toBe("identity.locked");
    expect((await attempt("street2", MINI_PASSWORD, { cookie })).response.statusCode).toBe(200);
    // The proof is for one account, and a browser that guesses is slowed down itself.
    await failTimes(8, "head-street1");
    expect((await attempt("head-street1", MINI_PASSWORD, { cookie })).code).toBe("identity.locked");
    for (let i = 0; i < 5; i += 1) await attempt("street2", "wrong", { cookie });
    expect((await attempt("street2", MINI_PASSWORD, { cookie })).code).toBe("identity.locked");
  });
});

describe("guessing from one address", () => {
  it("slows the address down, whatever it tries, and no other", async () => {
    const address = "2001:db8:1:2::7";
    for (let i = 0; i < 30; i += 1) await attempt(`somebody-${i}`, "wrong", { address });
    // Another address of the same subscriber is the same visitor.
    const same = await attempt("centre", MINI_PASSWORD, { address: "2001:db8:1:2:aaaa::1" });
    expect(same.code).toBe("identity.locked");
    expect((await attempt("centre", MINI_PASSWORD)).response.statusCode).toBe(200);
    later(10);
    const patient = await attempt("centre", MINI_PASSWORD, { address });
    expect(patient.response.statusCode).toBe(200);
  }, 40_000);
});

describe("the audit log", () => {
  it("holds each sign-in and refusal with account and address, and no password", async () => {
    await attempt("admin", "my-other-password", { address: "192.0.2.9" });
    await attempt("admin", MINI_PASSWORD, { address: "192.0.2.9" });
    const { rows } = await app.owner.query(
      `SELECT action, outcome, host(address) AS address, e.detail::text AS detail
         FROM audit_event e JOIN account a USING (county_code, account_id)
        WHERE a.login = 'admin' ORDER BY audit_id`,
    );
    expect(rows).toEqual(
      ["refused", "done"].map((outcome) => ({
        action: "session.sign_in",
        outcome,
        address: "192.0.2.9",
        detail: outcome === "done" ? '{"by": "password"}' : "{}",
      })),
    );
  });
});
