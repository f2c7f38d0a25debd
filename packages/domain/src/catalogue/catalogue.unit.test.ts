import { describe, expect, it } from "vitest";
import { type CategoryDraft, type ClassDraft, standardDesignation } from "./category-draft.ts";
import {
  checkAuthorityList,
  checkClassTable,
  type KnownToCounty,
  sameCategory,
} from "./check-catalogue.ts";
import { suggestCategories } from "./suggest-categories.ts";

const STANDARD = "GB/T 47678.5-2026";
const known: KnownToCounty = {
  unitCodes: new Set(["U1"]),
  classes: new Map([[STANDARD, new Set(["matter 06010"])]]),
};
const garbage: CategoryDraft = {
  categoryCode: "C1",
  net: "city_management",
  kind: "matter",
  name: "暴露垃圾",
  words: ["垃圾", "没人收"],
  ownerUnitCode: "U1",
  startTier: "level3",
  limit: { amount: 4, unit: "working_hour" },
  emergency: false,
  meToo: null,
  active: true,
  sample: true,
  standardClass: { standard: STANDARD, kind: "matter", classCode: "06010" },
};

describe("checkAuthorityList", () => {
  it("accepts a good line and one of a standard nobody has loaded", () => {
    const other = { standard: "GB/T 1-2000", kind: "matter", classCode: "99999" } as const;
    const lines = [garbage, { ...garbage, categoryCode: "C2", standardClass: other }];
    expect(checkAuthorityList(lines, known)).toEqual([]);
  });

  it("names each fault by line and field", () => {
    const lines: CategoryDraft[] = [
      garbage,
      garbage,
      { ...garbage, categoryCode: "C2", startTier: "department", ownerUnitCode: null },
      { ...garbage, categoryCode: "C3", ownerUnitCode: "U9" },
      { ...garbage, categoryCode: "C4", emergency: true },
      {
        ...garbage,
        categoryCode: "C5",
        standardClass: { standard: STANDARD, kind: "component", classCode: "06010" },
      },
    ];
    expect(checkAuthorityList(lines, known).map((i) => [i.index, i.field, i.code])).toEqual([
      [1, "categoryCode", "code_twice"],
      [2, "ownerUnitCode", "owner_missing"],
      [3, "ownerUnitCode", "unit_unknown"],
      [4, "limit", "limit_not_urgent"],
      [5, "standardClass", "class_unknown"],
    ]);
  });
});

describe("checkClassTable", () => {
  it("lets both kinds use a code and finds doubles and matters of no component", () => {
    const of = (
      kind: "component" | "matter",
      classCode: string,
      componentCode: string | null = null,
    ): ClassDraft => ({
      standard: STANDARD,
      kind,
      classCode,
      majorName: "m",
      name: "n",
      componentCode,
    });
    const table = [of("component", "01001"), of("matter", "01001", "01001")];
    expect(checkClassTable(table)).toEqual([]);
    const bad = [...table, of("matter", "01001"), of("matter", "01002", "01009")];
    expect(checkClassTable(bad).map((i) => [i.index, i.code])).toEqual([
      [2, "code_twice"],
      [3, "component_unknown"],
    ]);
  });
});

describe("sameCategory", () => {
  it("sees every field, and nothing in the order of keys", () => {
    const { net, ...rest } = garbage;
    expect(sameCategory({ ...rest, net }, garbage)).toBe(true);
    const changes: Partial<CategoryDraft>[] = [
      { net: "party_building" },
      { kind: "component" },
      { name: "x" },
      { words: ["没人收", "垃圾"] },
      { ownerUnitCode: null },
      { startTier: "level2" },
      { limit: { amount: 5, unit: "working_hour" } },
      { limit: { amount: 4, unit: "working_day" } },
      { emergency: true },
      { meToo: { distanceM: 30, hours: 72 } },
      { active: false },
      { sample: false },
      { standardClass: null },
      { standardClass: { standard: STANDARD, kind: "matter", classCode: "06011" } },
    ];
    expect(changes.filter((change) => sameCategory({ ...garbage, ...change }, garbage))).toEqual(
      [],
    );
  });
});

describe("standardDesignation", () => {
  it("leaves the title away", () => {
    const titled = "GB/T 47678.5-2026 城市运行管理服务平台 第5部分：管理部件和事项";
    expect(standardDesignation(titled)).toBe(STANDARD);
    expect(standardDesignation("GB/T30428.2—2013")).toBe("GB/T 30428.2-2013");
    expect(standardDesignation(" NYC 311 ")).toBe("NYC 311");
  });
});

describe("suggestCategories", () => {
  const advert = { ...garbage, categoryCode: "C2", name: "非法小广告", words: ["牛皮癣"] };
  const closed = { ...garbage, categoryCode: "C3", active: false };
  const all = [advert, closed, garbage];
  const codes = (text: string) => suggestCategories(text, all).map((c) => c.categoryCode);

  it("finds by name, by word and by a piece of either, best first", () => {
    expect(codes("楼下暴露垃圾两天了")).toEqual(["C1"]);
    expect(codes("电梯里全是牛皮癣")).toEqual(["C2"]);
    expect(codes("墙上又有小广告，旁边一堆垃圾没人收")).toEqual(["C1", "C2"]);
  });

  it("suggests nothing for nothing or for what it does not know", () => {
    expect(codes("  ")).toEqual([]);
    expect(codes("路灯不亮")).toEqual([]);
  });
});
