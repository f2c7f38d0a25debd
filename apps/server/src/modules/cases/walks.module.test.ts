import type { CaseAction } from "@onegrid/contract";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MINI } from "../../../test/support/mini-county.ts";
import { checkFolds, fireMilestones, getCase, reportCases } from "./index.ts";
import {
  aCommand,
  actOne,
  aReport,
  caseWorld,
  POINTS,
  type CaseWorld,
  type Who,
} from "./test/case-world.ts";
import { detailsFor } from "./test/well-made.ts";

/**
 * Whole cases walked at random by several actors at once against the real database. The issue asks
 * for 10,000 walks: ONEGRID_WALKS=10000; a run of the suite does what fits into its time.
 */
const WALKS = Number(process.env["ONEGRID_WALKS"] ?? 60);
const STEPS = 12;
const ACTORS_AT_ONCE = 8;
/** Walks that meet on one case. */
const A_CASE = 3;

/** Those who mostly have something to do; the others meet cases that are none of theirs. */
const WHO: readonly Who[] = [
  "worker1",
  "worker1",
  "head-grid1",
  "head-community1",
  "head-street1",
  "street1",
  "street1",
  "street1",
  "centre",
  "city-management",
  "emergency",
];

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld();
});
afterAll(() => world.close());

/** A small generator of one's own, so that a run can be told again from its seed. */
const random = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return seed / 4_294_967_296;
};

const counts = new Map<string, number>();
const count = (what: string): void => {
  counts.set(what, (counts.get(what) ?? 0) + 1);
};

/** What a step may be answered with: everything else would be a defect shown to somebody. */
const FORESEEN =
  /^(applied|cases\.(version_conflict|transition_not_allowed|not_in_charge|four_eyes|too_late|used_up|merge_target|not_found))$/;

const step = async (
  caseId: string,
  others: readonly string[],
  next: () => number,
): Promise<void> => {
  const who = WHO[Math.floor(next() * WHO.length)] as Who;
  const ctx = world.as(who);
  const seen = await getCase(ctx, caseId).catch(() => null);
  if (seen === null) return count("cases.not_found");
  const rare = /^(void|merge)$/;
  const open = seen.allowed.filter(({ action }) => !rare.test(action) || next() < 0.05);
  const chosen = open[Math.floor(next() * open.length)];
  if (chosen === undefined) return count("nothing to do");
  const action: CaseAction = chosen.action;
  // Now and then on a version that is past: somebody's phone was off the net.
  const stale = next() < 0.1 && seen.version > 1 ? 1 : 0;
  const command = aCommand(caseId, action, seen.version - stale, {
    commandId: uuidv7(),
    target: chosen.targetRequired
      ? { tier: "department", unitCode: MINI.departments.cityManagement }
      : null,
    details: detailsFor(chosen, others[Math.floor(next() * others.length)] ?? caseId),
  });
  const result = await actOne(ctx, command);
  if (result.outcome === "applied") count(action);
  count(result.outcome === "applied" ? "applied" : result.problem.code);
};

test(`${WALKS} walks by ${ACTORS_AT_ONCE} actors at once lose nothing`, async () => {
  const categories = Object.values(MINI.categories);
  const points = [POINTS.grid1, POINTS.grid1, POINTS.grid1, POINTS.grid2];
  const reports = Array.from({ length: Math.ceil(WALKS / A_CASE) }, (_, n) =>
    aReport({
      categoryCode: categories[n % categories.length] as string,
      location: points[n % points.length] ?? POINTS.grid1,
    }),
  );
  for (let from = 0; from < reports.length; from += 200) {
    const some = reports.slice(from, from + 200);
    const by = world.as(from % 400 === 0 ? "worker1" : "resident");
    const { results } = await reportCases(by, some);
    expect(results.every(({ outcome }) => outcome === "accepted")).toBe(true);
  }
  const ids = reports.map(({ caseId }) => caseId);
  const walks = Array.from({ length: WALKS }, (_, n) => ids[n % ids.length] as string);
  let walked = 0;
  let fired = 0;
  await Promise.all(
    Array.from({ length: ACTORS_AT_ONCE }, async (_, actor) => {
      const own = random(actor + 1);
      for (let caseId = walks.pop(); caseId !== undefined; caseId = walks.pop()) {
        for (let n = 0; n < STEPS; n += 1) await step(caseId, ids, own);
        walked += 1;
        // Time goes on, and the clocks' own job works beside the people.
        if (walked % 50 === 0) {
          world.clock.set(new Date(world.clock.now().getTime() + 3 * 3_600_000));
          const county = world.as("system").county;
          fired += (await fireMilestones(world.database.db, county, world.clock.now(), 100)).length;
        }
      }
    }),
  );
  const differences = await checkFolds(world.database.db, MINI.county);
  const unforeseen = [...counts.keys()].filter(
    (what) => what.includes(".") && !FORESEEN.test(what),
  );
  const [logged] = await world.owner<{ gaps: number; events: number }>(
    `SELECT count(*)::int AS events,
       (SELECT count(*)::int FROM cases c WHERE c.version <>
         (SELECT count(*) FROM case_event e WHERE e.case_id = c.case_id)) AS gaps FROM case_event`,
  );
  // What the run was made of is the test's result too.
  console.log(
    `${walked} walks, ${fired} milestones fired, ${logged?.events} events:`,
    JSON.stringify(Object.fromEntries([...counts].toSorted((a, b) => b[1] - a[1]))),
  );
  expect(unforeseen).toEqual([]);
  expect(walked).toBe(WALKS);
  expect(counts.get("applied") ?? 0).toBeGreaterThan(WALKS);
  expect(logged?.gaps).toBe(0);
  expect(differences).toEqual([]);
}, 3_600_000);
