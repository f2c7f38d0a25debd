import * as contract from "@onegrid/contract";
import {
  ACCOUNT_ROLES,
  MACHINE_PERMISSIONS,
  type AccountRole,
  type Endpoint,
} from "@onegrid/contract";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testApp, type TestApp, type TestLogin } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { permits } from "./index.ts";

let app: TestApp;
beforeAll(async () => {
  // What brings the server down is named in the output.
  app = await testApp({ config: { logLevel: "error" } });
});
afterAll(() => app.close());

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === "object" && value !== null && "permission" in value && "path" in value;

const ENDPOINTS = Object.values(contract as Record<string, unknown>).filter(isEndpoint);

const LOGIN_OF: Record<AccountRole, TestLogin> = {
  worker: "worker1",
  head: "head-street1",
  street: "street1",
  county_centre: "centre",
  department: "city-management",
  system_administrator: "admin",
  security_administrator: "security",
  audit_administrator: "auditor",
};

/** A path with plausible parameters: the gate answers before anything is looked up. */
const pathOf = ({ path }: Endpoint): string =>
  path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    if (name === "gridCode") return MINI.grid1;
    if (name === "categoryCode") return MINI.categories.litter;
    if (name === "year") return "2026";
    if (name === "size") return "thumb";
    return newId();
  });

type Verdict = "admitted" | "not signed in" | "not permitted" | "no token" | "people only";

const verdictOf = (code: string | undefined): Verdict => {
  if (code === "identity.not_signed_in") return "not signed in";
  if (code === "access.not_permitted") return "not permitted";
  if (code === "identity.csrf") return "no token";
  if (code === "identity.people_only") return "people only";
  return "admitted";
};

const ask = async (
  client: Awaited<ReturnType<TestApp["as"]>>,
  endpoint: Endpoint,
  headers: Record<string, string> = {},
): Promise<Verdict> => {
  const body = endpoint.body === undefined ? undefined : {};
  const { headers: answered, payload } = await client.call(
    endpoint.method,
    pathOf(endpoint),
    body,
    headers,
  );
  const isProblem = String(answered["content-type"]).startsWith("application/problem+json");
  const code = isProblem ? (JSON.parse(payload) as { code: string }).code : undefined;
  const isAnswered = code !== "request.no_such_path" && code !== "server.unexpected";
  expect([endpoint.name, code, isAnswered]).toEqual([endpoint.name, code, true]);
  return verdictOf(code);
};

it("answers every endpoint for every role as the matrix says", async () => {
  let cells = 0;
  for (const endpoint of ENDPOINTS) {
    const { name, permission } = endpoint;
    const changes = endpoint.method !== "GET";
    for (const role of ACCOUNT_ROLES) {
      // A session for each question: signing out must not end the walk.
      const client = await app.as(LOGIN_OF[role]);
      const expected: Verdict = permits(role, permission) ? "admitted" : "not permitted";
      expect([name, role, await ask(client, endpoint)]).toEqual([name, role, expected]);
      const forged = await ask(await app.as(LOGIN_OF[role]), endpoint, { "x-csrf-token": "x" });
      const needsToken = changes && permission !== "public";
      expect([name, role, forged]).toEqual([name, role, needsToken ? "no token" : expected]);
      cells += 2;
    }
    const nobody: Verdict = permission === "public" ? "admitted" : "not signed in";
    expect([name, "anonymous", await ask(app.anonymous, endpoint)]).toEqual([
      name,
      "anonymous",
      nobody,
    ]);
    // The same account at another county's address is nobody there.
    const abroad = await ask(await app.as("centre"), endpoint, { host: "other.test" });
    expect([name, "abroad", abroad]).toEqual([name, "abroad", nobody]);
    cells += 2;
  }
  console.log(`access: ${cells} cells over ${ENDPOINTS.length} endpoints as the matrix says`);
  expect(ENDPOINTS.length).toBeGreaterThan(15);
}, 60_000);

it("answers machines as their keys say, and never does people's work for them", async () => {
  const security = await app.as("security");
  const keyFor = async (permissions: readonly string[]) => {
    const answer = await security.post("/api/v1/api-keys", {
      name: "machine",
      role: "county_centre",
      scopeCode: MINI.county,
      unitCode: null,
      permissions,
      requestsPerMinute: 6000,
      expiresOn: "2026-12-31",
    });
    return { authorization: `Bearer ${answer.json().key as string}` };
  };
  let cells = 0;
  for (const granted of [MACHINE_PERMISSIONS, ["cases.report"]] as const) {
    const headers = await keyFor(granted);
    for (const endpoint of ENDPOINTS) {
      const { name, permission } = endpoint;
      const isForMachines = MACHINE_PERMISSIONS.some((one) => one === permission);
      const isGranted = granted.some((one) => one === permission);
      const expected: Verdict =
        permission === "public" || isGranted
          ? "admitted"
          : isForMachines
            ? "not permitted"
            : "people only";
      expect([name, await ask(app.anonymous, endpoint, headers)]).toEqual([name, expected]);
      cells += 1;
    }
  }
  console.log(`access: ${cells} cells of two machines over ${ENDPOINTS.length} endpoints`);
}, 60_000);
