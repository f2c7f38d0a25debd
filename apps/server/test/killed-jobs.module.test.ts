import type { Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fireMilestones, reportCases } from "../src/modules/cases/index.ts";
import { aReport } from "../src/modules/cases/test/case-world.ts";
import { notificationTasks } from "../src/modules/notifications/index.ts";
import { openDatabase, type Database } from "../src/platform/database.ts";
import type { WorkerServices } from "../src/platform/jobs.ts";
import { TEST_NOW, testApp, type TestApp } from "./support/app.ts";
import { MINI } from "./support/mini-county.ts";

/*
 * A job killed at any instruction leaves no double alert and loses none: each job is killed before
 * and after every statement that it sends, in turn, and then done again as the queue would.
 */

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set(TEST_NOW);
  await app.owner.query("DELETE FROM graphile_worker._private_jobs");
  await app.owner.query("DELETE FROM case_milestone");
});

type Moment = "before" | "after";
type Query = (...args: unknown[]) => Promise<unknown>;

/**
 * A database whose process dies at the `nth` statement after `arm`: before it is sent, or once it is
 * answered. The connection breaks, and nothing the process would say afterwards is heard.
 */
const doomed = () => {
  const database = openDatabase({ url: app.config.databaseUrl, maxConnections: 2 });
  let left = Infinity;
  let when: Moment = "before";
  let dead = false;
  // A process that dies takes every connection along, also those that had begun something else.
  const streams = new Set<Socket>();
  database.pool.on("connect", (client) => {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    streams.add(stream);
    const query = client.query.bind(client) as unknown as Query;
    const die = (): never => {
      dead = true;
      for (const open of streams) open.destroy();
      streams.clear();
      throw new Error("killed");
    };
    const watched: Query = async (...args) => {
      if (dead) throw new Error("killed");
      left -= 1;
      const isIt = left === 0;
      if (isIt && when === "before") die();
      const answer = await query(...args);
      return isIt ? die() : answer;
    };
    client.query = watched as unknown as typeof client.query;
  });
  return {
    database,
    arm: (nth: number, moment: Moment) => {
      left = nth;
      when = moment;
      dead = false;
    },
    /** Whether it died since it was armed. From here on it lives. */
    disarm: (): boolean => {
      const died = dead;
      left = Infinity;
      dead = false;
      return died;
    },
  };
};

const servicesOn = (database: Database): WorkerServices => ({
  config: app.config,
  clock: app.clock,
  jobs: app.services.jobs,
  database,
});

/** What a killed process had begun is rolled back once the database hears that it is gone. */
const openTransactions = async (): Promise<number> => {
  const { rowCount } = await app.services.database.pool.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND backend_type = 'client backend' AND xact_start IS NOT NULL`,
  );
  return rowCount ?? 0;
};

/**
 * Kills a job at each of its statements, does it again, and hands the case to `check`. Answers at how
 * many points it was killed; ends with the first run that went through.
 */
const killEverywhere = async (
  arrange: () => Promise<string>,
  work: (services: WorkerServices, caseId: string) => Promise<unknown>,
  check: (caseId: string) => Promise<void>,
): Promise<number> => {
  let points = 0;
  const { database, arm, disarm } = doomed();
  try {
    // What the process keeps in memory it has read by then.
    await work(servicesOn(database), await arrange());
    for (const moment of ["before", "after"] as const) {
      for (let nth = 1; ; nth += 1) {
        const caseId = await arrange();
        arm(nth, moment);
        await work(servicesOn(database), caseId).catch(() => {});
        const died = disarm();
        await expect.poll(openTransactions, { timeout: 10_000 }).toBe(0);
        await work(servicesOn(app.services.database), caseId);
        await check(caseId);
        if (!died) break;
        points += 1;
      }
    }
  } finally {
    await database.close();
  }
  return points;
};

const reported = async (categoryCode: string): Promise<string> => {
  const report = aReport({ categoryCode });
  const [taken] = (await reportCases(app.ctx("worker1"), [report])).results;
  if (taken?.outcome !== "accepted") throw new Error(JSON.stringify(taken));
  return report.caseId;
};

/** Accounts that were alerted of a case, by kind. */
const alerted = async (caseId: string): Promise<string[]> => {
  const { rows } = await app.owner.query(
    `SELECT a.kind || ' ' || c.login AS line FROM staff_alert a JOIN account c USING (county_code, account_id)
     WHERE case_id = $1 ORDER BY 1`,
    [caseId],
  );
  return rows.map(({ line }) => line as string);
};

describe("killed before and after each statement, and done again", { timeout: 120_000 }, () => {
  test("an emergency rings each bell once", async () => {
    const seen = new Set<string>();
    const points = await killEverywhere(
      () => reported(MINI.categories.gas),
      (services, caseId) =>
        notificationTasks["notifications.tell"](services, {
          countyCode: MINI.county,
          caseId,
          fromSeq: 1,
          toSeq: 3,
        }),
      async (caseId) => {
        const lines = await alerted(caseId);
        expect(lines).toEqual([...new Set(lines)]);
        seen.add(lines.join());
      },
    );
    expect(points).toBeGreaterThan(10);
    // Whenever it died, the same people were told.
    expect([...seen]).toEqual([expect.stringContaining("emergency street1")]);
  });

  test("a limit that is used up alerts its holder once", async () => {
    const seen = new Set<string>();
    const points = await killEverywhere(
      () => reported(MINI.categories.litter),
      (services, caseId) =>
        notificationTasks["notifications.milestone"](services, {
          countyCode: MINI.county,
          caseId,
          clockKey: "case",
          key: "due",
          round: 0,
        }),
      async (caseId) => {
        seen.add((await alerted(caseId)).join());
      },
    );
    expect(points).toBeGreaterThan(10);
    expect([...seen]).toEqual([expect.stringContaining("overdue worker1")]);
  });

  test("the clocks' own job marks, queues and takes a case up once", async () => {
    const county = app.ctx("centre").county;
    const points = await killEverywhere(
      async () => {
        app.clock.set(TEST_NOW);
        await app.owner.query("DELETE FROM case_milestone");
        const caseId = await reported(MINI.categories.litter);
        await fireAt("2026-11-24T09:00:00Z");
        app.clock.set(new Date("2026-11-25T02:00:00Z"));
        return caseId;
      },
      ({ database }) => fireMilestones(database.db, county, app.clock.now()),
      async (caseId) => {
        const { rows } = await app.owner.query(
          `SELECT (SELECT count(*)::int FROM case_event WHERE case_id = $1 AND kind = 'escalate') AS up,
             (SELECT json_agg(clock_key || ' ' || key ORDER BY 1) FROM case_milestone
              WHERE case_id = $1 AND fired_at IS NOT NULL) AS fired,
             (SELECT count(*)::int FROM graphile_worker.jobs WHERE key LIKE 'milestone:' || $1 || '%') AS queued`,
          [caseId],
        );
        expect(rows[0].up).toBe(1);
        expect(rows[0].queued).toBe(rows[0].fired.length);
      },
    );
    expect(points).toBeGreaterThan(10);

    async function fireAt(text: string) {
      app.clock.set(new Date(text));
      await fireMilestones(app.services.database.db, county, app.clock.now());
    }
  });
});
