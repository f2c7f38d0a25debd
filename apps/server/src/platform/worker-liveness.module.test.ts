import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "../../test/support/database.ts";
import { openDatabase, type Database } from "./database.ts";
import { withClient } from "./roles.ts";
import { freeJobsOfTheDead, showLife } from "./worker-liveness.ts";

let test_: TestDatabase;
let database: Database;
beforeAll(async () => {
  test_ = await testDatabase();
  database = openDatabase({ url: test_.appUrl });
});
afterAll(async () => {
  await database.close();
  await test_.close();
});

const owner = (text: string, values: unknown[] = []) =>
  withClient(test_.ownerUrl, async (client) => (await client.query(text, values)).rows);

/** A job and a queue that a pool has taken. */
const taken = async (poolName: string): Promise<void> => {
  await owner("SELECT graphile_worker.add_job('ring', '{}', queue_name => $1)", [poolName]);
  await owner(
    `UPDATE graphile_worker._private_job_queues SET locked_by = $1, locked_at = now()
     WHERE queue_name = $1`,
    [poolName],
  );
  await owner(
    `UPDATE graphile_worker._private_jobs j SET locked_by = $1, locked_at = now()
     FROM graphile_worker._private_job_queues q WHERE q.id = j.job_queue_id AND q.queue_name = $1`,
    [poolName],
  );
};
const holders = async () => {
  const rows = await owner(
    `SELECT locked_by FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL
     UNION SELECT locked_by FROM graphile_worker._private_job_queues WHERE locked_by IS NOT NULL`,
  );
  return rows.map((row: { locked_by: string }) => row.locked_by).toSorted();
};
/** Looks so often; answers whose jobs each look freed. */
const look = async (times: number): Promise<string[][]> => {
  const freed: string[][] = [];
  let suspects: ReadonlySet<string> = new Set();
  for (let n = 0; n < times; n += 1) {
    const looked = await freeJobsOfTheDead(database.db, suspects);
    ({ suspects } = looked);
    freed.push(looked.freed);
  }
  return freed;
};

beforeEach(() => owner("DELETE FROM graphile_worker._private_jobs"));

test("jobs of a pool that nobody lives for are freed at the second look, those of others never", async () => {
  await taken("pool-alive");
  await taken("pool-dead");
  const stop = await showLife(test_.appUrl, "pool-alive");
  expect(await look(4)).toEqual([[], ["pool-dead"], [], []]);
  expect(await holders()).toEqual(["pool-alive"]);
  await stop();
  expect(await look(2)).toEqual([[], ["pool-alive"]]);
  expect(await holders()).toEqual([]);
});

test("a connection that is lost is made again, and meanwhile one look proves nothing", async () => {
  await taken("pool-cut");
  const stop = await showLife(test_.appUrl, "pool-cut");
  const signs = () =>
    owner("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2");
  const [{ pid }] = (await signs()) as [{ pid: number }];
  // As the application's own role, which alone may end its connections.
  await database.pool.query("SELECT pg_terminate_backend($1)", [pid]);
  await expect.poll(async () => (await signs()).length).toBe(0);
  expect(await look(1)).toEqual([[]]);
  await expect.poll(async () => (await signs()).length, { timeout: 10_000 }).toBe(1);
  expect(await look(3)).toEqual([[], [], []]);
  await stop();
});
