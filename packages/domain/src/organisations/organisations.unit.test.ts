import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRefused } from "../refused.ts";
import type { OrganisationFact, OrganisationPlace } from "./facts.ts";
import { addYears, checkPlacement, foldOrganisation, renewalState, spanOn } from "./index.ts";

const PLACE: OrganisationPlace = {
  level: "grid_branch",
  base: "grid",
  baseCode: "500231001001001",
  gridCode: "500231001001001",
  parentCode: null,
  name: "第一网格党支部",
  termYears: 3,
};
const found: OrganisationFact = { kind: "found", effectiveOn: "2020-02-29", data: PLACE };
const rename = (effectiveOn: string, name: string): OrganisationFact => ({
  kind: "change",
  effectiveOn,
  data: { name },
});

describe("the life of an organisation", () => {
  it("is a row of stretches, whenever the facts were written down", () => {
    const facts: OrganisationFact[] = [
      found,
      { kind: "dissolve", effectiveOn: "2026-06-01", data: { reason: "合并" } },
      { kind: "renew", effectiveOn: "2023-03-01", data: { note: null } },
      rename("2022-01-01", "阳光网格党支部"),
    ];
    const spans = foldOrganisation(facts);
    if (isRefused(spans)) throw new Error(spans.refused.code);
    expect(spans.map((s) => [s.validFrom, s.validTo, s.name, s.termEndsOn])).toEqual([
      ["2020-02-29", "2022-01-01", "第一网格党支部", "2023-02-28"],
      ["2022-01-01", "2023-03-01", "阳光网格党支部", "2023-02-28"],
      ["2023-03-01", "2026-06-01", "阳光网格党支部", "2026-03-01"],
    ]);
    expect(spanOn(spans, "2022-12-31")?.name).toBe("阳光网格党支部");
    expect(spanOn(spans, "2020-02-28")).toBeNull();
    expect(spanOn(spans, "2026-06-01")).toBeNull();
  });

  it("forgets a fact that was taken back and keeps the list", () => {
    const wrong: OrganisationFact = {
      kind: "dissolve",
      effectiveOn: "2024-01-01",
      data: { reason: "误录" },
    };
    const back: OrganisationFact = {
      kind: "void",
      effectiveOn: "2024-02-01",
      data: { seq: 2, reason: "录错单位" },
    };
    const spans = foldOrganisation([found, wrong, back]);
    expect(isRefused(spans) ? spans : spans.map((s) => s.validTo)).toEqual([null]);
  });

  it.each([
    [[rename("2021-01-01", "甲")], "organisations.before_founding"],
    [[found, rename("2019-01-01", "甲")], "organisations.before_founding"],
    [[found, { ...found, effectiveOn: "2021-01-01" }], "organisations.already_founded"],
    [
      [
        found,
        { kind: "dissolve", effectiveOn: "2021-01-01", data: { reason: "撤销" } },
        rename("2022-01-01", "甲"),
      ],
      "organisations.dissolved",
    ],
    [
      [
        { ...found, data: { ...PLACE, termYears: null } },
        { kind: "renew", effectiveOn: "2021-01-01", data: { note: null } },
      ],
      "organisations.no_term",
    ],
    [
      [found, { kind: "void", effectiveOn: "2021-01-01", data: { seq: 2, reason: "自己" } }],
      "organisations.nothing_to_void",
    ],
  ] as [OrganisationFact[], string][])("refuses what cannot be true (%#)", (facts, code) => {
    const spans = foldOrganisation(facts);
    expect(isRefused(spans) && spans.refused.code).toBe(code);
  });

  it("has no gaps and no overlaps, and does not mind in what order changes were written", () => {
    const day = fc
      .integer({ min: 0, max: 2000 })
      .map((n) => new Date(Date.UTC(2020, 2, 1 + n)).toISOString().slice(0, 10));
    const changes = fc.uniqueArray(fc.record({ day, name: fc.string({ minLength: 1 }) }), {
      selector: (change) => change.day,
      maxLength: 12,
    });
    fc.assert(
      fc.property(changes, (list) => {
        const facts = list.map((change) => rename(change.day, change.name));
        const spans = foldOrganisation([found, ...facts]);
        const backwards = foldOrganisation([found, ...facts.toReversed()]);
        if (isRefused(spans)) throw new Error(spans.refused.code);
        expect(backwards).toEqual(spans);
        for (const [index, span] of spans.entries()) {
          expect(span.validTo).toBe(spans[index + 1]?.validFrom ?? null);
        }
        for (const change of list) expect(spanOn(spans, change.day)?.name).toBe(change.name);
      }),
    );
  });
});

describe("where an organisation may stand", () => {
  const known = { gridLevel: 3, baseExists: true, parentLevel: "community_committee" } as const;

  it.each([
    [{}, known, null],
    [{ baseCode: "500231001001002" }, known, "organisations.wrong_base"],
    [{ level: "street_committee" }, known, "organisations.wrong_grid_level"],
    [{ base: "building", baseCode: "B1" }, known, "organisations.wrong_base"],
    [
      { base: "estate", baseCode: "X" },
      { ...known, baseExists: false },
      "organisations.unknown_base",
    ],
    [{}, { ...known, gridLevel: null }, "organisations.unknown_grid"],
    [{}, { ...known, parentLevel: undefined }, "organisations.unknown_parent"],
    [{}, { ...known, parentLevel: "party_group" }, "organisations.wrong_parent"],
  ] as const)("%#", (change, facts, code) => {
    const refused = checkPlacement({ ...PLACE, ...change } as OrganisationPlace, facts);
    expect(refused?.refused.code ?? null).toBe(code);
  });
});

it("reminds of an election ninety days ahead, and says when it is late", () => {
  expect(addYears("2024-02-29", 4)).toBe("2028-02-29");
  expect(renewalState("2026-11-23", "2026-11-24", 90)).toBe("overdue");
  expect(renewalState("2026-11-24", "2026-11-24", 90)).toBe("due");
  expect(renewalState("2027-02-22", "2026-11-24", 90)).toBe("due");
  expect(renewalState("2027-02-23", "2026-11-24", 90)).toBe("later");
});
