import * as contract from "@onegrid/contract";
import type { Endpoint } from "@onegrid/contract";
import fc from "fast-check";
import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testApp, type TestApp, type TestClient, type TestLogin } from "./support/app.ts";
import { arbitraryOf, hostileText } from "./support/arbitrary-input.ts";
import { MINI } from "./support/mini-county.ts";

const ENDPOINTS = Object.values(contract as Record<string, unknown>).filter(
  (value): value is Endpoint => typeof value === "object" && value !== null && "path" in value,
);

/** What would end the session or the account that the rest is tried with. */
const ENDS_THE_SESSION = ["session.signOut", "session.changePassword"];
const LOGINS: TestLogin[] = ["worker1", "street1", "centre", "city-management", "admin"];
const RUNS = 25;

let app: TestApp;
let clients: TestClient[];
beforeAll(async () => {
  app = await testApp();
  clients = [app.anonymous, ...(await Promise.all(LOGINS.map((login) => app.as(login))))];
}, 120_000);
afterAll(() => app.close());

/** Problems that any endpoint may answer: they come from the edge and the gate, not from the use case. */
const GENERAL = ["request.", "identity.", "access.", "server."];

/**
 * The problem codes of an answer, the refusals inside a batch included, that the contract does not
 * declare for the endpoint.
 */
const undeclared = ({ problems = [] }: Endpoint, contentType: unknown, body: string): string[] => {
  if (!String(contentType).includes("json")) return [];
  const answered = JSON.parse(body) as {
    code?: unknown;
    results?: { problem?: { code?: unknown } }[];
  };
  const isProblem = String(contentType).includes("problem+json");
  const codes = isProblem
    ? [answered.code]
    : Array.isArray(answered.results)
      ? answered.results.map((result) => result.problem?.code)
      : [];
  return codes.filter(
    (code): code is string =>
      typeof code === "string" &&
      !problems.includes(code) &&
      !GENERAL.some((beginning) => code.startsWith(beginning)),
  );
};

const filled = (path: string, params: Record<string, unknown>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(String(params[name] ?? "x").toWellFormed()).replaceAll(/^\.{1,2}$/g, "%2E"),
  );

const queryOf = (query: unknown): string => {
  if (typeof query !== "object" || query === null) return "";
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, String(value)] as [string, string]);
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs).toString()}`;
};

/** Values that mean something in the mini county, so that input gets past the first look. */
const KNOWN: Record<string, readonly string[]> = {
  gridCode: Object.values(MINI).flatMap((code) => (typeof code === "string" ? code : [])),
  categoryCode: Object.values(MINI.categories),
  unitCode: Object.values(MINI.departments),
};

describe.each(ENDPOINTS.map((endpoint) => [endpoint.name, endpoint] as const))(
  "%s",
  (name, endpoint) => {
    test("never fails and answers only problems it declares, whatever it is sent", async () => {
      const input = fc.record({
        params: arbitraryOf(endpoint.params, KNOWN),
        query: arbitraryOf(endpoint.query, KNOWN),
        body: arbitraryOf(endpoint.body, KNOWN),
        path: fc.option(hostileText, { freq: 5 }),
        client: fc.nat(LOGINS.length),
      });
      const property = fc.asyncProperty(input, async ({ params, query, body, path, client }) => {
        const values = (params ?? {}) as Record<string, unknown>;
        const hostile =
          path === null
            ? values
            : Object.fromEntries(Object.keys(values).map((key) => [key, path]));
        const url = filled(endpoint.path, hostile) + queryOf(query);
        const chosen = ENDS_THE_SESSION.includes(name) ? app.anonymous : clients[client];
        const method = endpoint.method as NonNullable<InjectOptions["method"]>;
        const send = endpoint.body === undefined ? undefined : JSON.stringify(body ?? null);
        const answer = await (chosen ?? app.anonymous).call(
          method,
          url,
          send === undefined ? undefined : Buffer.from(send),
          send === undefined ? {} : { "content-type": "application/json" },
        );
        expect(answer.statusCode, `${method} ${url} ${send ?? ""} → ${answer.body}`).toBeLessThan(
          500,
        );
        const secret = undeclared(endpoint, answer.headers["content-type"], answer.body);
        expect(secret, `${name} answers what its contract does not declare`).toEqual([]);
      });
      await fc.assert(property, { numRuns: RUNS, seed: 20261124 });
    });
  },
);

test("bodies that are no JSON, too large or of another type are refused", async () => {
  const street = await app.as("street1");
  const bodies: [string, string][] = [
    ["application/json", "{"],
    ["application/json", ""],
    ["application/json", `{"__proto__":{"x":1},"reports":[{}]}`],
    ["text/plain", "hello"],
    ["application/xml", "<a/>"],
    ["application/json", JSON.stringify({ reports: ["x".repeat(2_000_000)] })],
  ];
  for (const [type, body] of bodies) {
    const answer = await street.call("POST", "/api/v1/cases", Buffer.from(body), {
      "content-type": type,
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  }
});
