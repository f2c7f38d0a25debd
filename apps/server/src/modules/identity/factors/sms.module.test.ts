import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestLogin } from "../../../../test/support/app.ts";
import { MINI_PASSWORD } from "../../../../test/support/mini-county.ts";
import { messagingFromEnvironment, NO_MESSAGING } from "../../../platform/messaging-config.ts";
import { openChannels } from "../../notifications/index.ts";
import { startHttpReceiver } from "../../notifications/test/receivers.ts";

const PHONE = "13812345611";
const MASKED = "138****11";

let app: TestApp;
let gateway: Awaited<ReturnType<typeof startHttpReceiver>>;
beforeAll(async () => {
  gateway = await startHttpReceiver();
  const sms = { kind: "gateway", url: gateway.url, token: "sesame" } as const;
  app = await testApp({ config: { messaging: { ...NO_MESSAGING, sms } } });
});
afterAll(async () => {
  await app?.close();
  await gateway?.close();
});
beforeEach(() => {
  gateway.behaviour.status = 204;
  gateway.calls.length = 0;
});

const wait = (seconds: number) =>
  app.clock.set(new Date(app.clock.now().getTime() + seconds * 1000));
const messages = (): { to: string; text: string }[] =>
  gateway.calls.map(({ body }) => JSON.parse(body));
const lastCode = (): string =>
  /登录验证码 (\d{6})，/.exec(messages().at(-1)?.text ?? "")?.[1] ?? "";
/** Right in form and wrong in every digit. */
const otherThan = (code: string) => code.replaceAll(/\d/g, (digit) => String((+digit + 1) % 10));
const language = "zh-CN";
const signIn = (login: TestLogin, more: Record<string, unknown> = {}) =>
  app.anonymous.post("/api/v1/session", { login, password: MINI_PASSWORD, ...more });
const codeOf = async (response: ReturnType<typeof signIn>) => (await response).json().code;
const send = (login: TestLogin, password = MINI_PASSWORD) =>
  app.anonymous.post("/api/v1/session/sms", { login, password, language });
const offer = async (login: TestLogin, currentPassword = MINI_PASSWORD) =>
  (await app.as(login)).post("/api/v1/account/sms/offer", {
    currentPassword,
    phone: "138 1234 5611",
    language,
  });
const setUp = async (login: TestLogin) => {
  const { enrolment } = (await offer(login)).json();
  const body = { enrolment, code: lastCode() };
  const set = await (await app.as(login)).put("/api/v1/account/sms", body);
  expect(set.statusCode).toBe(200);
  wait(3600);
  gateway.calls.length = 0;
  return set.json().recoveryCodes as string[];
};

describe("a phone for codes", () => {
  it("counts once its code was typed, is sealed, shown masked, and ends other sessions", async () => {
    const before = await app.as("worker1");
    expect((await offer("worker1", "not it")).json().code).toBe("identity.wrong_credentials");
    expect(messages()).toEqual([]);
    const { enrolment } = (await offer("worker1")).json();
    expect(messages()).toMatchObject([{ to: PHONE }]);
    expect(messages()[0]?.text).toMatch(/^【.+】.*任何人都不会向您索要/);
    const code = lastCode();
    const { rows: early } = await app.owner.query("SELECT 1 FROM sms_factor");
    expect(early).toEqual([]);
    const put = async (who: TestLogin, typed: string) =>
      (await app.as(who)).put("/api/v1/account/sms", { enrolment, code: typed });
    expect((await put("worker1", otherThan(code))).json().code).toBe("identity.wrong_code");
    // Somebody else's offer and code set up nothing.
    expect((await put("worker2", code)).json().code).toBe("identity.wrong_code");
    const set = await put("worker1", code);
    expect(set.json().recoveryCodes).toHaveLength(10);
    expect((await before.get("/api/v1/session")).statusCode).toBe(401);
    const security = await (await app.as("worker1")).get("/api/v1/account/security");
    expect(security.json().sms).toMatchObject({ isOffered: true, phone: MASKED });
    const { rows } = await app.owner.query(
      `SELECT row_to_json(f)::text AS line, encode(f.ciphertext, 'escape') AS raw FROM sms_factor f
       UNION ALL SELECT row_to_json(c)::text, encode(c.code_hash, 'escape') FROM sms_code c
       UNION ALL SELECT row_to_json(a)::text, NULL FROM audit_event a`,
    );
    expect(rows.some(({ line }) => line.includes("sms_set"))).toBe(true);
    for (const { line, raw } of rows) {
      expect(`${line} ${raw}`).not.toContain(PHONE);
      expect(`${line} ${raw}`).not.toContain(`"${code}"`);
    }
  });

  it("opens once with the code, which only the right password sends", async () => {
    wait(3600);
    const asked = (await signIn("worker1")).json();
    expect(asked).toMatchObject({
      code: "identity.code_required",
      params: { totp: false, sms: MASKED },
    });
    expect((await send("worker1", "not it")).json().code).toBe("identity.wrong_credentials");
    expect(messages()).toEqual([]);
    expect((await send("worker1")).json()).toEqual({ phone: MASKED });
    const code = lastCode();
    expect((await signIn("worker1", { code })).statusCode).toBe(200);
    expect(await codeOf(signIn("worker1", { code }))).toBe("identity.wrong_code");
    wait(60);
    await send("worker1");
    wait(5 * 60);
    expect(await codeOf(signIn("worker1", { code: lastCode() }))).toBe("identity.wrong_code");
    const { rows } = await app.owner.query(
      "SELECT outcome FROM audit_event WHERE action = 'session.send_code'",
    );
    expect(rows).toEqual([{ outcome: "done" }, { outcome: "done" }]);
    expect((await send("worker2")).json().code).toBe("identity.sms_not_set_up");
  });

  it("is guessed at five times and no more", async () => {
    const [recovery] = await setUp("street1");
    await send("street1");
    const code = lastCode();
    for (let n = 0; n < 5; n += 1) {
      expect(await codeOf(signIn("street1", { code: otherThan(code) }))).toBe(
        "identity.wrong_code",
      );
    }
    wait(60);
    expect(await codeOf(signIn("street1", { code }))).toBe("identity.wrong_code");
    wait(60);
    expect((await signIn("street1", { code: recovery })).statusCode).toBe(200);
  });

  it("gets one message a minute and five an hour, and the newest code alone opens", async () => {
    await setUp("centre");
    await send("centre");
    const first = lastCode();
    const soon = await send("centre");
    expect([soon.json().code, soon.headers["retry-after"]]).toEqual([
      "identity.sms_too_many",
      "60",
    ]);
    wait(60);
    await send("centre");
    // Both are the same six digits once in a million runs.
    expect(await codeOf(signIn("centre", { code: first }))).toBe("identity.wrong_code");
    expect((await signIn("centre", { code: lastCode() })).statusCode).toBe(200);
    for (let n = 0; n < 3; n += 1) {
      wait(60);
      expect((await send("centre")).statusCode).toBe(200);
    }
    wait(60);
    const sixth = await send("centre");
    expect([sixth.statusCode, sixth.headers["retry-after"]]).toEqual([429, String(55 * 60)]);
    expect(messages()).toHaveLength(5);
    wait(55 * 60);
    gateway.behaviour.status = 500;
    expect((await send("centre")).json().code).toBe("identity.sms_not_sent");
  });

  it("is a factor for the county's rule, and is forgotten when it is taken away", async () => {
    await setUp("emergency");
    const security = await app.as("security");
    const rule = (factorRequired: string[]) =>
      security.put("/api/v1/security/rules", { factorRequired, passwordMaxAgeDays: null });
    await rule(["department"]);
    const remove = async () =>
      (await app.as("emergency")).post("/api/v1/account/sms/remove", {
        currentPassword: MINI_PASSWORD,
      });
    expect((await remove()).json().code).toBe("identity.factor_required");
    expect(await codeOf(signIn("emergency"))).toBe("identity.code_required");
    await rule([]);
    const other = await app.as("emergency");
    expect((await remove()).statusCode).toBe(204);
    expect((await other.get("/api/v1/session")).statusCode).toBe(401);
    expect((await signIn("emergency")).statusCode).toBe(200);
    const { rows } = await app.owner.query(
      "SELECT login FROM sms_factor JOIN account USING (county_code, account_id) ORDER BY login",
    );
    expect(rows.map(({ login }) => login)).toEqual(["centre", "street1", "worker1"]);
  });
});

describe("without a gateway, behind TLS", () => {
  it("no code is offered; the session's cookie is bound to its host", async () => {
    const plain = await testApp({ config: { secureCookies: true } });
    try {
      const body = { login: "worker1", password: MINI_PASSWORD, language };
      const sms = await plain.anonymous.post("/api/v1/session/sms", body);
      expect([sms.statusCode, sms.json().code]).toEqual([409, "identity.sms_not_offered"]);
      const entered = await plain.anonymous.post("/api/v1/session", {
        login: "worker1",
        password: MINI_PASSWORD,
      });
      const cookie = entered.cookies.find(({ name }) => name.includes("session"));
      expect(cookie).toMatchObject({
        name: "__Host-onegrid_session",
        path: "/",
        secure: true,
        httpOnly: true,
        sameSite: "Strict",
      });
      expect(cookie).not.toHaveProperty("domain");
      const headers = {
        cookie: `${cookie?.name}=${cookie?.value}`,
        "x-csrf-token": entered.json().csrfToken,
      };
      const read = await plain.anonymous.call(
        "GET",
        "/api/v1/account/security",
        undefined,
        headers,
      );
      expect(read.json().sms).toEqual({ isOffered: false, phone: null, since: null });
      const offered = await plain.anonymous.call(
        "POST",
        "/api/v1/account/sms/offer",
        { currentPassword: MINI_PASSWORD, phone: PHONE, language },
        headers,
      );
      expect(offered.json().code).toBe("identity.sms_not_offered");
    } finally {
      await plain.close();
    }
  });
});

describe("the log that stands in for a gateway", () => {
  it("prints the message in development and is refused in production", async () => {
    const env = { ONEGRID_SMS: "log" };
    const lines: string[] = [];
    const { sms } = openChannels(messagingFromEnvironment(env, false), (line) => lines.push(line));
    const letter = { deliveryId: "1", to: PHONE, subject: "", text: "123456", stopUrl: null };
    await sms?.send(letter);
    expect(lines).toEqual([`text message to ${PHONE}: 123456`]);
    for (const refused of [
      () => messagingFromEnvironment(env, true),
      () => messagingFromEnvironment({ ...env, NODE_ENV: "production" }, false),
    ]) {
      expect(refused).toThrow(expect.objectContaining({ code: "messaging.log_in_production" }));
    }
  });
});
