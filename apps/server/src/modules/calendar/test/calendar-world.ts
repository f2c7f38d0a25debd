import { randomUUID } from "node:crypto";
import type { Limit } from "@onegrid/contract";
import { installProblemHandlers } from "../../../platform/http.ts";
import Fastify, { type FastifyInstance } from "fastify";
import { testDatabase } from "../../../../test/support/database.ts";
import { type Clock, movableClock } from "../../../platform/clock.ts";
import { configFromEnvironment } from "../../../platform/config.ts";
import type { StaffCtx } from "../../../platform/context.ts";
import { openDatabase, type Database } from "../../../platform/database.ts";
import { graphileJobs } from "../../../platform/jobs.ts";
import { withClient } from "../../../platform/roles.ts";
import type { MountRoutes } from "../../../platform/services.ts";

export type CountyWorld = {
  database: Database;
  /** Another process on the same database. */
  elsewhere: Database;
  ctx: StaffCtx;
  http: FastifyInstance;
  ownerUrl: string;
  /** Stores an open case filed at `filedAt`, with what it refers to. */
  addOpenCase(filedAt: string, limit: Limit, dueAt: string): Promise<void>;
  close(): Promise<void>;
};

const COUNTY = "500231";
const CLOCK: Clock = movableClock(new Date("2026-11-24T04:00:00Z"));

/** A real county of its own with one module mounted, asked as its administrator. */
export const countyWorld = async (mountRoutes: MountRoutes): Promise<CountyWorld> => {
  const test = await testDatabase();
  const database = openDatabase({ url: test.appUrl, maxConnections: 4 });
  const elsewhere = openDatabase({ url: test.appUrl, maxConnections: 2 });
  const accountId = randomUUID();
  await withClient(test.ownerUrl, async (client) => {
    await client.query(
      `INSERT INTO county (county_code, name, level_lengths)
       VALUES ($1, 'Dianjiang', '{6,9,12,15}')`,
      [COUNTY],
    );
    await client.query(
      `INSERT INTO account (county_code, account_id, login, name, password_hash, role, scope_code)
       VALUES ($1, $2, 'admin', 'Admin', 'x', 'system_administrator', $1)`,
      [COUNTY, accountId],
    );
  });
  const ctx: StaffCtx = {
    db: database.db,
    clock: CLOCK,
    jobs: graphileJobs,
    county: {
      countyCode: COUNTY,
      name: "Dianjiang",
      levelLengths: [6, 9, 12, 15],
      timeZone: "Asia/Shanghai",
      sample: true,
    },
    actor: { role: "system_administrator", accountId, scopeCode: COUNTY, unitCode: null },
    requestId: "test",
  };
  const http = Fastify();
  installProblemHandlers(http);
  await mountRoutes(http, {
    config: configFromEnvironment({
      ONEGRID_DATABASE_URL: test.appUrl,
      ONEGRID_FILES_DIR: "/nonexistent",
      ONEGRID_DATA_KEY: Buffer.alloc(32).toString("base64"),
    }),
    database,
    clock: CLOCK,
    jobs: graphileJobs,
    gate: async () => ctx,
  });
  return {
    database,
    elsewhere,
    ctx,
    http,
    ownerUrl: test.ownerUrl,
    addOpenCase: (filedAt, limit, dueAt) => addOpenCase(test.ownerUrl, filedAt, limit, dueAt),
    close: async () => {
      await http.close();
      await database.close();
      await elsewhere.close();
      await test.close();
    },
  };
};

const addOpenCase = (ownerUrl: string, filedAt: string, limit: Limit, dueAt: string) =>
  withClient(ownerUrl, async (client) => {
    await client.query(
      `INSERT INTO category (county_code, category_code, version, net, kind, name, start_tier,
                             limit_amount, limit_unit)
       VALUES ($1, 'T1', 1, 'city_management', 'matter', 'Test', 'level3', 1, 'working_day')
       ON CONFLICT DO NOTHING`,
      [COUNTY],
    );
    await client.query(
      `INSERT INTO grid (county_code, grid_code, version, level, name, valid_from, outline, west,
                         south, east, north, label_lng, label_lat, area_m2)
       VALUES ($1, $1, 1, 0, 'Dianjiang', '2026-01-01', '{}', 107, 30, 108, 31, 107.5, 30.5, 1)
       ON CONFLICT DO NOTHING`,
      [COUNTY],
    );
    const caseId = randomUUID();
    await client.query(
      `INSERT INTO cases (county_code, case_id, state, tier, grid_code, grid_version, description,
                          category_code, category_version, net, source, report_hash, reported_at,
                          filed_at, limit_amount, limit_unit, due_at, version)
       VALUES ($1, $2, 'dispatched', 'county', $1, 1, 'x', 'T1', 1, 'city_management', 'worker',
               $3, $4, $4, $5, $6, $7, 3)`,
      [COUNTY, caseId, Buffer.alloc(32), filedAt, limit.amount, limit.unit, dueAt],
    );
    // The log that the case's clock is read from; the report's own facts do not matter here.
    const log = [
      { kind: "report", data: {} },
      { kind: "file", data: { limit, dueAt, note: null } },
      { kind: "dispatch", data: { tier: "county", holderCode: COUNTY, note: null, rule: null } },
    ];
    for (const [index, { kind, data }] of log.entries()) {
      await client.query(
        `INSERT INTO case_event (county_code, case_id, seq, event_id, kind, occurred_at, actor_role,
           data) VALUES ($1, $2, $3, $4, $5, $6, 'system', $7)`,
        [COUNTY, caseId, index + 1, randomUUID(), kind, filedAt, JSON.stringify(data)],
      );
    }
  });
