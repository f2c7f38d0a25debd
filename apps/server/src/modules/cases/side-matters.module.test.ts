import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { MINI } from "../../../test/support/mini-county.ts";
import { checkFolds, listCases, reopenAsResident, reportAsResident } from "./index.ts";
import { aReport, caseWorld, reported, type CaseWorld } from "./test/case-world.ts";
import { lifecycleSteps, type Step } from "./test/lifecycle-steps.ts";

let world: CaseWorld;
const TUESDAY = new Date("2026-11-24T02:00:00Z");
beforeAll(async () => {
  world = await caseWorld();
});
beforeEach(() => world.clock.set(TUESDAY));
afterAll(() => world.close());

const { walk, codeOf, look, allowedTo, waitsFor } = lifecycleSteps(() => world);
const NOT_FOUND = "cases.not_found";
const UNIT = MINI.departments.cityManagement;
const OTHER_UNIT = MINI.departments.emergency;
const toDepartment = { target: { tier: "department", unitCode: UNIT } };
const light = { categoryCode: MINI.categories.streetLight };

test("吹哨报到: called, approved, arrived, ended, rated; the departments see the case", async () => {
  const caseId = await reported(world.as("worker1"), aReport());
  const call = {
    details: { action: "call_whistle", kind: "urgent", unitCodes: [UNIT, OTHER_UNIT] },
  };
  expect(
    await codeOf(caseId, "street1", "call_whistle", {
      details: { action: "call_whistle", kind: "urgent", unitCodes: ["nobody"] },
    }),
  ).toBe("cases.unknown_unit");
  await walk(caseId, ["street1", "call_whistle", call]);
  await expect(look(caseId, "city-management")).rejects.toHaveProperty("refusal.code", NOT_FOUND);
  expect(await waitsFor("head-street1")).toContain(caseId);
  expect(await codeOf(caseId, "street1", "approve_whistle")).toBe("cases.not_in_charge");
  await walk(caseId, ["head-street1", "approve_whistle"]);
  expect(await waitsFor("city-management")).toContain(caseId);
  expect(await allowedTo(caseId, "city-management")).toEqual(["arrive"]);
  world.clock.set(new Date("2026-11-24T02:20:00Z"));
  await walk(caseId, ["city-management", "arrive"]);
  world.clock.set(new Date("2026-11-24T02:40:00Z"));
  await walk(caseId, ["emergency", "arrive"], ["street1", "end_whistle"]);
  const rate = (unitCode: string, score: number) => ({
    details: { action: "rate_whistle", unitCode, score },
  });
  await walk(
    caseId,
    ["street1", "rate_whistle", rate(UNIT, 5)],
    ["street1", "rate_whistle", rate(OTHER_UNIT, 2)],
  );
  expect(await codeOf(caseId, "street1", "rate_whistle", rate(UNIT, 1))).toBe(
    "cases.transition_not_allowed",
  );
  const { side, clocks } = await look(caseId);
  expect(side.whistles[0]?.units.map(({ score }) => score)).toEqual([5, 2]);
  expect(
    clocks.filter(({ stage }) => stage === "whistle").map(({ key, verdict }) => [key, verdict]),
  ).toEqual([
    [`whistle:1:${UNIT}`, "on_time"],
    [`whistle:1:${OTHER_UNIT}`, "overdue"],
  ]);
});

test("协办: the case closes when the lead closes and every sub-task is done or waived", async () => {
  const caseId = await reported(world.as("worker1"), aReport());
  const at = (action: string, subTask: number) => ({ details: { action, subTask } });
  await walk(
    caseId,
    ["worker1", "sign"],
    ["street1", "assign_sub_task", { ...toDepartment, note: "cut the branches" }],
    ["street1", "assign_sub_task", { target: { tier: "department", unitCode: OTHER_UNIT } }],
    ["worker1", "feed_back"],
    ["head-grid1", "verify"],
  );
  expect(await codeOf(caseId, "street1", "close")).toBe("cases.transition_not_allowed");
  expect((await look(caseId, "city-management")).allowed).toMatchObject([
    { action: "sign_sub_task", subTasks: [1] },
    { action: "finish_sub_task", subTasks: [1] },
  ]);
  expect(await codeOf(caseId, "city-management", "finish_sub_task", at("finish_sub_task", 2))).toBe(
    "cases.unknown_sub_task",
  );
  await walk(
    caseId,
    ["city-management", "sign_sub_task", at("sign_sub_task", 1)],
    ["city-management", "finish_sub_task", at("finish_sub_task", 1)],
    ["street1", "waive_sub_task", at("waive_sub_task", 2)],
    ["street1", "close"],
  );
  expect((await look(caseId)).side.subTasks).toMatchObject([
    { task: "cut the branches", state: "done" },
    { state: "waived" },
  ]);
});

test("超时申诉: once, reviewed twice; the raw fact stays", async () => {
  const caseId = await reported(world.as("worker1"), aReport(light));
  world.clock.set(new Date("2026-11-30T02:00:00Z"));
  await walk(
    caseId,
    ["city-management", "sign"],
    ["city-management", "feed_back"],
    ["worker1", "verify"],
    ["street1", "close"],
    ["city-management", "ask_appeal"],
  );
  expect(await waitsFor("street1")).toContain(caseId);
  expect(await codeOf(caseId, "centre", "grant_appeal")).toBe("cases.transition_not_allowed");
  await walk(caseId, ["street1", "endorse_appeal"], ["centre", "grant_appeal"]);
  expect(await look(caseId)).toMatchObject({
    disposedOnTime: false,
    overdueExempt: true,
    light: "red",
  });
  expect(await codeOf(caseId, "city-management", "ask_appeal")).toBe("cases.used_up");
  const [tally] = await world.owner<{ late: string; exempt: string }>(
    `SELECT sum(disposed - disposed_on_time) AS late, sum(overdue_exempt) AS exempt FROM case_tally
     WHERE unit_code = $1`,
    [UNIT],
  );
  expect(tally).toEqual({ late: "1", exempt: "1" });
});

test("合并: a duplicate ends and the other case knows of it", async () => {
  const [first, second] = [
    await reported(world.as("worker1"), aReport()),
    await reported(world.as("resident"), aReport()),
  ];
  const into = (intoCaseId: string) => ({ details: { action: "merge", intoCaseId } });
  expect(await codeOf(second, "street1", "merge", into(second))).toBe("cases.merge_target");
  expect(await codeOf(second, "street1", "merge", into(uuidv7()))).toBe("cases.merge_target");
  await walk(second, ["street1", "merge", into(first)]);
  expect(await look(second)).toMatchObject({
    state: "merged",
    side: { mergedInto: first },
    allowed: [],
  });
  expect(await look(first)).toMatchObject({ version: 4, side: { absorbed: [second] } });
  const third = await reported(world.as("worker1"), aReport());
  expect(await codeOf(third, "street1", "merge", into(second))).toBe("cases.merge_target");
});

test("作废 and 无主: voided with a reason; ownerless goes to the street first", async () => {
  const caseId = await reported(world.as("worker1"), aReport(light));
  await walk(caseId, ["street1", "mark_no_owner"]);
  expect(await look(caseId)).toMatchObject({
    state: "dispatched",
    tier: "level1",
    holderCode: MINI.street1,
  });
  expect(await waitsFor("centre")).toContain(caseId);
  await walk(caseId, ["centre", "decide_owner", toDepartment]);
  expect((await look(caseId)).side.noOwner?.decision).toEqual({
    tier: "department",
    holderCode: UNIT,
  });
  expect(await codeOf(caseId, "street1", "void", { note: null })).toBe("cases.note_required");
  expect(await codeOf(caseId, "street1", "void")).toBe("voided");
});

test("反馈: what is scheduled goes on; what cannot be done ends it honestly", async () => {
  const caseId = await reported(world.as("worker1"), aReport());
  const answer = (result: string, nextDay: string | null) => ({
    details: { action: "feed_back", result, nextDay },
  });
  await walk(caseId, ["worker1", "sign"]);
  expect(await codeOf(caseId, "worker1", "feed_back", answer("scheduled", null))).toBe(
    "cases.next_day_required",
  );
  expect(await codeOf(caseId, "worker1", "feed_back", answer("scheduled", "2026-11-26"))).toBe(
    "signed",
  );
  expect(await look(caseId)).toMatchObject({
    disposedAt: null,
    side: { feedback: { nextDay: "2026-11-26" } },
  });
  expect(await codeOf(caseId, "worker1", "feed_back", answer("cannot_be_done", null))).toBe(
    "fed_back",
  );
});

test("重开 by the resident, once and in time", async () => {
  const { receiptCode } = await reportAsResident(world.as("resident"), new Uint8Array(32), {
    ...aReport(),
    contact: null,
    capturedAt: undefined,
    selfHandledNote: undefined,
  } as never);
  const { cases } = await listCases(world.as("street1"), { state: ["reported"], limit: 1 });
  const caseId = cases[0]?.caseId ?? "";
  const reopen = (commandId: string) =>
    reopenAsResident(world.as("resident"), {
      receiptCode,
      commandId,
      reason: "not_done",
      note: "still there",
    });
  await expect(reopen(uuidv7())).rejects.toMatchObject({
    refusal: { code: "cases.transition_not_allowed" },
  });
  const toClosing: Step[] = [
    ["worker1", "sign"],
    ["worker1", "feed_back"],
    ["head-grid1", "verify"],
    ["street1", "close"],
  ];
  await walk(caseId, ["street1", "file"], ...toClosing);
  const before = await look(caseId);
  world.clock.set(new Date("2026-11-25T02:00:00Z"));
  const commandId = uuidv7();
  expect(await reopen(commandId)).toMatchObject({ caseId, state: "filed" });
  const after = await look(caseId);
  expect(after).toMatchObject({ state: "filed", closedAt: null, disposedAt: null });
  expect(Date.parse(after.dueAt ?? "")).toBeGreaterThan(Date.parse(before.dueAt ?? ""));
  await walk(caseId, ["street1", "dispatch", { target: { tier: "level3" } }], ...toClosing);
  await expect(reopen(uuidv7())).rejects.toMatchObject({ refusal: { code: "cases.used_up" } });
});

test("every row is the fold of its log, side matters and all", async () => {
  expect(await checkFolds(world.database.db, MINI.county)).toEqual([]);
});
