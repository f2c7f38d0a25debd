import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MINI } from "../../../test/support/mini-county.ts";
import type { StaffCtx } from "../../platform/context.ts";
import { checkFolds, fireMilestones, getCase } from "./index.ts";
import { getCaseRules, putCaseRules } from "./put-case-rules.ts";
import {
  aCommand,
  actOne,
  aReport,
  caseWorld,
  reported,
  type CaseWorld,
} from "./test/case-world.ts";

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set(new Date("2026-11-24T02:00:00Z"));
  // A test hears of its own cases alone.
  await world.owner("DELETE FROM case_milestone");
});

const at = (text: string) => world.clock.set(new Date(text));
const fire = async () => {
  const fired = await fireMilestones(
    world.database.db,
    world.as("system").county,
    world.clock.now(),
  );
  return fired.map(
    ({ clock_key, key, escalated }) => `${clock_key} ${key}${escalated ? " up" : ""}`,
  );
};
const look = (caseId: string) => getCase(world.as("centre"), caseId);
const step = async (
  who: Parameters<CaseWorld["as"]>[0],
  caseId: string,
  action: Parameters<typeof aCommand>[1],
  over = {},
) => {
  const { version } = await look(caseId);
  const result = await actOne(world.as(who), aCommand(caseId, action, version, over));
  expect(result.outcome).toBe("applied");
};
/** Jobs that would alert somebody of a milestone. */
const alertJobs = async (): Promise<number> => {
  const rows = await world.owner<{ n: number }>(
    `SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier = 'notifications.milestone'`,
  );
  return rows[0]?.n ?? 0;
};

describe("milestones", () => {
  test("fire once each, in order, and the tier's own clock takes the case up", async () => {
    // Due 16:00 local, amber at 75 %: 15:00; signing within 4 working hours: 16:00; level 3: a day.
    const caseId = await reported(world.as("worker1"), aReport());
    expect(await fire()).toEqual([]);
    at("2026-11-24T07:00:00Z");
    expect(await fire()).toEqual(["case amber"]);
    expect(await fire()).toEqual([]);
    at("2026-11-24T09:00:00Z");
    expect(await fire()).toEqual(["case due", "sign:1 due"]);
    // 10:00 the next day: the level-3 grid has had it for a working day.
    at("2026-11-25T02:00:00Z");
    expect(await fire()).toEqual(["case overdue_half", "hold:1 due up"]);
    expect(await look(caseId)).toMatchObject({ tier: "level2", state: "dispatched", light: "red" });
    const { events } = await look(caseId);
    expect(events.at(-1)).toMatchObject({
      kind: "escalate",
      actorRole: "system",
      rule: "clock.hold_ran_out",
    });
    at("2026-11-25T08:00:00Z");
    expect(await fire()).toEqual(["sign:2 due"]);
  });

  test("of a suspended case wait, and come back where the pause has moved them", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    const details = { action: "ask_suspension", reason: "season", endsOn: "2026-11-29" };
    await step("worker1", caseId, "ask_suspension", { details });
    await step("street1", caseId, "grant_suspension");
    at("2026-11-27T02:00:00Z");
    expect(await fire()).toEqual([]);
    at("2026-11-30T01:00:00Z");
    expect(await fire()).toEqual(["case resume"]);
    // Amber is reached at noon, and told when the lunch break is over.
    at("2026-11-30T05:00:00Z");
    expect(await fire()).toEqual([]);
    at("2026-11-30T06:00:00Z");
    expect(await fire()).toEqual(["case amber"]);
    at("2026-11-30T07:00:00Z");
    expect(await fire()).toEqual(["case due", "sign:1 due"]);
  });

  test("of a case that was disposed of are gone", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    await step("worker1", caseId, "sign");
    await step("worker1", caseId, "feed_back");
    at("2026-12-08T02:00:00Z");
    expect(await fire()).toEqual([]);
    expect(await world.owner("SELECT 1 FROM case_milestone")).toEqual([]);
  });

  test("are those of the rules that a case was filed under, whatever is decided later", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    const { version, rules } = await getCaseRules(world.as("centre"));
    const early = { ...rules, amberRatio: 0.25, milestones: [{ key: "early", ratio: 0.25 }] };
    const decide = (baseVersion: number, next: typeof rules) =>
      putCaseRules(world.as("centre") as StaffCtx, { baseVersion, rules: next });
    await decide(version, early);
    try {
      await step("worker1", caseId, "sign");
      at("2026-11-24T06:59:00Z");
      expect(await fire()).toEqual([]);
      at("2026-11-24T07:00:00Z");
      expect(await fire()).toEqual(["case amber"]);
    } finally {
      await decide(version + 1, rules);
    }
  });

  test("wait for working hours even when the job was down or a clock has jumped", async () => {
    await reported(world.as("worker1"), aReport());
    at("2026-11-28T12:00:00Z");
    expect(await fire()).toEqual([]);
    at("2026-11-30T01:00:00Z");
    expect(await fire()).toEqual([
      "case amber",
      "case due",
      "sign:1 due",
      "case overdue_half",
      "hold:1 due up",
    ]);
  });

  test("of an emergency do not: unsigned for half an hour, it goes up at night", async () => {
    at("2026-11-24T18:00:00Z");
    const caseId = await reported(
      world.as("worker1"),
      aReport({ categoryCode: MINI.categories.gas, location: { lng: 107.05, lat: 30.05 } }),
    );
    const { tier } = await look(caseId);
    at("2026-11-24T18:30:00Z");
    const fired = await fire();
    expect(fired.every((text) => text.startsWith("sign:1 due"))).toBe(true);
    expect(fired.length).toBe(1);
    // The county is the last tier and a department does not climb.
    const stays = tier === "county" || tier === "department";
    expect(fired[0]?.endsWith("up")).toBe(!stays);
  });

  test("are fired by one worker only, however many there are", async () => {
    await Promise.all(Array.from({ length: 30 }, () => reported(world.as("worker1"), aReport())));
    at("2026-11-24T07:00:00Z");
    const before = await alertJobs();
    const fired = await Promise.all(Array.from({ length: 6 }, fire));
    // One worker may find every case taken by another and stop; the next round finds the rest.
    const rest = await fire();
    expect([...fired.flat(), ...rest]).toHaveLength(30);
    expect((await alertJobs()) - before).toBe(30);
  });

  test.each([
    ["while the milestone is being marked", "case_milestone", 2],
    ["while the alert is being queued", "graphile_worker._private_jobs", 2],
    // The one before it was a transaction of its own, and that is done.
    ["while the case is going up", "case_event", 1],
  ])("leave no double alert when the connection is killed %s", async (_moment, table, undone) => {
    const caseId = await reported(world.as("worker1"), aReport());
    at("2026-11-24T09:00:00Z");
    await fire();
    at("2026-11-25T02:00:00Z");
    const before = await alertJobs();
    const blocker = new pg.Client({ connectionString: world.ownerUrl });
    await blocker.connect();
    await blocker.query(`BEGIN; LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`);
    const firing = fire().then(
      () => "fired",
      () => "broken",
    );
    let killed = 0;
    while (killed === 0) {
      // As the application's own role, which alone may see and end its connections.
      const { rowCount } = await world.database.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'onegrid'
           AND wait_event_type = 'Lock'`,
      );
      killed = rowCount ?? 0;
      await new Promise((resume) => setTimeout(resume, 20));
    }
    expect(await firing).toBe("broken");
    await blocker.query("ROLLBACK");
    await blocker.end();
    // What the crash undid comes now, once: half a limit too late, and the tier's own clock.
    expect(await fire()).toEqual(["case overdue_half", "hold:1 due up"].slice(-undone));
    expect(await fire()).toEqual([]);
    expect((await alertJobs()) - before).toBe(2);
    const { events } = await look(caseId);
    expect(events.filter(({ kind }) => kind === "escalate")).toHaveLength(1);
  });
});

test("every row is the fold of its log", async () => {
  expect(await checkFolds(world.database.db, MINI.county)).toEqual([]);
});
