import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import pg from "pg";
import { buildApp, type App } from "../../src/app.ts";
import { movableClock } from "../../src/platform/clock.ts";
import type { Config } from "../../src/platform/config.ts";
import type { StaffCtx } from "../../src/platform/context.ts";
import { openDatabase } from "../../src/platform/database.ts";
import { testDatabase, type TestDatabase } from "./database.ts";
import { MINI, MINI_ACCOUNTS, MINI_COUNTY } from "./mini-county.ts";

/** Tuesday 24 November 2026, 10:00 in the county. */
export const TEST_NOW = new Date("2026-11-24T02:00:00Z");

export type TestLogin = (typeof MINI_ACCOUNTS)[number]["login"];

type Method = NonNullable<InjectOptions["method"]>;

/** Calls the server as one signed-in account, or as nobody. */
export type TestClient = {
  /** `body` is sent as JSON unless it is a Buffer. Answers of JSON are read with `.json()`. */
  call(
    method: Method,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  get(url: string): Promise<LightMyRequestResponse>;
  post(url: string, body?: unknown): Promise<LightMyRequestResponse>;
  put(url: string, body?: unknown): Promise<LightMyRequestResponse>;
};

export type TestApp = App & {
  database: TestDatabase;
  config: Config;
  clock: ReturnType<typeof movableClock>;
  /** A connection as owner, past row-level security: to arrange and to look. */
  owner: pg.Client;
  anonymous: TestClient;
  /** A client with a session of its own; made in the table, not by the sign-in that tests test. */
  as(login: TestLogin): Promise<TestClient>;
  /** The context of an account, to call a use case without HTTP. */
  ctx(login: TestLogin): StaffCtx;
};

const clientOf = ({ http }: App, session: Record<string, string>): TestClient => {
  const call: TestClient["call"] = (method, url, body, headers = {}) =>
    http.inject({
      method,
      url,
      headers: { ...session, ...headers },
      ...(body !== undefined && { payload: body as NonNullable<InjectOptions["payload"]> }),
    });
  return {
    call,
    get: (url) => call("GET", url),
    post: (url, body) => call("POST", url, body),
    put: (url, body) => call("PUT", url, body),
  };
};

const accountOf = (login: TestLogin) => {
  const found = MINI_ACCOUNTS.find((account) => account.login === login);
  if (found === undefined) throw new Error(`no account ${login} in the mini county`);
  return found;
};

/** Begins a session in the table and answers the headers that use it. */
export const signInForTests = async (
  owner: pg.Client,
  login: TestLogin,
  now: Date,
): Promise<Record<string, string>> => {
  const { county, id } = accountOf(login);
  const secret = randomBytes(32).toString("base64url");
  const csrfToken = randomBytes(32).toString("base64url");
  await owner.query(
    `INSERT INTO session (county_code, session_hash, account_id, csrf_token, created_at,
       last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $5, $5::timestamptz + '12 hours')`,
    [county, createHash("sha256").update(secret).digest(), id, csrfToken, now],
  );
  return {
    cookie: `onegrid_session=${county}.${secret}`,
    "x-csrf-token": csrfToken,
    ...(county !== MINI.county && { host: "other.test" }),
  };
};

/**
 * The whole server over a fresh copy of the mini county, with a clock that stands at `TEST_NOW`
 * until it is moved. Nothing listens: requests go through `inject`.
 *
 *     let app: TestApp;
 *     beforeAll(async () => { app = await testApp(); });
 *     afterAll(() => app.close());
 */
export const testApp = async (
  options: {
    /** Differs from the configuration of tests in these points. */
    config?: Partial<Config>;
    /** Called with each statement's text, to count those of a request. */
    onStatement?: (text: string) => void;
  } = {},
): Promise<TestApp> => {
  const database = await testDatabase(MINI_COUNTY);
  const filesDir = mkdtempSync(join(tmpdir(), "onegrid-files-"));
  const config: Config = {
    host: "127.0.0.1",
    port: 0,
    databaseUrl: database.appUrl,
    filesDir,
    frontsDir: null,
    secureCookies: false,
    logLevel: "silent",
    dataKey: new Uint8Array(randomBytes(32)),
    // Tests share one address and few accounts; the limits have a test of their own.
    anonymousChangesPerMinute: 1_000_000,
    anonymousReadsPerMinute: 1_000_000,
    accountRequestsPerMinute: 1_000_000,
    ...options.config,
  };
  const clock = movableClock(TEST_NOW);
  const app = await buildApp(config, {
    clock,
    database: openDatabase({
      url: database.appUrl,
      ...(options.onStatement && { onStatement: options.onStatement }),
    }),
  });
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  return {
    ...app,
    database,
    config,
    clock,
    owner,
    anonymous: clientOf(app, {}),
    as: async (login) => clientOf(app, await signInForTests(owner, login, clock.now())),
    ctx: (login) => {
      const { county, id, role, scope, unit } = accountOf(login);
      return {
        db: app.services.database.db,
        clock,
        jobs: app.services.jobs,
        county: {
          countyCode: county,
          name: county,
          levelLengths: [6, 9, 12, 15],
          timeZone: "Asia/Shanghai",
          sample: false,
        },
        actor: { role, accountId: id, scopeCode: scope, unitCode: unit },
        requestId: "test",
      };
    },
    close: async () => {
      await app.close();
      await owner.end();
      await database.close();
      rmSync(filesDir, { recursive: true, force: true });
    },
  };
};
