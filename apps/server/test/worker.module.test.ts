import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startWorker } from "../src/worker.ts";
import { signInForTests, testApp, type TestApp } from "./support/app.ts";

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
  const waiting = async () => {
    const { rows } = await app.owner.query("SELECT count(*)::int AS n FROM graphile_worker.jobs");
    return rows[0].n as number;
  };
  while ((await waiting()) > 0) await pause(20);
  expect(await left()).toEqual(["worker2"]);
});
