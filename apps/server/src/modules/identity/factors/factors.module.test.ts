import { generate } from "otplib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../../test/support/app.ts";
import { MINI_PASSWORD } from "../../../../test/support/mini-county.ts";

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app?.close());

const signIn = (login: string, more: Record<string, unknown> = {}) =>
  app.anonymous.post("/api/v1/session", { login, password: MINI_PASSWORD, ...more });
const codeOf = async (response: ReturnType<typeof signIn>) => (await response).json().code;
const codeNow = (secret: string, shiftSeconds = 0) =>
  generate({ secret, epoch: Math.floor(app.clock.now().getTime() / 1000) + shiftSeconds });
const wait = (seconds: number) =>
  app.clock.set(new Date(app.clock.now().getTime() + seconds * 1000));

/** Signs in by cookie and sets up an authenticator; answers its secret and recovery codes. */
const setUp = async (login: "worker1" | "street1" | "centre" | "head-grid1") => {
  const client = await app.as(login);
  const offered = await client.post("/api/v1/account/totp/offer", {
    currentPassword: MINI_PASSWORD,
  });
  const { secret, enrolment, uri } = offered.json();
  expect(uri).toMatch(/^otpauth:\/\/totp\//);
  const set = await client.put("/api/v1/account/totp", { enrolment, code: await codeNow(secret) });
  expect(set.statusCode).toBe(200);
  return { secret: secret as string, recoveryCodes: set.json().recoveryCodes as string[] };
};

describe("an authenticator app", () => {
  it("is asked for after a right password, opens with its code, and each code once", async () => {
    const { secret } = await setUp("worker1");
    expect(await codeOf(signIn("worker1"))).toBe("identity.code_required");
    // The code that set it up has been used.
    expect(await codeOf(signIn("worker1", { code: await codeNow(secret) }))).toBe(
      "identity.wrong_code",
    );
    wait(30);
    const code = await codeNow(secret);
    const good = await signIn("worker1", { code });
    expect([good.statusCode, good.json().account.login]).toEqual([200, "worker1"]);
    expect(await codeOf(signIn("worker1", { code }))).toBe("identity.wrong_code");
    expect(await codeOf(signIn("worker1", { code: await codeNow(secret, 300) }))).toBe(
      "identity.wrong_code",
    );
    wait(30);
    const before = await signIn("worker1", { code: "000000", password: "not the password" });
    expect(before.json().code).toBe("identity.wrong_credentials");
  });

  it("takes a clock that is half a minute off, and no more", async () => {
    const { secret } = await setUp("street1");
    wait(120);
    expect(await codeOf(signIn("street1", { code: await codeNow(secret, -75) }))).toBe(
      "identity.wrong_code",
    );
    expect((await signIn("street1", { code: await codeNow(secret, -30) })).statusCode).toBe(200);
  });

  it("locks who guesses codes with a stolen password", async () => {
    await setUp("centre");
    wait(600);
    const answers: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      answers.push(await codeOf(signIn("centre", { code: String(100_000 + n) })));
    }
    expect(answers.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => "identity.wrong_code"));
    expect(answers.at(-1)).toBe("identity.locked");
  });

  it("opens with each recovery code once when the phone is gone", async () => {
    const { recoveryCodes } = await setUp("head-grid1");
    expect(new Set(recoveryCodes).size).toBe(10);
    const [code = ""] = recoveryCodes;
    const typed = code.toUpperCase().replace("-", " ");
    expect((await signIn("head-grid1", { code: typed })).statusCode).toBe(200);
    expect(await codeOf(signIn("head-grid1", { code }))).toBe("identity.wrong_code");
    const client = await app.as("head-grid1");
    const security = (await client.get("/api/v1/account/security")).json();
    expect(security).toMatchObject({ recoveryCodesLeft: 9, factorRequired: false, passkeys: [] });
    const { rows } = await app.owner.query(
      "SELECT row_to_json(t)::text AS line FROM totp_secret t",
    );
    for (const { line } of rows) expect(line).not.toContain(code);
  });

  it("is set up by its owner only, who knows the password and the offer's first code", async () => {
    const client = await app.as("worker2");
    const wrong = await client.post("/api/v1/account/totp/offer", { currentPassword: "guess" });
    expect(wrong.json().code).toBe("identity.wrong_credentials");
    const offer = (
      await client.post("/api/v1/account/totp/offer", { currentPassword: MINI_PASSWORD })
    ).json();
    const put = async (who: "worker2" | "worker4", body: unknown) =>
      (await (await app.as(who)).put("/api/v1/account/totp", body)).json().code;
    const { enrolment, secret } = offer;
    expect(await put("worker2", { enrolment, code: "123456" })).toBe("identity.wrong_code");
    expect(await put("worker4", { enrolment, code: await codeNow(secret) })).toBe(
      "identity.wrong_code",
    );
    wait(11 * 60);
    expect(await put("worker2", { enrolment, code: await codeNow(secret) })).toBe(
      "identity.wrong_code",
    );
  });
});

describe("a county that asks for a second factor", () => {
  it("has it set up on the way in, and lets nobody drop the last one", async () => {
    const security = await app.as("security");
    const asked = { factorRequired: ["department"], passwordMaxAgeDays: null };
    const rules = await security.put("/api/v1/security/rules", asked);
    expect(rules.json()).toEqual(asked);
    const first = (await signIn("emergency")).json();
    expect(first.code).toBe("identity.enrolment_required");
    const { secret, enrolment } = first.params;
    expect((await signIn("emergency", { enrolment, code: "000000" })).json().code).toBe(
      "identity.wrong_code",
    );
    const code = await codeNow(secret);
    expect((await signIn("emergency", { enrolment, code })).statusCode).toBe(200);
    expect(await codeOf(signIn("emergency"))).toBe("identity.code_required");
    const client = await app.as("emergency");
    const dropped = await client.post("/api/v1/account/totp/remove", {
      currentPassword: MINI_PASSWORD,
    });
    expect(dropped.json().code).toBe("identity.factor_required");
    expect(await codeOf(signIn("emergency"))).toBe("identity.code_required");
    // Other roles are asked for nothing.
    expect((await signIn("street2")).statusCode).toBe(200);
  });
});

describe("sessions", () => {
  it("are listed with where they are, and ended one by one or all", async () => {
    const here = await app.as("head-community1");
    const there = await app.as("head-community1");
    const { sessions } = (await here.get("/api/v1/account/security")).json();
    expect(sessions.map((s: { isPresent: boolean }) => s.isPresent).toSorted()).toEqual([
      false,
      true,
    ]);
    const other = sessions.find((s: { isPresent: boolean }) => !s.isPresent);
    const path = `/api/v1/account/sessions/${other.sessionId}`;
    // Somebody else's session is not theirs to end.
    const stranger = await (await app.as("worker2")).call("DELETE", path);
    expect(stranger.json().code).toBe("identity.no_such_session");
    expect((await here.call("DELETE", path)).statusCode).toBe(204);
    expect((await there.get("/api/v1/session")).statusCode).toBe(401);
    expect((await here.get("/api/v1/session")).statusCode).toBe(200);
  });

  it("tell at the sign-in when and from where the account was used before", async () => {
    wait(60);
    const first = (await signIn("street2")).json();
    wait(60);
    const { previousSignIn } = (await signIn("street2")).json();
    expect(previousSignIn).toMatchObject({ address: "127.0.0.1" });
    expect(Date.parse(previousSignIn.at)).toBeGreaterThan(
      Date.parse(first.previousSignIn?.at ?? "2026-01-01T00:00:00Z"),
    );
  });
});

describe("the security administrator", () => {
  it("manages accounts, but none of the other administrators'", async () => {
    const security = await app.as("security");
    const { accounts } = (await security.get("/api/v1/accounts")).json();
    const idOf = (login: string) =>
      accounts.find((account: { login: string }) => account.login === login).accountId;
    const made = await security.post("/api/v1/accounts", {
      login: "new-worker",
      name: "新人",
      role: "worker",
      scopeCode: accounts.find((a: { login: string }) => a.login === "worker1").scopeCode,
      unitCode: null,
    });
    expect(made.statusCode).toBe(201);
    const { password, accountId } = made.json();
    const opened = await app.anonymous.post("/api/v1/session", { login: "new-worker", password });
    expect(opened.statusCode).toBe(200);
    const closed = await security.put(`/api/v1/accounts/${accountId}/closed`, { closed: true });
    expect(closed.statusCode).toBe(204);
    const shut = await app.anonymous.post("/api/v1/session", { login: "new-worker", password });
    expect(shut.json().code).toBe("identity.wrong_credentials");

    const reset = await security.call("DELETE", `/api/v1/accounts/${idOf("worker1")}/factors`);
    expect(reset.statusCode).toBe(204);
    expect((await signIn("worker1")).statusCode).toBe(200);

    for (const login of ["admin", "auditor"]) {
      const path = `/api/v1/accounts/${idOf(login)}`;
      const answers = [
        await security.post(`${path}/password`),
        await security.put(`${path}/closed`, { closed: true }),
        await security.call("DELETE", `${path}/factors`),
        await security.call("DELETE", `${path}/sessions`),
      ];
      for (const answer of answers)
        expect(answer.json().code).toBe("identity.administrators_apart");
    }
    const own = await security.post("/api/v1/accounts", {
      login: "second-auditor",
      name: "x",
      role: "audit_administrator",
      scopeCode: accounts[0].scopeCode.slice(0, 6),
      unitCode: null,
    });
    expect(own.json().code).toBe("identity.administrators_apart");
  });
});

describe("passwords", () => {
  it("do not come back until five others were used", async () => {
    const passwords = [
      "correct horse 1a",
      "battery staple 2b",
      "velvet trumpet 3c",
      "copper meadow 4d",
      "gentle harbour 5e",
    ];
    let present = MINI_PASSWORD;
    const change = async (currentPassword: string, newPassword: string) => {
      const client = await app.as("city-management");
      const answer = await client.post("/api/v1/session/password", {
        currentPassword,
        newPassword,
      });
      return answer.statusCode === 204 ? "done" : answer.json().code;
    };
    for (const next of passwords) {
      expect(await change(present, next)).toBe("done");
      present = next;
      wait(1);
    }
    for (const old of passwords) {
      expect([old, await change(present, old)]).toEqual([old, "identity.password_used_before"]);
    }
    // The first one of all is six back.
    expect(await change(present, MINI_PASSWORD)).not.toBe("identity.password_used_before");
  }, 120_000);
});
