import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gridsOf, type ImportReport } from "../../modules/grids/index.ts";
import { gridWorld, type GridWorld } from "../../modules/grids/test/grid-world.ts";
import type { Ctx } from "../../platform/context.ts";
import { DEMO_COUNTY, loadDemoGrids } from "./load-geography.ts";

let world: GridWorld;
let ctx: Ctx;
let reports: ImportReport[];
beforeAll(async () => {
  world = await gridWorld();
  ctx = await world.addCounty(DEMO_COUNTY.countyCode, DEMO_COUNTY.levelLengths);
  reports = await loadDemoGrids(ctx);
});
afterAll(() => world.close());

interface Divisions {
  licence: string;
  streets: { code: string; communities: { code: string; name: string }[] }[];
}
const divisions = JSON.parse(
  readFileSync(join(import.meta.dirname, "dianjiang-divisions.json"), "utf8"),
) as Divisions;

describe("the sample county's grids", () => {
  it("pass the importer without a violation or a warning, with nothing to forgive", () => {
    expect(reports.flatMap((report) => report.issues)).toEqual([]);
    for (const { forgivenM2 } of reports) expect(forgivenM2).toBeLessThan(0.01);
  });

  it("are the 26 streets and 301 communities of the division list, by code", async () => {
    const grids = await gridsOf(ctx);
    const streets = grids.childrenOf("500231");
    expect(streets.map((grid) => grid.gridCode)).toEqual(divisions.streets.map((s) => s.code));
    const communities = streets.flatMap((street) => grids.childrenOf(street.gridCode));
    const listed = divisions.streets.flatMap((s) => s.communities.map((c) => c.code));
    expect(communities.map((grid) => grid.gridCode)).toEqual(listed);
    expect([streets.length, communities.length]).toEqual([26, 301]);
  });

  it("have level-3 grids in the two streets, each under its own Party branch", async () => {
    const grids = await gridsOf(ctx);
    for (const street of grids.childrenOf("500231")) {
      const small = grids
        .childrenOf(street.gridCode)
        .flatMap((community) => grids.childrenOf(community.gridCode));
      expect(small.length > 0).toBe(["500231001", "500231002"].includes(street.gridCode));
      for (const grid of small) {
        expect(grid.gridCode).toHaveLength(15);
        expect(grid.name).toMatch(/^第.+网格$/);
        expect(grid.partyGroup).toMatch(/党支部（示例）$/);
      }
    }
  });

  it("say of themselves that they are schematic", async () => {
    const grids = await gridsOf(ctx);
    const seat = grids.at(107.33, 30.33);
    expect(seat).toMatchObject({ level: 3, schematic: true });
    const chain = seat === undefined ? [] : grids.chainOf(seat);
    expect(chain.map((grid) => grid.schematic)).toEqual([true, true, true, true]);
    expect((grids.get("500231")?.areaM2 ?? 0) / 1e6).toBeCloseTo(1518, -1);
    for (const level of [0, 1, 2, 3]) {
      const text = readFileSync(
        join(import.meta.dirname, `dianjiang-level${level}.geojson`),
        "utf8",
      );
      const file = JSON.parse(text) as {
        about: { note: string };
        features: { properties: { label: string } }[];
      };
      expect(file.about.note).toContain("示意");
      expect(file.features.every(({ properties }) => properties.label === "示意")).toBe(true);
    }
  });

  it("change nothing when they are loaded again", async () => {
    const again = await loadDemoGrids(ctx);
    expect(again.map((report) => report.stored)).toEqual([false, false, false, false]);
  });
});
