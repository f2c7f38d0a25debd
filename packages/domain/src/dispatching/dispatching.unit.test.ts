import {
  CASE_SOURCES,
  CATEGORY_KINDS,
  GRID_TIERS,
  NETS,
  NO_CONDITION,
  type RuleConditions,
  type RuleTarget,
} from "@onegrid/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileCalendar, DEFAULT_WINDOWS, fiveDayWeek, WEEKDAYS } from "../calendar/index.ts";
import { isRefused } from "../refused.ts";
import {
  checkRules,
  dispatchByRules,
  explainDispatch,
  localMoment,
  ruleFaults,
  type DispatchFacts,
  type DispatchReferences,
  type DispatchRuleSpec,
} from "./index.ts";

const LENGTHS = [6, 9, 12, 15] as const;
const GRIDS = ["500231", "500231001", "500231001001", "500231001001001", "500231002001"];
const UNITS = ["CG", "ZJ"];
const CATEGORIES = ["CM001", "CM010", "WJ001"];
const COUNTY: DispatchReferences = {
  hasUnit: (code) => UNITS.includes(code),
  hasGrid: (code) => GRIDS.includes(code),
  hasCategory: (prefix) => CATEGORIES.some((code) => code.startsWith(prefix)),
};

const FACTS: DispatchFacts = {
  categoryCode: "CM010",
  net: "city_management",
  kind: "component",
  gridCode: "500231001001001",
  componentOwner: null,
  source: "worker",
  emergency: false,
  day: "2026-11-24",
  weekday: 2,
  minute: 600,
  workingTime: true,
};
const rule = (
  name: string,
  when: Partial<RuleConditions> = {},
  target: RuleTarget = { to: "department", unitCode: "CG" },
  active = true,
): DispatchRuleSpec => ({
  ruleId: name,
  version: 1,
  name,
  active,
  when: { ...NO_CONDITION, ...when },
  target,
});

const send = (rules: DispatchRuleSpec[], facts: Partial<DispatchFacts> = {}) =>
  dispatchByRules(checkRules(rules, COUNTY), { ...FACTS, ...facts }, LENGTHS)?.rule ?? null;

const arbitraryConditions: fc.Arbitrary<RuleConditions> = fc.record({
  categoryPrefixes: fc.subarray(["CM", "CM010", "WJ", "XX"], { maxLength: 2 }),
  nets: fc.subarray([...NETS], { maxLength: 2 }),
  kinds: fc.subarray([...CATEGORY_KINDS]),
  gridCodes: fc.subarray([...GRIDS, "500231009"], { maxLength: 2 }),
  componentOwners: fc.subarray([...UNITS, "??"], { maxLength: 2 }),
  sources: fc.subarray([...CASE_SOURCES]),
  emergency: fc.constantFrom(null, true, false),
  workingTime: fc.constantFrom(null, true, false),
  weekdays: fc.subarray([...WEEKDAYS]),
  windows: fc.array(
    fc.record({
      startMinute: fc.integer({ min: 0, max: 1439 }),
      endMinute: fc.integer({ min: 1, max: 2879 }),
    }),
    { maxLength: 2 },
  ),
  fromDay: fc.constantFrom(null, "2026-01-01", "2026-12-01"),
  untilDay: fc.constantFrom(null, "2026-11-30", "2026-12-31"),
});
const arbitraryTarget: fc.Arbitrary<RuleTarget> = fc.oneof(
  fc.record({ to: fc.constant("grid" as const), tier: fc.constantFrom(...GRID_TIERS) }),
  fc.record({
    to: fc.constant("department" as const),
    unitCode: fc.constantFrom(...UNITS, "??"),
  }),
  fc.constant({ to: "component_owner" as const }),
);
const arbitraryRules = fc
  .array(
    fc.record({
      active: fc.boolean(),
      // A condition is more often absent than not, else almost no rule takes anything.
      when: fc
        .tuple(arbitraryConditions, fc.subarray(Object.keys(NO_CONDITION), { maxLength: 3 }))
        .map(
          ([all, kept]) =>
            Object.fromEntries(
              Object.entries(NO_CONDITION).map(([name, none]) => [
                name,
                kept.includes(name) ? all[name as keyof RuleConditions] : none,
              ]),
            ) as RuleConditions,
        ),
      target: arbitraryTarget,
    }),
    { maxLength: 8 },
  )
  .map((all) => all.map((one, n) => ({ ...one, ruleId: `id${n}`, version: 1, name: `rule ${n}` })));
const arbitraryFacts: fc.Arbitrary<DispatchFacts> = fc.record({
  categoryCode: fc.constantFrom(...CATEGORIES),
  net: fc.constantFrom(...NETS),
  kind: fc.constantFrom(...CATEGORY_KINDS),
  gridCode: fc.constantFrom(...GRIDS),
  componentOwner: fc.constantFrom(null, ...UNITS),
  source: fc.constantFrom(...CASE_SOURCES),
  emergency: fc.boolean(),
  day: fc.constantFrom("2026-11-24", "2026-12-15"),
  weekday: fc.constantFrom(...WEEKDAYS),
  minute: fc.integer({ min: 0, max: 1439 }),
  workingTime: fc.boolean(),
});

describe("dispatch rules", () => {
  test("the first that takes a case decides, in the order they stand", () => {
    const bins = rule("bins", { categoryPrefixes: ["CM"] });
    const street = rule("street", { gridCodes: ["500231001"] }, { to: "grid", tier: "level1" });
    expect(send([bins, street])).toBe("bins");
    expect(send([street, bins])).toBe("street");
    expect(send([street, bins], { gridCode: "500231002001" })).toBe("bins");
    expect(send([street], { gridCode: "500231002001" })).toBeNull();
  });

  test("a prefix of grids is a subtree, and a night window crosses midnight", () => {
    const night = [{ startMinute: 22 * 60, endMinute: 30 * 60 }];
    const rules = [rule("night", { windows: night })];
    expect(
      [0, 5 * 60 + 59, 6 * 60, 21 * 60 + 59, 22 * 60].map((minute) => send(rules, { minute })),
    ).toEqual(["night", "night", null, null, "night"]);
  });

  test("the owner of a component takes what is his, and only what is owned", () => {
    const rules = checkRules([rule("owner", {}, { to: "component_owner" })], COUNTY);
    const owned = dispatchByRules(rules, { ...FACTS, componentOwner: "ZJ" }, LENGTHS);
    expect(owned).toEqual({
      tier: "department",
      holderCode: "ZJ",
      note: null,
      rule: "owner",
      dispatchRule: { ruleId: "owner", version: 1 },
    });
    expect(dispatchByRules(rules, FACTS, LENGTHS)).toBeNull();
  });

  test("what is wrong with a rule is named, all of it", () => {
    const broken = rule(
      "broken",
      {
        gridCodes: ["500231001", "500231009"],
        categoryPrefixes: ["XX"],
        windows: [{ startMinute: 600, endMinute: 600 }],
        fromDay: "2026-12-01",
        untilDay: "2026-11-01",
      },
      { to: "department", unitCode: "gone" },
    );
    expect(ruleFaults(broken, COUNTY).map(({ code, found }) => [code, found])).toEqual([
      ["unknown_unit", "gone"],
      ["unknown_grid", "500231009"],
      ["unknown_category", "XX"],
      ["invalid_window", "600-600"],
      ["invalid_days", "2026-12-01/2026-11-01"],
    ]);
    expect(send([broken, rule("sound")])).toBe("sound");
  });

  test("any list: the first sound, active rule whose every condition holds; a broken one changes nothing", () => {
    let taken = 0;
    let stepped = 0;
    fc.assert(
      fc.property(arbitraryRules, arbitraryFacts, (rules, facts) => {
        const checked = checkRules(rules, COUNTY);
        expect(checked.map((c) => c.rule)).toEqual(rules);
        const target = dispatchByRules(checked, facts, LENGTHS);
        const explained = explainDispatch(checked, facts, LENGTHS);
        expect(explained.target).toEqual(target);
        const index = explained.verdicts.findIndex(({ verdict }) => verdict === "taken");
        expect(index === -1).toBe(target === null);
        // Each rule before the one that takes it says why it did not.
        for (const said of explained.verdicts.slice(0, index === -1 ? undefined : index)) {
          const reasons = said.unmet.length + said.faults.length;
          expect(said.verdict === "inactive" || reasons > 0).toBe(true);
        }
        if (target !== null) taken += 1;
        expect(target?.rule).toBe(rules[index]?.name);
        expect(target?.holderCode).not.toBe("??");
        // Broken and inactive rules could as well not be there.
        const sound = checked.filter((c) => c.faults.length === 0 && c.rule.active);
        if (sound.length < checked.length) stepped += 1;
        expect(dispatchByRules(sound, facts, LENGTHS)).toEqual(target);
      }),
      { numRuns: 2_000 },
    );
    expect(taken).toBeGreaterThan(100);
    expect(stepped).toBeGreaterThan(100);
  });
});

test("an instant is seen on the county's wall", () => {
  const calendar = compileCalendar({
    version: 1,
    timeZone: "Asia/Shanghai",
    hours: [
      {
        fromDay: "2026-01-01",
        week: fiveDayWeek(DEFAULT_WINDOWS),
        workdayWindows: DEFAULT_WINDOWS,
      },
    ],
    days: [],
    confirmedYears: [2026],
    fromDay: "2026-01-01",
    toDay: "2027-01-01",
  });
  if (isRefused(calendar)) throw new Error(calendar.refused.code);
  expect(localMoment(calendar, new Date("2026-11-24T02:05:00Z"))).toEqual({
    day: "2026-11-24",
    weekday: 2,
    minute: 605,
    workingTime: true,
  });
  expect(localMoment(calendar, new Date("2026-11-28T16:30:00Z"))).toEqual({
    day: "2026-11-29",
    weekday: 7,
    minute: 30,
    workingTime: false,
  });
});
