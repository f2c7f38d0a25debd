import { MACHINE_PERMISSIONS } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../../test/support/app.ts";
import { MINI } from "../../../../test/support/mini-county.ts";

let app: TestApp;
let security: TestClient;
beforeAll(async () => {
  app = await testApp({ config: { anonymousChangesPerMinute: 4 } });
  security = await app.as("security");
});
afterAll(() => app.close());

const KEYS = "/api/v1/api-keys";
const HOTLINE = {
  name: "12345 热线平台",
  role: "street",
  scopeCode: MINI.street1 as string,
  unitCode: null,
  permissions: MACHINE_PERMISSIONS as readonly string[],
  requestsPerMinute: 100,
  expiresOn: "2026-12-31",
};
type Made = { keyId: string; key: string };
const make = async (fields: Partial<typeof HOTLINE> = {}): Promise<Made> => {
  const answer = await security.post(KEYS, { ...HOTLINE, ...fields });
  expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
  return answer.json();
};
const use = (key: string, method: "GET" | "POST", url: string, body?: unknown, more = {}) =>
  app.anonymous.call(method, url, body, { authorization: `Bearer ${key}`, ...more });

const report = (lng: number) => ({
  reports: [
    {
      caseId: newId(),
      location: { lng, lat: 30.05 },
      accuracyM: null,
      address: "南门路 1 号",
      categoryCode: MINI.categories.litter,
      description: "垃圾堆放",
      attachmentIds: [],
      capturedAt: null,
      selfHandledNote: null,
    },
  ],
});

const refusals = async (keyId: string | null) => {
  const { rows } = await app.owner.query(
    `SELECT detail->>'code' AS code, detail->>'reason' AS reason FROM audit_event
      WHERE action = 'api_key.use' AND outcome = 'refused' AND subject IS NOT DISTINCT FROM $1
      ORDER BY audit_id`,
    [keyId],
  );
  return rows.map(({ code, reason }) => [code, reason]);
};

it("reports and reads in its scope under the machine's own name, without a token", async () => {
  const { keyId, key } = await make();
  const filed = await use(key, "POST", "/api/v1/cases", report(107.05));
  expect([filed.statusCode, filed.json().results[0].problem]).toEqual([200, undefined]);
  const { rows } = await app.owner.query(
    `SELECT a.name, a.kind FROM case_event e JOIN account a
       ON a.county_code = e.county_code AND a.account_id = e.actor_account_id
      WHERE e.actor_account_id = $1`,
    [keyId],
  );
  expect(rows[0]).toEqual({ name: HOTLINE.name, kind: "machine" });
  const elsewhere = await make({ scopeCode: MINI.street2 });
  const seen = (await use(key, "GET", "/api/v1/cases")).json().cases;
  const unseen = (await use(elsewhere.key, "GET", "/api/v1/cases")).json().cases;
  expect([seen.length, unseen.length]).toEqual([1, 0]);
  const lines = (await security.get(KEYS)).json().keys;
  expect(lines.find((line: { keyId: string }) => line.keyId === keyId)).toMatchObject({
    name: HOTLINE.name,
    lastUsedOn: "2026-11-24",
    expiresAt: "2026-12-31T16:00:00.000Z",
  });
  expect(JSON.stringify(lines)).not.toContain(key);
  const { rows: stored } = await app.owner.query(
    "SELECT row_to_json(k)::text AS line FROM api_key k",
  );
  for (const { line } of stored) expect(line).not.toContain(key.slice(-43));
});

it("does only what it was made for, never people's work; each refusal is recorded once a minute", async () => {
  const { keyId, key } = await make({ permissions: ["board.read"] });
  expect((await use(key, "GET", "/api/v1/cases")).json().code).toBe("access.not_permitted");
  expect((await use(key, "GET", "/api/v1/cases")).json().code).toBe("access.not_permitted");
  expect((await use(key, "GET", KEYS)).json().code).toBe("identity.people_only");
  expect((await use(key, "GET", "/api/v1/session")).json().code).toBe("identity.people_only");
  // Whoever's cookie comes along counts for nothing beside a key.
  const withCookie = await security.call("GET", KEYS, undefined, {
    authorization: `Bearer ${key}`,
  });
  expect(withCookie.json().code).toBe("identity.people_only");
  expect(await refusals(keyId)).toEqual([
    ["access.not_permitted", null],
    ["identity.people_only", null],
    ["identity.people_only", null],
  ]);
  const own = `key-${keyId}`;
  const guess = await app.anonymous.post("/api/v1/session", { login: own, password: "!" });
  expect(guess.json().code).toBe("identity.wrong_credentials");
});

it("opens nothing once revoked or over, nor anywhere else, and strangers are slowed down", async () => {
  const begun = app.clock.now();
  const { keyId, key } = await make({ expiresOn: "2026-11-24" });
  expect((await use(key, "GET", "/api/v1/board")).statusCode).toBe(200);
  const abroad = await use(key, "GET", "/api/v1/board", undefined, { host: "other.test" });
  expect(abroad.json().params).toEqual({ reason: "unknown" });
  app.clock.set(new Date("2026-11-24T16:00:00Z"));
  expect((await use(key, "GET", "/api/v1/board")).json().params).toEqual({ reason: "expired" });
  app.clock.set(begun);
  expect((await security.call("DELETE", `${KEYS}/${keyId}`)).statusCode).toBe(204);
  const gone = await security.call("DELETE", `${KEYS}/${keyId}`);
  expect(gone.json().code).toBe("identity.no_such_key");
  expect((await use(key, "GET", "/api/v1/board")).json().params).toEqual({ reason: "revoked" });
  expect(await refusals(keyId)).toEqual([
    ["identity.key_refused", "expired"],
    ["identity.key_refused", "revoked"],
  ]);
  const stranger = await use(`onegrid_key_${"A".repeat(43)}`, "GET", "/api/v1/board");
  expect([stranger.statusCode, stranger.headers["retry-after"]]).toEqual([429, expect.any(String)]);
});

it("is counted by itself and told when to come back", async () => {
  const { key } = await make({ requestsPerMinute: 2 });
  const other = await make({ requestsPerMinute: 2 });
  const asked = [];
  for (let n = 0; n < 3; n += 1) asked.push(await use(key, "GET", "/api/v1/board"));
  expect(asked.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
  expect(Number(asked[2]?.headers["retry-after"])).toBeGreaterThan(0);
  expect((await use(other.key, "GET", "/api/v1/board")).statusCode).toBe(200);
});

it("is made with an end, a place and no work of people; making and revoking stand in the log", async () => {
  for (const [fields, code] of [
    [{ expiresOn: "2026-11-23" }, "identity.key_term"],
    [{ expiresOn: "2028-01-01" }, "identity.key_term"],
    [{ scopeCode: "999" }, "identity.unknown_scope"],
    [{ role: "department" }, "identity.wrong_unit"],
    [{ permissions: ["contacts.open"] }, "request.invalid"],
    [{ role: "security_administrator" }, "request.invalid"],
  ] as const) {
    const answer = await security.post(KEYS, { ...HOTLINE, ...fields });
    expect([fields, answer.json().code]).toEqual([fields, code]);
  }
  const { rows } = await app.owner.query(
    `SELECT action, count(*)::int AS n FROM audit_event
      WHERE action LIKE 'api_key.%' AND outcome = 'done' GROUP BY action ORDER BY action`,
  );
  expect(rows.map(({ action }) => action)).toEqual(["api_key.create", "api_key.revoke"]);
});
