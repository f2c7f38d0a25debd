import type { Category } from "@onegrid/contract";
import type { Actor } from "@onegrid/domain";
import { describe, expect, it } from "vitest";
import { planCases, type DemoCast } from "./plan-cases.ts";
import { seededRandom } from "./random.ts";

const NOW = new Date("2026-11-24T02:00:00Z");

const actor = (role: Actor["role"], id: string): Actor => ({
  role,
  accountId: id,
  scopeCode: "500231001001001",
  unitCode: null,
});

const category = (startTier: Category["startTier"], emergency: boolean): Category => ({
  categoryCode: startTier,
  version: 1,
  net: "city_management",
  kind: "matter",
  name: "暴露垃圾",
  nameKeys: "baolulaji bllj",
  words: [],
  ownerUnitCode: startTier === "department" ? "D" : null,
  ownerUnitName: null,
  startTier,
  limit: { amount: 1, unit: "working_day" },
  emergency,
  meToo: null,
  standardClass: null,
  active: true,
  sample: true,
});

const cast: DemoCast = {
  places: [
    {
      gridCode: "500231001001001",
      names: ["街道", "社区", "第一网格"],
      worker: actor("worker", "w"),
      head: actor("head", "h"),
      communityHead: actor("head", "c"),
      street: actor("street", "s"),
      streetHead: actor("head", "sh"),
      point: () => ({ lng: 107, lat: 30 }),
    },
  ],
  categories: [category("level3", false), category("department", true)],
  departments: new Map([["D", { ...actor("department", "d"), unitCode: "D" }]]),
  resident: { role: "resident", accountId: null, scopeCode: "500231", unitCode: null },
};

const plan = (seed: number) => planCases(cast, seededRandom(seed), NOW, { count: 200, days: 30 });

describe("planCases", () => {
  it("makes the same county from the same seed, another from another", () => {
    expect(plan(1)).toEqual(plan(1));
    expect(plan(1)).not.toEqual(plan(2));
  });

  it("lets nothing happen after now, and every step after the one before", () => {
    for (const { at, steps } of plan(3)) {
      const moments = [at, ...steps.map((step) => step.at)].map((moment) => moment.getTime());
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      expect(Math.max(...moments)).toBeLessThanOrEqual(NOW.getTime());
    }
  });

  it("has something beside the main line in some cases", () => {
    const many = planCases(cast, seededRandom(5), NOW, { count: 900, days: 30 });
    const actions = new Set(many.flatMap(({ steps }) => steps.map(({ action }) => action)));
    for (const action of [
      "grant_extension",
      "grant_suspension",
      "answer_supervision",
      "rate_whistle",
      "finish_sub_task",
    ]) {
      expect(actions).toContain(action);
    }
  });

  it("never lets whoever fed back verify", () => {
    const pairs = plan(4).flatMap(({ steps }) => {
      const by = (action: string) =>
        steps.find((step) => step.action === action)?.actor.accountId ?? null;
      const verifier = by("verify");
      return verifier === null ? [] : [{ verifier, disposer: by("feed_back") }];
    });
    expect(pairs.length).toBeGreaterThan(50);
    expect(pairs.filter(({ verifier, disposer }) => verifier === disposer)).toEqual([]);
  });
});
