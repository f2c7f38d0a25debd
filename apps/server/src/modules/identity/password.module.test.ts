import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI, MINI_PASSWORD } from "../../../test/support/mini-county.ts";
import { createAccount, resetPassword, setAccountClosed } from "./index.ts";

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const URL = "/api/v1/session";
const NEW_PASSWORD = "quiet-harbour-61-violin";
const signIn = (login: string, password: string) => app.anonymous.post(URL, { login, password });

describe("changing the own password", () => {
  it("gives the session a new secret and ends every other one", async () => {
    const signedIn = await signIn("worker1", MINI_PASSWORD);
    const other = await app.as("worker1");
    const cookieOf = (response: typeof signedIn) =>
      `onegrid_session=${response.cookies.find(({ name }) => name === "onegrid_session")?.value}`;
    const before = { cookie: cookieOf(signedIn), "x-csrf-token": signedIn.json().csrfToken };
    const body = { currentPassword: MINI_PASSWORD, newPassword: NEW_PASSWORD };
    const changed = await app.anonymous.call("POST", `${URL}/password`, body, before);
    expect(changed.statusCode).toBe(204);
    const statusWith = async (headers: Record<string, string>) =>
      (await app.anonymous.call("GET", URL, undefined, headers)).statusCode;
    expect(await statusWith({ cookie: cookieOf(changed) })).toBe(200);
    expect(await statusWith({ cookie: before.cookie })).toBe(401);
    expect((await other.get(URL)).statusCode).toBe(401);
    expect((await signIn("worker1", MINI_PASSWORD)).statusCode).toBe(401);
    expect((await signIn("worker1", NEW_PASSWORD)).statusCode).toBe(200);
  });

  it("needs the present one, and refuses what is easily guessed", async () => {
    const client = await app.as("street1");
    const change = async (currentPassword: string, newPassword: string) =>
      (await client.post(`${URL}/password`, { currentPassword, newPassword })).json();
    expect((await change("wrong", NEW_PASSWORD)).code).toBe("identity.wrong_credentials");
    for (const [password, reason] of [
      ["1234567890", "one_pattern"],
      ["Password2026", "common"],
      ["p@ssw0rd!!!!", "common"],
      ["5201314520", "common"],
      ["street1-street1", "like_login"],
      ["abcabcabcabc", "one_pattern"],
    ] as const) {
      const { code, params } = await change(MINI_PASSWORD, password);
      expect([password, code, params?.reason]).toEqual([
        password,
        "identity.password_too_common",
        reason,
      ]);
    }
    expect((await signIn("street1", MINI_PASSWORD)).statusCode).toBe(200);
  });
});

describe("an account", () => {
  const draft = {
    login: "New.Worker",
    name: "周明",
    role: "worker",
    scopeCode: MINI.grid2,
    unitCode: null,
    password: NEW_PASSWORD,
  } as const;
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: { refusal: { code: string } }) => error.refusal.code,
    );

  it("is made once, in a place that exists, and can sign in", async () => {
    const ctx = app.ctx("admin");
    expect(await codeOf(createAccount(ctx, draft))).toBe("done");
    expect(await codeOf(createAccount(ctx, draft))).toBe("identity.login_taken");
    const other = { ...draft, login: "other" };
    for (const [change, code] of [
      [{ scopeCode: "500231009" }, "identity.unknown_scope"],
      [{ role: "department" }, "identity.wrong_unit"],
      [{ role: "department", unitCode: "NOPE" }, "identity.wrong_unit"],
      [{ unitCode: MINI.departments.emergency }, "identity.wrong_unit"],
      [{ password: "周明周明周明周明周明" }, "identity.password_too_common"],
    ] as const) {
      const made = createAccount(ctx, { ...other, ...change });
      expect([change, await codeOf(made)]).toEqual([change, code]);
    }
    expect((await signIn("new.worker", NEW_PASSWORD)).statusCode).toBe(200);
  });

  it("loses its sessions with a new password and when it is closed", async () => {
    const ctx = app.ctx("admin");
    const first = await app.as("worker2");
    await resetPassword(ctx, "worker2", NEW_PASSWORD);
    expect((await first.get(URL)).statusCode).toBe(401);
    expect((await signIn("worker2", NEW_PASSWORD)).statusCode).toBe(200);
    const second = await app.as("worker2");
    await setAccountClosed(ctx, "worker2", true);
    expect((await second.get(URL)).statusCode).toBe(401);
    expect((await signIn("worker2", NEW_PASSWORD)).statusCode).toBe(401);
    await setAccountClosed(ctx, "worker2", false);
    expect((await second.get(URL)).statusCode).toBe(401);
    expect((await signIn("worker2", NEW_PASSWORD)).statusCode).toBe(200);
    expect(await codeOf(setAccountClosed(ctx, "nobody", true))).toBe("identity.no_such_login");
  });
});

describe("a password that has to be changed first", () => {
  const signedIn = async (login: string, password: string) => {
    const answer = await signIn(login, password);
    const cookie = answer.cookies.find(({ name }) => name === "onegrid_session");
    const { csrfToken, passwordIsDue } = answer.json();
    const headers = { cookie: `onegrid_session=${cookie?.value}`, "x-csrf-token": csrfToken };
    return { headers, passwordIsDue: passwordIsDue as boolean };
  };
  const codeOfGet = async (url: string, headers: Record<string, string>) =>
    (await app.anonymous.call("GET", url, undefined, headers)).json().code;

  it("because it was given opens its own session alone, until its owner has changed it", async () => {
    const given = "amber-window-83-saddle";
    await resetPassword(app.ctx("security"), "head-grid1", given);
    const { headers, passwordIsDue } = await signedIn("head-grid1", given);
    expect(passwordIsDue).toBe(true);
    for (const url of ["/api/v1/cases", "/api/v1/board", "/api/v1/account/security"]) {
      expect([url, await codeOfGet(url, headers)]).toEqual([url, "identity.password_due"]);
    }
    expect(await codeOfGet(URL, headers)).toBeUndefined();
    const change = { currentPassword: given, newPassword: "copper-meadow-19-lantern" };
    const changed = await app.anonymous.call("POST", `${URL}/password`, change, headers);
    expect(changed.statusCode).toBe(204);
    const cookie = changed.cookies.find(({ name }) => name === "onegrid_session");
    const next = { ...headers, cookie: `onegrid_session=${cookie?.value}` };
    expect(await codeOfGet("/api/v1/cases", next)).toBeUndefined();
  });

  it("because it has run out by the county's rule does too, also in a session under way", async () => {
    const begun = app.clock.now();
    const security = await app.as("security");
    const rules = (days: number | null) =>
      security.put("/api/v1/security/rules", { factorRequired: [], passwordMaxAgeDays: days });
    expect((await rules(90)).json().passwordMaxAgeDays).toBe(90);
    await app.owner.query(
      "UPDATE account SET password_set_at = $1 WHERE login = 'head-community1'",
      [new Date(begun.getTime() - 90 * 86_400_000 + 600_000)],
    );
    const worker = await app.as("head-community1");
    expect((await worker.get("/api/v1/cases")).statusCode).toBe(200);
    app.clock.set(new Date(begun.getTime() + 600_000));
    expect((await worker.get("/api/v1/cases")).json().code).toBe("identity.password_due");
    expect((await worker.get(URL)).json().passwordIsDue).toBe(true);
    await rules(null);
    expect((await worker.get("/api/v1/cases")).statusCode).toBe(200);
    app.clock.set(begun);
  });
});
