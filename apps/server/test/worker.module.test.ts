import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportCases } from "../src/modules/cases/index.ts";
import { aReport } from "../src/modules/cases/test/case-world.ts";
import { startWorker } from "../src/worker.ts";
import { signInForTests, testApp, type TestApp } from "./support/app.ts";
import { MINI } from "./support/mini-county.ts";

let app: TestApp;
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  app = await testApp();
  worker = await startWorker(app.config, app.clock);
});
afterAll(async () => {
  await worker.close();
  await app.close();
});

const waiting = async () => {
  const { rows } = await app.owner.query("SELECT count(*)::int AS n FROM graphile_worker.jobs");
  return rows[0].n as number;
};

it("runs a job that was queued with the fact, as the role that owns nothing", async () => {
  const begun = app.clock.now();
  await signInForTests(app.owner, "worker1", begun);
  app.clock.set(new Date(begun.getTime() + 11 * 3_600_000));
  await signInForTests(app.owner, "worker2", app.clock.now());
  app.clock.set(new Date(begun.getTime() + 13 * 3_600_000));
  const { database, jobs } = app.services;
  await jobs.add(database.db, "identity.remove_expired_sessions", {});
  const left = async () => {
    const { rows } = await app.owner.query(
      "SELECT login FROM session JOIN account USING (county_code, account_id)",
    );
    return rows.map(({ login }) => login as string);
  };
  while ((await waiting()) > 0) await pause(20);
  expect(await left()).toEqual(["worker2"]);
});

describe("a worker killed in the middle of a job", () => {
  const alerts = async (caseId: string) => {
    const { rows } = await app.owner.query(
      "SELECT account_id FROM staff_alert WHERE case_id = $1 AND kind = 'overdue'",
      [caseId],
    );
    return rows.length;
  };
  const held = async () => {
    const { rows } = await app.owner.query(
      "SELECT id FROM graphile_worker.jobs WHERE locked_by IS NOT NULL",
    );
    return rows.length;
  };
  const until = async (what: () => Promise<boolean>) => {
    while (!(await what())) await pause(20);
  };

  it("leaves it to another, which does it once", async () => {
    const report = aReport();
    const [taken] = (await reportCases(app.ctx("worker1"), [report])).results;
    expect(taken?.outcome).toBe("accepted");
    const { caseId } = report;
    // Only the process that is to die may take the job.
    await worker.close();
    const dying = fork(new URL("../src/worker.ts", import.meta.url), {
      execArgv: [],
      env: {
        ...process.env,
        ONEGRID_DATABASE_URL: app.config.databaseUrl,
        ONEGRID_FILES_DIR: app.config.filesDir,
        ONEGRID_DATA_KEY: Buffer.from(app.config.dataKey).toString("base64"),
        ONEGRID_LOG_LEVEL: "silent",
      },
    });
    // Its work is held up inside its transaction, at the statement that enters the alerts.
    await app.owner.query("BEGIN; LOCK TABLE staff_alert IN SHARE ROW EXCLUSIVE MODE");
    const { database, jobs } = app.services;
    await jobs.add(database.db, "notifications.milestone", {
      countyCode: MINI.county,
      caseId,
      clockKey: "case",
      key: "due",
      round: 0,
    });
    await until(async () => {
      const { rows } = await database.pool.query(
        `SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)
         WHERE a.datname = current_database() AND NOT l.granted
           AND l.relation = 'staff_alert'::regclass`,
      );
      return rows.length === 1;
    });
    const gone = once(dying, "exit");
    dying.kill("SIGKILL");
    await gone;
    await app.owner.query("ROLLBACK");
    expect(await alerts(caseId)).toBe(0);
    expect(await held()).toBe(1);

    worker = await startWorker(app.config, app.clock, { sweepMs: 200 });
    await until(async () => (await held()) === 0 && (await alerts(caseId)) > 0);
    const told = await alerts(caseId);
    // And once more, as if the first had died after its work: nobody is told twice.
    await jobs.add(database.db, "notifications.milestone", {
      countyCode: MINI.county,
      caseId,
      clockKey: "case",
      key: "due",
      round: 0,
    });
    await until(async () => (await waiting()) === 0);
    expect(await alerts(caseId)).toBe(told);
  }, 60_000);
});
