import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { testDatabase, type TestDatabase } from "../../test/support/database.ts";
import { forgetTheFuture, watchClock } from "./clock-steps.ts";
import { openDatabase, type Database } from "./database.ts";
import { withClient } from "./roles.ts";

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

const owner = (text: string) =>
  withClient(test_.ownerUrl, async (client) => (await client.query(text)).rows);

/** A job as the queue wrote it while the clock was so many hours ahead. */
const queued = (task: string, hoursAhead: number, runAfterHours: number, attempts = 0) =>
  owner(`SELECT graphile_worker.add_job('${task}', '{}');
    UPDATE graphile_worker._private_jobs SET attempts = ${attempts},
      created_at = now() + interval '${hoursAhead} hours',
      updated_at = now() + interval '${hoursAhead} hours',
      run_at = now() + interval '${hoursAhead + runAfterHours} hours'
    WHERE task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = '${task}')`);

test("a clock that was put back leaves neither schedule nor jobs waiting for the hour to come again", async () => {
  await queued("at-once", 3, 0);
  await queued("again", 3, 0.5, 2);
  await queued("midnight", 3, 5);
  await queued("tomorrow", 0, 24);
  await owner(`INSERT INTO graphile_worker._private_known_crontabs VALUES
    ('minute', now() + interval '3 hours', now() + interval '3 hours'),
    ('hour', now() - interval '1 day', now() - interval '10 minutes')`);
  await forgetTheFuture(database.db);
  const due = await owner(
    "SELECT task_identifier AS task FROM graphile_worker.jobs WHERE run_at <= now() ORDER BY task",
  );
  expect(due).toEqual([{ task: "again" }, { task: "at-once" }]);
  const schedule = await owner(`SELECT identifier, last_execution <= now() AS goes_on,
      last_execution > now() - interval '1 minute' AS moved
    FROM graphile_worker._private_known_crontabs ORDER BY identifier`);
  expect(schedule).toEqual([
    { identifier: "hour", goes_on: true, moved: false },
    { identifier: "minute", goes_on: true, moved: true },
  ]);
});

test("hears of a clock put back, not of one put forward or mended by seconds", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  let offsetMs = 0;
  const back = vi.fn<() => void>();
  const stop = watchClock(back, () => performance.now() + offsetMs);
  const moves: [offsetMs: number, heard: number][] = [
    [3 * 3_600_000, 0],
    [3 * 3_600_000 - 5_000, 0],
    [0, 1],
    [0, 1],
    [-3_600_000, 2],
  ];
  for (const [to, heard] of moves) {
    offsetMs = to;
    vi.advanceTimersByTime(1_000);
    expect(back).toHaveBeenCalledTimes(heard);
  }
  stop();
  vi.useRealTimers();
});
