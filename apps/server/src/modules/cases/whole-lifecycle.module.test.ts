import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { MINI } from "../../../test/support/mini-county.ts";
import { checkFolds, getCase, listCases, reopenAsResident, reportAsResident } from "./index.ts";
import {
  aCommand,
  actOne,
  aReport,
  caseWorld,
  reported,
  type CaseWorld,
  type Who,
} from "./test/case-world.ts";

let world: CaseWorld;
const TUESDAY = new Date("2026-11-24T02:00:00Z");
beforeAll(async () => {
  world = await caseWorld();
});
beforeEach(() => world.clock.set(TUESDAY));
afterAll(() => world.close());

type Step = [who: Who, action: Parameters<typeof aCommand>[1], over?: Record<string, unknown>];

const stepAs = async (who: Who, caseId: string, action: Step[1], over: Step[2] = {}) => {
  const { version } = await getCase(world.as("centre"), caseId);
  return actOne(world.as(who), aCommand(caseId, action, version, over));
};

/** Takes a case through steps by different accounts; each must be applied. */
const walk = async (caseId: string, ...steps: Step[]): Promise<void> => {
  for (const [who, action, over] of steps) {
    const result = await stepAs(who, caseId, action, over);
    if (result.outcome === "refused") {
      throw new Error(`${who} ${action}: ${JSON.stringify(result.problem)}`);
    }
  }
};

const codeOf = async (caseId: string, ...[who, action, over]: Step): Promise<string> => {
  const result = await stepAs(who, caseId, action, over);
  return result.outcome === "refused" ? result.problem.code : result.state;
};

const look = (caseId: string, who: Who = "centre") => getCase(world.as(who), caseId);
const allowedTo = async (caseId: string, who: Who): Promise<string[]> =>
  (await look(caseId, who)).allowed.map(({ action }) => action);
const waitsFor = async (who: Who): Promise<string[]> =>
  (await listCases(world.as(who), { mine: true, limit: 100 })).cases.map(({ caseId }) => caseId);

const NOT_FOUND = "cases.not_found";
const UNIT = MINI.departments.cityManagement;
const OTHER_UNIT = MINI.departments.emergency;
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
