import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { reportCases } from "./index.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { aReport, caseWorld, reportOne, type CaseWorld } from "./test/case-world.ts";

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld();
});
afterAll(() => world.close());

const codeOf = (result: Awaited<ReturnType<typeof reportOne>>) =>
  result.outcome === "refused" ? result.problem.code : "accepted";

describe("a report", () => {
  test("is placed, filed, dispatched by rule and answered with number and deadline", async () => {
    const result = await reportOne(world.as("worker1"), aReport());
    expect(result).toMatchObject({
      outcome: "accepted",
      gridCode: MINI.grid1,
      state: "dispatched",
      version: 3,
      repeated: false,
      // Tuesday 10:00 and four working hours (09–12, 14–18): 16:00 in Shanghai.
      dueAt: "2026-11-24T08:00:00.000Z",
      number: expect.stringMatching(/^20261124-\d{6}$/),
    });
  });

  test("outside every grid, or with an address alone, waits in the county's queue", async () => {
    const outside = await reportOne(world.as("worker1"), aReport({ location: { lng: 1, lat: 1 } }));
    const address = await reportOne(
      world.as("resident"),
      aReport({ location: null, address: "East gate" }),
    );
    expect(outside).toMatchObject({ outcome: "accepted", gridCode: MINI.county });
    expect(address).toMatchObject({
      outcome: "accepted",
      gridCode: MINI.county,
      state: "reported",
    });
  });

  test("of an emergency by a resident goes to work at once", async () => {
    const result = await reportOne(
      world.as("resident"),
      aReport({ categoryCode: MINI.categories.gas }),
    );
    expect(result).toMatchObject({ outcome: "accepted", state: "dispatched" });
  });

  test("is refused with the code of what is wrong", async () => {
    const worker = world.as("worker1");
    const future = new Date(world.clock.now().getTime() + 600_000).toISOString();
    const cases: [string, unknown][] = [
      ["cases.invalid_report", null],
      ["cases.invalid_report", { ...aReport(), extra: 1 }],
      ["cases.invalid_report", aReport({ description: "  " })],
      ["cases.place_missing", aReport({ location: null })],
      ["cases.place_missing", aReport({ location: null, address: "" })],
      ["cases.unknown_category", aReport({ categoryCode: "nothing" })],
      ["cases.captured_in_future", aReport({ capturedAt: future })],
      ["cases.captured_too_early", aReport({ capturedAt: "1999-01-01T00:00:00Z" })],
      ["cases.unknown_attachment", aReport({ attachmentIds: [uuidv7()] })],
    ];
    for (const [code, report] of cases) expect(codeOf(await reportOne(worker, report))).toBe(code);
    const spot = aReport({ selfHandledNote: "done" });
    expect(codeOf(await reportOne(world.as("street1"), spot))).toBe(
      "cases.self_handling_not_allowed",
    );
    expect(await reportOne(worker, spot)).toMatchObject({ state: "self_handled", version: 2 });
  });
});

describe("a batch", () => {
  test("takes the good rows and refuses the bad ones, in the order sent", async () => {
    const good = [aReport(), aReport({ categoryCode: MINI.categories.streetLight })];
    const { results } = await reportCases(world.as("worker1"), [
      good[0],
      { nonsense: true },
      aReport({ categoryCode: "nothing" }),
      good[1],
      good[0],
      { ...good[0], description: "other words" },
    ]);
    expect(results.map(codeOf)).toEqual([
      "accepted",
      "cases.invalid_report",
      "cases.unknown_category",
      "accepted",
      "accepted",
      "cases.id_taken",
    ]);
    expect(results[4]).toEqual({ ...results[0], repeated: true });
  });

  test("of two hundred is taken in few statements", async () => {
    const reports = Array.from({ length: 200 }, () => aReport());
    await reportCases(world.as("worker1"), [aReport()]);
    world.statements.length = 0;
    const { results } = await reportCases(world.as("worker1"), reports);
    expect(new Set(results.map(codeOf))).toEqual(new Set(["accepted"]));
    const storing = world.statements.filter((text) => text.includes("report_cases"));
    expect(storing.length).toBe(1);
  });
});

describe("the same id", () => {
  test("fifty times at once makes one case and one answer", async () => {
    const report = aReport({ description: "said fifty times" });
    const results = await Promise.all(
      Array.from({ length: 50 }, () => reportOne(world.as("worker1"), report)),
    );
    expect(results.filter((r) => r.outcome === "accepted" && !r.repeated)).toHaveLength(1);
    const numbers = results.map((r) => (r.outcome === "accepted" ? r.number : "refused"));
    expect(new Set(numbers).size).toBe(1);
    const [count] = await world.owner<{ events: string; tallied: string }>(
      `SELECT (SELECT count(*) FROM case_event WHERE case_id = $1) AS events,
              (SELECT count(*) FROM cases WHERE description = 'said fifty times') AS tallied`,
      [report.caseId],
    );
    expect(count).toEqual({ events: "3", tallied: "1" });
  });

  test("with other words, or from somebody else, is refused", async () => {
    const report = aReport();
    await reportOne(world.as("worker1"), report);
    const other = await reportOne(world.as("worker1"), { ...report, description: "changed" });
    expect(codeOf(other)).toBe("cases.id_taken");
    expect(codeOf(await reportOne(world.as("worker2"), report))).toBe("cases.id_taken");
  });

  test("in capitals is the same id", async () => {
    const report = aReport();
    await reportOne(world.as("worker1"), report);
    const loud = { ...report, caseId: report.caseId.toUpperCase() };
    expect(await reportOne(world.as("worker1"), loud)).toMatchObject({ repeated: true });
  });
});
