import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../../test/support/app.ts";
import { MINI, MINI_ACCOUNTS, OTHER } from "../../../../test/support/mini-county.ts";
import { startOidcProvider, type TestProvider } from "../../../../test/support/oidc-provider.ts";
import { oidcFromEnvironment } from "../../../platform/oidc-config.ts";

let provider: TestProvider;
let app: TestApp;
let security: TestClient;

beforeAll(async () => {
  provider = await startOidcProvider("http://localhost/api/v1/oidc/callback");
  const { issuer, clientId, clientSecret } = provider;
  const own = { issuer, clientId, clientSecret, label: "政务统一登录" };
  app = await testApp({
    config: { oidc: { [MINI.county]: { ...own, employeeNumberClaim: "employee_number" } } },
  });
  security = await app.as("security");
});
afterAll(async () => {
  await app?.close();
  await provider?.close();
});

const idOf = (login: string) => MINI_ACCOUNTS.find((one) => one.login === login)?.id ?? "";
const setNumber = (login: string, employeeNumber: string | null) =>
  security.put(`/api/v1/accounts/${idOf(login)}/employee-number`, { employeeNumber });

const cookieOf = (answer: LightMyRequestResponse, name: string) =>
  answer.cookies.find((cookie) => cookie.name === name);
const get = (url: string, cookie = "") =>
  app.anonymous.call("GET", url, undefined, cookie === "" ? {} : { cookie });

const begin = async (next = "") => {
  const answer = await get(`/api/v1/oidc/start${next}`);
  const kept = cookieOf(answer, "onegrid_oidc");
  return { address: String(answer.headers.location), kept, cookie: `onegrid_oidc=${kept?.value}` };
};

/** The whole way out and back; `twist` changes what the browser brings back. */
const signIn = async (
  employeeNumber: string,
  { amr = ["pwd"], next = "", twist = (url: URL) => url } = {},
) => {
  Object.assign(provider.person, { employeeNumber, amr });
  const { address, cookie } = await begin(next);
  const back = twist(await provider.through(address));
  return get(`${back.pathname}${back.search}`, cookie);
};

it("is offered by the county that has it, by the name it has there, and by no other", async () => {
  expect((await get("/api/v1/session/ways")).json()).toEqual({ oidc: { label: "政务统一登录" } });
  const other = { host: OTHER.host };
  const ways = await app.anonymous.call("GET", "/api/v1/session/ways", undefined, other);
  expect(ways.json()).toEqual({ oidc: null });
  const start = await app.anonymous.call("GET", "/api/v1/oidc/start", undefined, other);
  expect(start.json().code).toBe("identity.oidc_not_set_up");
});

it("opens the account that has the employee number, once a code, and none is made", async () => {
  expect((await setNumber("street1", "YG-0017")).statusCode).toBe(204);
  expect((await setNumber("street2", "YG-0017")).json().code).toBe(
    "identity.employee_number_taken",
  );
  const { address, kept, cookie } = await begin("?next=/board");
  expect(kept).toMatchObject({ httpOnly: true, sameSite: "Lax", maxAge: 600 });
  expect(new URL(address).searchParams.get("code_challenge_method")).toBe("S256");
  Object.assign(provider.person, { employeeNumber: "YG-0017", amr: ["pwd"] });
  const back = await provider.through(address);
  const answer = await get(`${back.pathname}${back.search}`, cookie);
  expect([answer.statusCode, answer.headers.location]).toEqual([303, "/console/board"]);
  const session = `onegrid_session=${cookieOf(answer, "onegrid_session")?.value}`;
  const who = (await get("/api/v1/session", session)).json();
  expect(who.account.login).toBe("street1");
  const again = await get(`${back.pathname}${back.search}`, cookie);
  expect(again.headers.location).toBe("/console/sign-in?problem=identity.oidc_refused");
  const stranger = await signIn("YG-9999");
  expect(stranger.headers.location).toBe("/console/sign-in?problem=identity.oidc_no_account");
  expect(cookieOf(stranger, "onegrid_session")).toBeUndefined();
  const { rows } = await app.owner.query(
    `SELECT outcome, detail->>'by' AS by, detail->>'code' AS code FROM audit_event
      WHERE action = 'session.sign_in' ORDER BY audit_id`,
  );
  expect(rows).toEqual([
    { outcome: "done", by: "oidc", code: null },
    { outcome: "refused", by: "oidc", code: "identity.oidc_no_account" },
  ]);
});

it("refuses what was not asked for: another state, another browser, too late, a forged code", async () => {
  const refused = "/console/sign-in?problem=identity.oidc_refused";
  const changed = (name: string) => (url: URL) => {
    url.searchParams.set(name, "forged");
    return url;
  };
  for (const name of ["state", "code"]) {
    const answer = await signIn("YG-0017", { twist: changed(name) });
    expect([name, answer.headers.location]).toEqual([name, refused]);
  }
  const { address } = await begin();
  const back = await provider.through(address);
  const url = `${back.pathname}${back.search}`;
  expect((await get(url)).headers.location).toBe(refused);
  expect((await get(url, (await begin()).cookie)).headers.location).toBe(refused);
  const begun = app.clock.now();
  const late = await begin();
  const lateBack = await provider.through(late.address);
  app.clock.set(new Date(begun.getTime() + 11 * 60_000));
  const tooLate = await get(`${lateBack.pathname}${lateBack.search}`, late.cookie);
  expect(tooLate.headers.location).toBe(refused);
  app.clock.set(begun);
  for (const next of ["//elsewhere.test", "/\\elsewhere.test", "https://elsewhere.test"]) {
    const answer = await signIn("YG-0017", { next: `?next=${encodeURIComponent(next)}` });
    expect([next, answer.headers.location]).toEqual([next, "/console/"]);
  }
});

it("asks the provider for two factors where the county asks the role, and no closed account opens", async () => {
  await setNumber("city-management", "YG-0041");
  const rules = { factorRequired: ["department"], passwordMaxAgeDays: null };
  await security.put("/api/v1/security/rules", rules);
  const single = await signIn("YG-0041");
  expect(single.headers.location).toBe("/console/sign-in?problem=identity.oidc_factor_missing");
  const double = await signIn("YG-0041", { amr: ["pwd", "mfa"] });
  expect(double.headers.location).toBe("/console/");
  // Its password was given by somebody else; whoever comes this way has none to change.
  await app.owner.query("UPDATE account SET password_given = true WHERE login = 'city-management'");
  const session = `onegrid_session=${cookieOf(double, "onegrid_session")?.value}`;
  expect((await get("/api/v1/cases", session)).statusCode).toBe(200);
  await app.owner.query("UPDATE account SET disabled_at = now() WHERE login = 'city-management'");
  const closed = await signIn("YG-0041", { amr: ["mfa"] });
  expect(closed.headers.location).toBe("/console/sign-in?problem=identity.oidc_no_account");
});

it("is read from a file that names no provider without TLS beyond this machine", () => {
  const file = join(app.config.filesDir, "oidc.json");
  const read = (issuer: string) => {
    const one = { issuer, clientId: "a", clientSecret: "very secret", label: "统一登录" };
    writeFileSync(file, JSON.stringify({ [MINI.county]: one }));
    return oidcFromEnvironment({ ONEGRID_OIDC_FILE: file });
  };
  expect(read("https://id.example.gov.cn")[MINI.county]?.employeeNumberClaim).toBe(
    "employee_number",
  );
  expect(() => read("http://id.example.gov.cn")).toThrow("not https");
  writeFileSync(file, "{");
  expect(() => oidcFromEnvironment({ ONEGRID_OIDC_FILE: file })).toThrow("no JSON");
  expect(oidcFromEnvironment({})).toEqual({});
});
