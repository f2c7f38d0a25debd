import type { CaseFilters } from "@onegrid/contract";
import { isWaiting, waitsFor } from "@onegrid/domain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MINI } from "../../../test/support/mini-county.ts";
import { inScope } from "../../platform/database.ts";
import { scopeOf } from "../../platform/context.ts";
import { CASE_COLUMNS, caseOfRow, type CaseRow } from "./case-row.ts";
import { countCases, getCase, listCases, listPublicCases } from "./index.ts";
import {
  aCommand,
  actOne,
  aReport,
  caseWorld,
  POINTS,
  reported,
  type CaseWorld,
  type Who,
} from "./test/case-world.ts";

let world: CaseWorld;
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await caseWorld();
  const { streetLight, illegalShed } = MINI.categories;
  ids["grid1"] = await reported(world.as("worker1"), aReport({ description: "广场占道经营严重" }));
  ids["grid2"] = await reported(world.as("worker2"), aReport({ location: POINTS.grid2 }));
  ids["grid4"] = await reported(world.as("worker4"), aReport({ location: POINTS.grid4 }));
  ids["light"] = await reported(
    world.as("worker1"),
    aReport({ categoryCode: streetLight, address: "南门口 100% 路灯" }),
  );
  ids["shed"] = await reported(
    world.as("worker1"),
    aReport({ categoryCode: illegalShed, location: POINTS.grid3 }),
  );
  ids["resident"] = await reported(world.as("resident"), aReport());
  ids["done"] = await reported(world.as("worker1"), aReport({ selfHandledNote: "swept" }));
  ids["fedBack"] = await reported(world.as("worker1"), aReport());
  await actOne(world.as("worker1"), aCommand(ids["fedBack"], "sign", 3));
  await actOne(world.as("worker1"), aCommand(ids["fedBack"], "feed_back", 4));
});
afterAll(() => world.close());

const namesIn = (cases: { caseId: string }[]): string[] =>
  cases
    .map(({ caseId }) => Object.keys(ids).find((name) => ids[name] === caseId) ?? caseId)
    .toSorted();

const listed = async (who: Who, query: Parameters<typeof listCases>[1] = {}) =>
  namesIn((await listCases(world.as(who), query)).cases);

describe("who sees what", () => {
  test("staff see their subtree, a department what it was given, and nobody another county", async () => {
    const all = Object.keys(ids).toSorted();
    expect(await listed("centre")).toEqual(all);
    expect(await listed("street2")).toEqual(["grid4"]);
    expect(await listed("worker2")).toEqual(["grid2"]);
    expect(await listed("head-community1")).toEqual(
      ["done", "fedBack", "grid1", "grid2", "light", "resident"].toSorted(),
    );
    expect(await listed("city-management")).toEqual(["light"]);
    expect(await listed("emergency")).toEqual([]);
    expect(await listed("other-centre")).toEqual([]);
  });

  test("row-level security alone says the same", async () => {
    for (const who of [
      "centre",
      "street2",
      "worker2",
      "city-management",
      "other-centre",
    ] as const) {
      const ctx = world.as(who);
      const rows = await inScope(ctx.db, scopeOf(ctx), (trx) =>
        trx.selectFrom("cases").select("case_id as caseId").execute(),
      );
      expect(namesIn(rows)).toEqual(await listed(who));
    }
    const unnamed = await world.database.db.selectFrom("cases").select("case_id").execute();
    expect(unnamed).toEqual([]);
  });

  test("the public sees accepted cases, without words and photos", async () => {
    const { cases } = await listPublicCases(world.as("resident"), {});
    expect(namesIn(cases)).toEqual(
      Object.keys(ids)
        .filter((n) => n !== "resident")
        .toSorted(),
    );
    for (const c of cases) expect(Object.keys(c)).not.toContain("description");
  });
});

describe("filters", () => {
  const cases: [string, CaseFilters, string[]][] = [
    ["state", { state: ["fed_back", "self_handled"] }, ["done", "fedBack"]],
    ["tier", { tier: ["department"] }, ["light"]],
    ["net", { net: ["illegal_construction"] }, ["shed"]],
    ["category", { category: MINI.categories.illegalShed }, ["shed"]],
    ["grid", { grid: MINI.street2 }, ["grid4"]],
    ["unit", { unit: MINI.departments.cityManagement }, ["light"]],
    ["open false", { open: false }, ["done"]],
    ["disposed", { disposed: true }, ["done", "fedBack"]],
    ["on time", { disposedOnTime: true }, ["fedBack"]],
    ["words of two characters", { q: "占道" }, ["grid1"]],
    ["words of one character", { q: "灯" }, ["light"]],
    ["words across two fields, in any order", { q: "100％ 南门" }, ["light"]],
    ["a pair across a blank is none", { q: "口100" }, []],
    ["pairs that never stand together", { q: "占道场" }, []],
    ["no words at all", { q: "%" }, []],
    ["closed", { closedFrom: "2026-11-24", closedTo: "2026-11-24" }, ["done"]],
    ["reported another day", { reportedTo: "2026-11-23" }, []],
    ["far days", { dueFrom: "0000-01-01", dueTo: "9999-12-31", open: false }, []],
  ];
  test.each(cases)("%s", async (_name, filters, expected) => {
    expect(await listed("centre", filters)).toEqual(expected.toSorted());
    expect(await listed("centre", { ...filters, sort: "due" })).toEqual(expected.toSorted());
  });

  test("overdue", async () => {
    expect(await listed("centre", { overdue: true })).toEqual([]);
    world.clock.set(new Date("2026-11-24T09:00:00Z"));
    expect(await listed("centre", { overdue: true })).toEqual(["grid1", "grid2", "grid4"]);
    world.clock.set(new Date("2026-11-24T02:00:00Z"));
  });

  test("a case number, whole or its running part", async () => {
    const { number } = await getCase(world.as("centre"), ids["shed"] as string);
    expect(await listed("centre", { q: number })).toEqual(["shed"]);
    expect(await listed("centre", { q: number.split("-")[1] })).toEqual(["shed"]);
    expect(await listed("street2", { q: number })).toEqual([]);
  });
});

test("mine is what the domain says waits for each account", async () => {
  const rows = (await world.owner(`SELECT ${CASE_COLUMNS.join(", ")} FROM cases`)) as CaseRow[];
  const whos = [
    "worker1",
    "worker2",
    "head-grid1",
    "head-community1",
    "head-street1",
    "street1",
    "street2",
    "centre",
    "city-management",
    "emergency",
    "admin",
  ] as const;
  for (const who of whos) {
    const ctx = world.as(who);
    const conditions = waitsFor(ctx.actor, ctx.county.levelLengths);
    const expected = rows
      .map(caseOfRow)
      .filter((c) => isWaiting(c, conditions))
      .filter((c) => ctx.actor.role === "department" || c.gridCode.startsWith(ctx.actor.scopeCode));
    expect(await listed(who, { mine: true, sort: "due" }), who).toEqual(namesIn(expected));
  }
  expect(await listed("worker1", { mine: true })).toEqual(["grid1"]);
  expect(await listed("head-grid1", { mine: true })).toEqual(["fedBack", "grid1"]);
});

describe("pages", () => {
  test.each(["due", "reported_desc"] as const)("by %s hold every case once", async (sort) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listCases(world.as("centre"), { sort, limit: 3, cursor });
      expect(page.cases.length).toBeLessThanOrEqual(3);
      seen.push(...page.cases.map((c) => c.caseId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(Object.keys(ids).length);
  });

  test("take three statements with BEGIN and COMMIT, a search too", async () => {
    const queries = [
      {},
      { mine: true, sort: "due" },
      { overdue: true },
      { q: "占道" },
      { q: "占" },
      { q: "20261124-000002", sort: "due" },
      { net: ["city_management"], grid: MINI.street1 },
    ] as Parameters<typeof listCases>[1][];
    for (const query of queries) {
      world.statements.length = 0;
      await listCases(world.as("centre"), query);
      expect(world.statements.length).toBe(3);
    }
  });

  test("refuse a cursor of another list, and any other text", async () => {
    const { nextCursor } = await listCases(world.as("centre"), { limit: 1 });
    const forged = Buffer.from('["due","0000-01-01T00:00:00.000000Z","x"]').toString("base64url");
    for (const cursor of [nextCursor as string, "abc", forged]) {
      const asked = async () => listCases(world.as("centre"), { sort: "due", cursor });
      await expect(asked()).rejects.toMatchObject({ refusal: { code: "cases.bad_cursor" } });
    }
  });
});

test("counting agrees with listing", async () => {
  const ctx = world.as("street1");
  const context = {
    actor: ctx.actor,
    lengths: ctx.county.levelLengths,
    timeZone: ctx.county.timeZone,
    now: world.clock.now(),
  };
  for (const filters of [{}, { open: true }, { state: ["fed_back" as const] }]) {
    const n = await inScope(ctx.db, scopeOf(ctx), (trx) =>
      countCases(trx, MINI.county, filters, context),
    );
    expect(n).toBe((await listed("street1", filters)).length);
  }
});

test("a department finds by words what it was given, at once or later, and nothing else", async () => {
  const light = MINI.departments.cityManagement;
  expect(await listed("city-management", { q: "南门" })).toEqual(["light"]);
  expect(await listed("emergency", { q: "南门" })).toEqual([]);
  const given = await actOne(
    world.as("street1"),
    aCommand(ids["grid1"] as string, "dispatch", 3, {
      target: { tier: "department", unitCode: MINI.departments.emergency },
    }),
  );
  expect(given.outcome).toBe("applied");
  for (const sort of ["reported_desc", "due"] as const) {
    expect(await listed("emergency", { q: "占道", sort })).toEqual(["grid1"]);
    expect(await listed("emergency", { q: "场", sort })).toEqual(["grid1"]);
    expect(await listed("city-management", { q: "占道", sort })).toEqual([]);
    expect(await listed("city-management", { q: "路灯", unit: light, sort })).toEqual(["light"]);
  }
});
