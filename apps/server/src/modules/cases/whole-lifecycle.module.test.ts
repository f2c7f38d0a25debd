import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MINI } from "../../../test/support/mini-county.ts";
import { checkFolds } from "./index.ts";
import { aReport, caseWorld, reported, type CaseWorld } from "./test/case-world.ts";
import { lifecycleSteps } from "./test/lifecycle-steps.ts";

let world: CaseWorld;
const TUESDAY = new Date("2026-11-24T02:00:00Z");
beforeAll(async () => {
  world = await caseWorld();
});
beforeEach(() => world.clock.set(TUESDAY));
afterAll(() => world.close());

const { walk, codeOf, look, waitsFor } = lifecycleSteps(() => world);
const UNIT = MINI.departments.cityManagement;
const toDepartment = { target: { tier: "department", unitCode: UNIT } };
const light = { categoryCode: MINI.categories.streetLight };

test("核实: a grid worker looks before the desk accepts", async () => {
  const caseId = await reported(world.as("resident"), aReport());
  await walk(caseId, ["street1", "check"]);
  expect(await look(caseId)).toMatchObject({
    state: "checking",
    tier: "level3",
    holderCode: MINI.grid1,
  });
  expect(await waitsFor("worker1")).toContain(caseId);
  expect(await codeOf(caseId, "worker1", "checked")).toBe("cases.details_required");
  await walk(caseId, [
    "worker1",
    "checked",
    { details: { action: "checked", finding: "confirmed" } },
  ]);
  const back = await look(caseId);
  expect(back).toMatchObject({
    state: "reported",
    tier: "level1",
    side: { check: { finding: "confirmed" } },
  });
  expect(back.clocks).toMatchObject([{ key: "check:1", state: "stopped", verdict: "on_time" }]);
});

describe("退回", () => {
  test("counts against the dispatch when the dispatcher sends it elsewhere", async () => {
    const caseId = await reported(world.as("worker1"), aReport(light));
    await walk(
      caseId,
      ["city-management", "return"],
      ["street1", "dispatch", { target: { tier: "level1" } }],
    );
    expect(await look(caseId)).toMatchObject({
      returns: 1,
      side: { returns: [{ holderCode: UNIT, fault: "dispatch" }] },
    });
  });

  test("counts against the unit when it gets it again", async () => {
    const caseId = await reported(world.as("worker1"), aReport(light));
    await walk(caseId, ["city-management", "return"], ["street1", "dispatch", toDepartment]);
    expect((await look(caseId)).side.returns).toMatchObject([{ fault: "unit" }]);
  });
});

describe("延期", () => {
  test("is asked before the deadline, endorsed by the unit, granted by the dispatcher", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    await walk(caseId, ["worker1", "sign"], ["worker1", "ask_extension"]);
    expect(await codeOf(caseId, "worker1", "endorse_extension")).toBe("cases.four_eyes");
    expect(await codeOf(caseId, "street1", "grant_extension")).toBe("cases.transition_not_allowed");
    expect(await waitsFor("head-grid1")).toContain(caseId);
    const before = await look(caseId);
    await walk(caseId, ["head-grid1", "endorse_extension"], ["street1", "grant_extension"]);
    const after = await look(caseId);
    // 4 working hours from 10:00 are due at 16:00; 4 more at 11:00 the next working day.
    expect(before.dueAt).toBe("2026-11-24T08:00:00.000Z");
    expect(after).toMatchObject({
      extensions: 1,
      dueAt: "2026-11-25T03:00:00.000Z",
      light: "green",
    });
    expect(after.clocks.find(({ key }) => key === "case")).toMatchObject({
      dueAt: after.dueAt,
      limit: { amount: 8, unit: "working_hour" },
    });
  });

  test("is not asked when it is too late, and refusals do not count", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    await walk(caseId, ["worker1", "ask_extension"], ["street1", "refuse_extension"]);
    expect((await look(caseId)).extensions).toBe(0);
    world.clock.set(new Date("2026-11-24T08:00:00.001Z"));
    expect(await codeOf(caseId, "worker1", "ask_extension")).toBe("cases.too_late");
    expect(await look(caseId)).toMatchObject({ light: "red" });
  });
});

describe("挂账", () => {
  const until = (endsOn: string) => ({
    details: { action: "ask_suspension", reason: "engineering", endsOn },
  });

  test("stops the clock until its last day is over, and resumes by itself", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    expect(await codeOf(caseId, "worker1", "ask_suspension", until("2028-01-01"))).toBe(
      "cases.suspension_too_long",
    );
    expect(await codeOf(caseId, "worker1", "ask_suspension", until("2026-11-23"))).toBe(
      "cases.suspension_ended_already",
    );
    await walk(
      caseId,
      ["worker1", "ask_suspension", until("2026-11-29")],
      ["street1", "grant_suspension"],
    );
    // Monday 30 November begins 16:00 UTC on Sunday; 4 working hours from 09:00 end at 15:00.
    expect(await look(caseId)).toMatchObject({
      suspendedUntil: "2026-11-29T16:00:00.000Z",
      dueAt: "2026-11-30T07:00:00.000Z",
    });
    expect(await codeOf(caseId, "worker1", "return")).toBe("cases.transition_not_allowed");
    world.clock.set(new Date("2026-11-30T02:00:00Z"));
    const resumed = await look(caseId);
    expect(resumed).toMatchObject({ suspendedUntil: null, light: "green" });
    expect(resumed.clocks.find(({ key }) => key === "case")?.elapsedMinutes).toBe(60);
    await walk(caseId, ["worker1", "sign"], ["worker1", "ask_extension"]);
    expect(await codeOf(caseId, "worker1", "ask_suspension", until("2026-12-09"))).toBe(
      "cases.used_up",
    );
  });

  test("can be ended before its time", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    await walk(
      caseId,
      ["worker1", "ask_suspension", until("2026-11-29")],
      ["street1", "grant_suspension"],
    );
    world.clock.set(new Date("2026-11-25T02:00:00Z"));
    await walk(caseId, ["worker1", "resume"]);
    expect(await look(caseId)).toMatchObject({
      suspendedUntil: null,
      dueAt: "2026-11-25T08:00:00.000Z",
    });
  });
});

test("督办 is answered before the case closes", async () => {
  const caseId = await reported(world.as("worker1"), aReport());
  await walk(
    caseId,
    ["worker1", "sign"],
    ["centre", "supervise", { details: { action: "supervise", level: "key" } }],
    ["worker1", "feed_back"],
    ["head-grid1", "verify"],
  );
  expect(await look(caseId)).toMatchObject({ supervisionLevel: "key" });
  expect(await waitsFor("worker1")).toContain(caseId);
  expect(await codeOf(caseId, "street1", "close")).toBe("cases.transition_not_allowed");
  await walk(caseId, ["worker1", "answer_supervision"], ["street1", "close"]);
  expect(await look(caseId)).toMatchObject({ state: "closed", supervisionLevel: null });
});

test("every row is the fold of its log, side matters and all", async () => {
  expect(await checkFolds(world.database.db, MINI.county)).toEqual([]);
});
