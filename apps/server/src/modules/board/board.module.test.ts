import { CASE_ACTIONS } from "@onegrid/contract";
import { figureFilters, type BoardCell, type BoardFigure } from "@onegrid/domain";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MINI } from "../../../test/support/mini-county.ts";
import { checkFolds, countCases, getCase, reportCases } from "../cases/index.ts";
import {
  aCommand,
  actOne,
  aReport,
  caseWorld,
  POINTS,
  type CaseWorld,
  type Who,
} from "../cases/test/case-world.ts";
import { inScope } from "../../platform/database.ts";
import { scopeOf } from "../../platform/context.ts";
import { compactTallies, getBoard } from "./index.ts";

const STAFF: Who[] = [
  "worker1",
  "worker2",
  "worker4",
  "head-community1",
  "head-street1",
  "street1",
  "street2",
  "centre",
  "city-management",
  "emergency",
];
const WALKS = 300;
const ACTORS_AT_ONCE = 6;
/** The first so many are reported by staff, the others by residents. */
const BY_STAFF = 70;

let world: CaseWorld;
let shapes: Record<string, number>;

/** A walk: somebody opens a case's detail and does one of the things it allows, some steps long. */
const walk = async (caseId: string, choices: number[]): Promise<void> => {
  for (const choice of choices) {
    const who = STAFF[choice % STAFF.length] as Who;
    const detail = await getCase(world.as(who), caseId).catch(() => null);
    const allowed = detail?.allowed[choice % Math.max(1, detail.allowed.length)];
    const action = allowed?.action ?? CASE_ACTIONS[choice % CASE_ACTIONS.length] ?? "sign";
    const target =
      choice % 2 === 0
        ? { tier: "department", unitCode: MINI.departments.cityManagement }
        : { tier: "level3" };
    const command = aCommand(caseId, action, detail?.version ?? 3, { target });
    const result = await actOne(world.as(who), command);
    const code = result.outcome === "applied" ? "applied" : result.problem.code;
    shapes[code] = (shapes[code] ?? 0) + 1;
  }
};

beforeAll(async () => {
  world = await caseWorld();
  shapes = {};
  const categories = Object.values(MINI.categories);
  const points = Object.values(POINTS);
  const reports = Array.from({ length: WALKS / 3 }, (_, n) =>
    aReport({
      categoryCode: categories[n % categories.length] as string,
      location: n % 13 === 0 ? { lng: 1, lat: 1 } : (points[n % points.length] ?? POINTS.grid1),
      selfHandledNote: n % 17 === 0 && n < BY_STAFF ? "done" : null,
    }),
  );
  await reportCases(world.as("worker1"), reports.slice(0, BY_STAFF));
  await reportCases(world.as("resident"), reports.slice(BY_STAFF));
  const [choices] = fc.sample(
    fc.array(fc.array(fc.nat(1000), { minLength: 3, maxLength: 9 }), {
      minLength: WALKS,
      maxLength: WALKS,
    }),
    { numRuns: 1, seed: 20261124 },
  );
  const walks = (choices ?? []).map((steps, n) => ({
    caseId: reports[Math.floor(n / 3)]?.caseId ?? "",
    steps,
  }));
  world.clock.set(new Date("2026-11-25T02:00:00Z"));
  // Several actors at once, three walks a case: they meet on the same cases.
  await Promise.all(
    Array.from({ length: ACTORS_AT_ONCE }, async () => {
      for (let next = walks.pop(); next !== undefined; next = walks.pop()) {
        await walk(next.caseId, next.steps);
      }
    }),
  );
}, 240_000);
afterAll(() => world.close());

const PERIOD = { from: "2026-11-20", to: "2026-12-10" };

/** The number of cases in the list that stands behind a figure. */
const listed = (who: Who, figure: BoardFigure, cell: Partial<BoardCell> = {}): Promise<number> => {
  const ctx = world.as(who);
  const filters = figureFilters(figure, { ...PERIOD, gridCode: MINI.county, ...cell });
  return inScope(ctx.db, scopeOf(ctx), (trx) =>
    countCases(trx, MINI.county, filters, {
      actor: ctx.actor,
      lengths: ctx.county.levelLengths,
      timeZone: ctx.county.timeZone,
      now: world.clock.now(),
    }),
  );
};

const expectFiguresOf = async (who: Who, over: Partial<BoardCell> = {}) => {
  const board = await getBoard(world.as(who), { ...PERIOD, grid: over.gridCode, net: over.net });
  const figure = (name: BoardFigure, cell: Partial<BoardCell> = {}) =>
    listed(who, name, { ...over, ...cell });
  expect(board.reported).toBe(await figure("reported"));
  expect(board.closed).toBe(await figure("closed"));
  expect(board.open).toBe(await figure("open"));
  expect(board.overdue).toBe(await figure("overdue"));
  expect(board.disposedOnTime.denominator).toBe(await figure("due"));
  expect(board.disposedOnTime.numerator).toBe(await figure("disposed_on_time"));
  for (const { tier, open } of board.openByTier) expect(open).toBe(await figure("open", { tier }));
  for (const { net, ...line } of board.byNet) {
    if (over.net !== undefined && over.net !== net) continue;
    expect(line.reported).toBe(await figure("reported", { net }));
    expect(line.open).toBe(await figure("open", { net }));
    expect(line.disposedOnTime.denominator).toBe(await figure("due", { net }));
  }
  for (const { gridCode, ...line } of board.byGrid) {
    expect(line.reported).toBe(await figure("reported", { gridCode }));
    expect(line.open).toBe(await figure("open", { gridCode }));
    expect(line.disposedOnTime.numerator).toBe(await figure("disposed_on_time", { gridCode }));
  }
  for (const { day, ...line } of board.trend) {
    expect(line.reported).toBe(await figure("reported", { from: day, to: day }));
    expect(line.closed).toBe(await figure("closed", { from: day, to: day }));
  }
  return board;
};

describe("after 300 walks by several actors at once", () => {
  test("there was work, and conflicts, and nothing unforeseen", () => {
    expect(shapes["applied"]).toBeGreaterThan(100);
    expect(shapes["cases.version_conflict"]).toBeGreaterThan(0);
    const foreseen =
      /^(applied|cases\.(version_conflict|details_required|not_found|transition_not_allowed|not_in_charge|four_eyes|no_grid_at_tier))$/;
    expect(Object.keys(shapes).filter((code) => !foreseen.test(code))).toEqual([]);
  });

  test("every row is the fold of its log", async () => {
    expect(await checkFolds(world.database.db, MINI.county)).toEqual([]);
  });

  test("a row changed by hand is found", async () => {
    const [row] = await world.owner<{ case_id: string }>("SELECT case_id FROM cases LIMIT 1");
    await world.owner("UPDATE cases SET version = version + 1 WHERE case_id = $1", [row?.case_id]);
    const found = await checkFolds(world.database.db, MINI.county);
    expect(found).toEqual([{ caseId: row?.case_id, columns: ["version"] }]);
    await world.owner("UPDATE cases SET version = version - 1 WHERE case_id = $1", [row?.case_id]);
  });
});

describe("every figure is the number of cases in its list", () => {
  test("for the county, with something to count", async () => {
    const board = await expectFiguresOf("centre");
    expect(board).toMatchObject({ reported: 100, gridCode: MINI.county, sample: false });
    for (const figure of [board.closed, board.open, board.overdue]) {
      expect(figure).toBeGreaterThan(0);
    }
    expect(board.byGrid.map((line) => line.gridCode)).toEqual([MINI.street1, MINI.street2]);
  });

  test("for a street, a community, one net and a department", async () => {
    await expectFiguresOf("street1", { gridCode: MINI.street1 });
    await expectFiguresOf("centre", { gridCode: MINI.community1 });
    await expectFiguresOf("centre", { net: "illegal_construction" });
    const unitCode = MINI.departments.cityManagement;
    const board = await expectFiguresOf("city-management", { unitCode });
    expect(board.open).toBeGreaterThan(0);
  });

  test("and stays so when the rollup's lines are merged, while others read", async () => {
    const before = await getBoard(world.as("centre"), PERIOD);
    const [first, second] = await Promise.all([
      compactTallies(world.database.db, MINI.county),
      compactTallies(world.database.db, MINI.county),
      ...Array.from({ length: 10 }, async () => {
        expect(await getBoard(world.as("centre"), PERIOD)).toEqual(before);
      }),
    ]);
    // Either may come first and leave nothing to the other.
    expect(first + second).toBeGreaterThan(0);
    expect(await getBoard(world.as("centre"), PERIOD)).toEqual(before);
    expect(await compactTallies(world.database.db, MINI.county)).toBe(0);
  });
});

describe("a board", () => {
  const refusal = (who: Who, query: Parameters<typeof getBoard>[1]) =>
    getBoard(world.as(who), query).catch((error) => error.refusal.code);

  test("outside the own scope, or of no grid, is not found", async () => {
    expect(await refusal("street1", { grid: MINI.street2 })).toBe("grids.not_found");
    expect(await refusal("street1", { grid: MINI.county })).toBe("grids.not_found");
    expect(await refusal("centre", { grid: "500231999" })).toBe("grids.not_found");
  });

  test("has a period of a year at most, that ends after it begins", async () => {
    const long = { from: "2025-01-01", to: "2026-01-02" };
    expect(await refusal("centre", long)).toBe("board.period_too_long");
    const reversed = { from: "2026-01-02", to: "2026-01-01" };
    expect(await refusal("centre", reversed)).toBe("board.period_reversed");
  });

  test("of nothing has no rate rather than a perfect one", async () => {
    const board = await getBoard(world.as("centre"), { from: "2025-01-01", to: "2025-01-31" });
    expect(board.disposedOnTime).toEqual({ numerator: 0, denominator: 0, value: null });
    expect(board.trend).toHaveLength(31);
  });
});
