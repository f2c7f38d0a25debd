import { afterAll, beforeAll, expect, it } from "vitest";
import type { MovedDeadline } from "@onegrid/contract";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { checkFolds } from "./index.ts";
import { recalendarCases } from "./recalendar.ts";
import { actOne, aCommand, aReport, reportOne } from "./test/case-world.ts";

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

type Edited = { movedCases: number; examples: MovedDeadline[] };

/** The special days of the mini county's 2026, and a holiday tomorrow. */
const DAYS = [
  { day: "2026-10-01", kind: "holiday", name: "国庆节" },
  { day: "2026-10-10", kind: "makeup_workday", name: "国庆节" },
];
const TOMORROW = { day: "2026-11-25", kind: "holiday", name: "临时放假" };

it("shows which open cases a holiday moves, page by page, and moves exactly those when told to", async () => {
  const worker = app.ctx("worker1");
  // Reported on Tuesday at 10:00: two working days end on Thursday at 10:00.
  const lamps = Array.from({ length: 3 }, () =>
    aReport({ categoryCode: MINI.categories.streetLight }),
  );
  const urgent = aReport({ categoryCode: MINI.categories.gas });
  const today = aReport();
  for (const report of [...lamps, urgent, today]) {
    expect(await reportOne(worker, report)).toMatchObject({ outcome: "accepted" });
  }
  const centre = await app.as("centre");
  const edit = (over: object, page = "") =>
    centre.put(`/api/v1/calendar/2026${page}`, {
      baseVersion: 1,
      dryRun: true,
      days: [...DAYS, TOMORROW],
      ...over,
    });
  const preview = (await edit({}, "?limit=2")).json<Edited>();
  expect(preview).toMatchObject({ movedCases: 3 });
  const rest = (await edit({}, "?limit=2&offset=2")).json<Edited>();
  const told = [...preview.examples, ...rest.examples];
  expect(new Set(told.map(({ caseId }) => caseId))).toEqual(
    new Set(lamps.map(({ caseId }) => caseId)),
  );
  for (const { dueAt, newDueAt } of told) {
    expect([dueAt, newDueAt]).toEqual(["2026-11-26T02:00:00.000Z", "2026-11-27T02:00:00.000Z"]);
  }
  const longerDay = await edit({ days: DAYS, windows: [{ startMinute: 540, endMinute: 1200 }] });
  // 11 hours a day: what is due today at 16:00 is due at 14:00.
  expect(longerDay.json<Edited>().examples).toContainEqual(
    expect.objectContaining({ caseId: today.caseId, newDueAt: "2026-11-24T06:00:00.000Z" }),
  );
  const crossed = [
    { startMinute: 540, endMinute: 720 },
    { startMinute: 700, endMinute: 800 },
  ];
  expect((await edit({ windows: crossed })).json()).toMatchObject({
    code: "calendar.windows_invalid",
  });

  expect((await edit({ dryRun: false, moveCases: true })).json()).toMatchObject({
    calendar: { version: 2, provisional: false },
    movedCases: 3,
  });
  const { rows: jobs } = await app.owner.query<{ payload: { caseIds: string[] } }>(
    "SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE identifier = 'cases.recalendar'",
  );
  const [job] = jobs;
  expect(new Set(job?.payload.caseIds)).toEqual(new Set(lamps.map(({ caseId }) => caseId)));
  const ids = job?.payload.caseIds ?? [];
  const { county, db } = app.ctx("centre");
  // Killed and run again: nothing is moved twice.
  expect(await recalendarCases(db, county, ids.slice(0, 2), app.clock.now())).toBe(2);
  expect(await recalendarCases(db, county, ids, app.clock.now())).toBe(1);
  expect(await recalendarCases(db, county, ids, app.clock.now())).toBe(0);
  const { rows } = await app.owner.query<{ due_at: Date; n: string }>(
    `SELECT c.due_at, (SELECT count(*) FROM case_event e WHERE e.case_id = c.case_id
       AND e.kind = 'recalendar') AS n FROM cases c WHERE c.case_id = ANY ($1)`,
    [ids],
  );
  expect(rows.map((row) => [row.due_at.toISOString(), row.n])).toEqual(
    ids.map(() => ["2026-11-27T02:00:00.000Z", "1"]),
  );
  const differences = await checkFolds(db, county.countyCode);
  expect(differences).toEqual([]);
  // Life goes on from there.
  const signed = aCommand(ids[0] as string, "sign", 4);
  expect(await actOne(app.ctx("city-management"), signed)).toMatchObject({ outcome: "applied" });
});
