import { afterAll, beforeAll, expect, it } from "vitest";
import { aReport } from "../src/modules/cases/test/case-world.ts";
import { withClient } from "../src/platform/roles.ts";
import { testApp, type TestApp } from "./support/app.ts";

const PATIENCE = { timeout: 10_000 };

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const limitConnections = async (to: number): Promise<void> => {
  const { rows } = await app.owner.query<{ sql: string }>(
    "SELECT format('ALTER DATABASE %I CONNECTION LIMIT %s', current_database(), $1::int) AS sql",
    [to],
  );
  await app.owner.query(rows[0]?.sql ?? "");
};

/** Ends every connection of the server, and lets it have no new one. */
const goAway = (): Promise<void> =>
  withClient(app.database.appUrl, async (client) => {
    await limitConnections(0);
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`);
  });

it("says so while the database is away, refuses reports clearly, and takes the same ones afterwards", async () => {
  const worker = await app.as("worker1");
  const reports = [aReport()];
  const report = () => worker.post("/api/v1/cases", { reports });
  const statusOf = async (path: string) => (await app.anonymous.get(path)).statusCode;

  await goAway();
  const refused = await report();
  expect(refused.statusCode).toBe(503);
  expect(refused.headers["retry-after"]).toBe("5");
  expect(refused.json()).toMatchObject({ code: "server.database_away" });
  expect(await statusOf("/readyz")).toBe(503);
  expect(await statusOf("/healthz")).toBe(200);

  await limitConnections(-1);
  await expect.poll(() => statusOf("/readyz"), PATIENCE).toBe(200);
  await expect.poll(async () => (await report()).statusCode, PATIENCE).toBe(200);
  expect((await report()).json()).toMatchObject({
    results: [{ outcome: "accepted", repeated: true }],
  });
});
