import { MINI } from "../../../test/support/mini-county.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  aCommand,
  actOne,
  aReport,
  caseWorld,
  POINTS,
  reported,
  type CaseWorld,
} from "../cases/test/case-world.ts";
import { getBoard } from "./get-board.ts";

let world: CaseWorld;
const PERIOD = { from: "2026-11-20", to: "2026-12-31" };

beforeAll(async () => {
  world = await caseWorld();
  const inTime = await reported(world.as("worker1"), aReport());
  const late = await reported(world.as("worker2"), aReport({ location: POINTS.grid2 }));
  await reported(world.as("worker4"), aReport({ location: POINTS.grid4 }));
  await reported(world.as("worker1"), aReport({ selfHandledNote: "swept" }));
  // Outside every street: it lies in the county itself, which is no child of the county.
  await reported(world.as("centre"), aReport({ location: { lng: 100, lat: 20 } }));
  await actOne(world.as("worker1"), aCommand(inTime, "sign", 3));
  await actOne(world.as("worker1"), aCommand(inTime, "feed_back", 4));
  world.clock.set(new Date("2026-11-27T02:00:00Z"));
  await actOne(world.as("worker2"), aCommand(late, "sign", 3));
  await actOne(world.as("worker2"), aCommand(late, "feed_back", 4));
});
afterAll(() => world.close());

test("due and on time are what the log says, recomputed in SQL", async () => {
  const board = await getBoard(world.as("centre"), PERIOD);
  const [fromLog] = await world.owner<{ due: number; on_time: number }>(
    `WITH filed AS (
       SELECT case_id, (data->>'dueAt')::timestamptz AS due_at FROM case_event WHERE kind = 'file'
     ), disposed AS (
       SELECT case_id, max(occurred_at) AS at FROM case_event
       WHERE kind IN ('feed_back', 'self_handle') GROUP BY case_id
     )
     SELECT count(*)::int AS due,
       count(*) FILTER (WHERE disposed.at <= filed.due_at)::int AS on_time
     FROM filed LEFT JOIN disposed USING (case_id)
     WHERE filed.due_at BETWEEN $1::date AND $2::date`,
    [PERIOD.from, PERIOD.to],
  );
  expect(fromLog?.due).toBeGreaterThan(2);
  expect(board.disposedOnTime).toMatchObject({
    numerator: fromLog?.on_time,
    denominator: fromLog?.due,
  });
  expect(board.disposedOnTime.value).toBeLessThan(1);
});

test("a case of the county itself is in the sum and in no street", async () => {
  const board = await getBoard(world.as("centre"), PERIOD);
  const streets = board.byGrid.reduce((sum, line) => sum + line.reported, 0);
  expect({ reported: board.reported, streets }).toEqual({ reported: 5, streets: 4 });
  expect(board.byGrid.map((line) => line.gridCode)).toEqual([MINI.street1, MINI.street2]);
});
