import { areaM2, type Area } from "@onegrid/geo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "../../platform/context.ts";
import { loadCurrentGrids } from "./grid-queries.ts";
import {
  boxFeature,
  collection,
  found,
  gridWorld,
  importInto,
  type GridWorld,
  type TestFeature,
} from "./test/grid-world.ts";

let world: GridWorld;
let ctx: Ctx;
beforeAll(async () => {
  world = await gridWorld();
  ctx = await world.addCounty("500231");
  await importInto(ctx, 1, [
    { code: "500231001", box: [0, 0, 10, 10] },
    { code: "500231002", box: [10, 0, 20, 10] },
  ]);
});
afterAll(() => world.close());

const A: TestFeature = { code: "500231001001", box: [0, 0, 5, 10] };
const B: TestFeature = { code: "500231001002", box: [5, 0, 10, 10] };

/** Imports communities that must be refused; checks that nothing was stored. */
const refuse = async (file: string | readonly TestFeature[]) => {
  const before = await loadCurrentGrids(ctx.db, "500231");
  const report = await importInto(ctx, 2, file);
  expect(report.stored).toBe(false);
  expect(await loadCurrentGrids(ctx.db, "500231")).toEqual(before);
  return report;
};

const boxArea = (west: number, south: number, east: number, north: number): Area => {
  const feature = boxFeature({ code: "x", box: [west, south, east, north] }) as {
    geometry: { coordinates: Area[number] };
  };
  return [feature.geometry.coordinates];
};

describe("an import refuses", () => {
  it("overlapping siblings, with both codes, a place inside and the size", async () => {
    const report = await refuse([A, { ...B, box: [4.9, 0, 10, 10] }]);
    const [overlap, ...rest] = report.issues;
    expect(rest).toEqual([]);
    expect(overlap).toMatchObject({ code: "overlap", gridCode: A.code, otherCode: B.code });
    expect(overlap?.areaM2).toBeCloseTo(areaM2(boxArea(4.9, 0, 5, 10)), 0);
    expect(overlap?.at?.[0]).toBeGreaterThan(107.049);
    expect(overlap?.at?.[0]).toBeLessThan(107.05);
  });

  it("an overlap with a grid that is stored already", async () => {
    const other = await world.addCounty("500232");
    const street = [{ code: "500232001", box: [0, 0, 10, 10] as const }];
    await importInto(other, 1, street);
    const more = [{ code: "500232002", box: [9, 0, 20, 10] as const }];
    expect(found(await importInto(other, 1, more))).toEqual(["overlap 500232002"]);
  });

  it("gaps in the parent and pieces outside it, each with its size", async () => {
    const report = await refuse([A, { ...B, box: [5.1, 0, 10.2, 10] }]);
    expect(found(report)).toEqual(["gap 500231001", "outside_parent 500231001"]);
    expect(report.issues[0]?.areaM2).toBeCloseTo(areaM2(boxArea(5, 0, 5.1, 10)), 0);
    expect(report.issues[1]?.areaM2).toBeCloseTo(areaM2(boxArea(10, 0, 10.2, 10)), 0);
  });

  it("a polygon that crosses itself, with the place of the crossing", async () => {
    const bowTie = boxFeature(B) as { geometry: { coordinates: number[][][] } };
    const ring = bowTie.geometry.coordinates[0] as number[][];
    [ring[1], ring[2]] = [ring[2] as number[], ring[1] as number[]];
    const text = JSON.stringify({ type: "FeatureCollection", features: [boxFeature(A), bowTie] });
    const report = await refuse(text);
    const invalid = report.issues.find((issue) => issue.code === "invalid_polygon");
    expect(invalid).toMatchObject({ gridCode: B.code, found: "Self-intersection" });
    expect(invalid?.at?.[0]).toBeCloseTo(107.075, 6);
    expect(report.refused).toBe(1);
  });

  it.each<[string, TestFeature, string]>([
    ["a code twice", { ...A, box: [5, 0, 10, 10] }, "duplicate_code 500231001001"],
    ["a parent nobody knows", { ...B, parent: "500231009" }, "parent_unknown 500231001002"],
    [
      "a code whose prefix is no grid",
      { ...B, code: "500231009002" },
      "parent_missing 500231009002",
    ],
    ["a code of another length", { ...B, parent: "500231001", code: "12" }, "code_length 12"],
    ["a code with odd characters", { ...B, code: "5002310010;2" }, "code_malformed 5002310010;2"],
    ["a feature without a code", { ...B, code: " " }, "code_missing"],
    ["a feature without a name", { ...B, name: " " }, "name_missing"],
  ])("%s", async (_, feature, expected) => {
    const report = await refuse([A, feature]);
    expect(found(report)).toContain(expected);
    expect(report.read).toBe(2);
    expect(report.refused).toBe(1);
    const issue = report.issues.find(({ code }) => expected.startsWith(code));
    expect(issue?.position?.line).toBe(1);
  });

  it("files that are no GeoJSON, without looking for gaps in them", async () => {
    const whole = collection([A, B]);
    for (const [text, code] of [
      ["", "empty_file"],
      [whole.slice(0, -40), "truncated"],
      [whole.replace('"properties"', "properties"), "syntax"],
    ] as const) {
      expect(found(await refuse(text))).toEqual([code]);
    }
    await expect(refuse("PK\u0003\u0004")).rejects.toMatchObject({ code: "import.not_a_zip" });
  });

  it("a second county outline in one file", async () => {
    const report = await importInto(ctx, 0, [
      { code: "a", box: [0, 0, 20, 10] },
      { code: "b", box: [30, 0, 40, 10] },
    ]);
    expect(found(report)).toContain("not_one_county");
  });
});

describe("an import mends, with a note, and stores", () => {
  it("a BOM, CRLF, heights, unclosed rings and GCJ-02", async () => {
    const other = await world.addCounty("500233");
    const text = JSON.stringify(
      {
        type: "FeatureCollection",
        features: [boxFeature({ code: "500233001", box: [0, 0, 10, 10] })],
      },
      (_key, value: unknown) =>
        Array.isArray(value) && typeof value[0] === "number" ? [...value, 412.5] : value,
      1,
    ).replaceAll("\n", "\r\n");
    const report = await importInto(other, 1, `\uFEFF${text}`, { crs: "gcj02" });
    expect(report).toMatchObject({ added: 1, stored: true });
    expect(found(report, "note")).toEqual(["z_dropped 500233001"]);
    const [county] = await loadCurrentGrids(other.db, "500233");
    // GCJ-02 lies some hundred metres off: the corner moved, but not far.
    expect(county?.bounds[0]).not.toBe(107);
    expect(Math.abs((county?.bounds[0] ?? 0) - 107)).toBeLessThan(0.01);
  });

  it("numbers as codes, and words around them trimmed", async () => {
    const other = await world.addCounty("500234");
    const report = await importInto(other, 1, [
      { code: "x", box: [0, 0, 10, 10], more: { code: 500_234_001, name: "  Street  " } },
    ]);
    expect(report).toMatchObject({ added: 1, stored: true });
    const grids = await loadCurrentGrids(other.db, "500234");
    expect(grids[1]).toMatchObject({ gridCode: "500234001", name: "Street" });
  });

  it("siblings of one name, with a warning", async () => {
    const report = await importInto(ctx, 2, [
      { ...A, name: "Same" },
      { ...B, name: "Same" },
    ]);
    expect(report.stored).toBe(true);
    expect(found(report, "warning")).toEqual([`duplicate_name ${B.code}`]);
  });
});

describe("a county with codes of its own", () => {
  it("composes parent and local codes and finds parents by the codes of their files", async () => {
    const city = await world.addCounty("NYC", [3, 4, 8, 15]);
    await importInto(city, 1, [{ code: "3", parent: "NYC", box: [0, 0, 10, 10] }]);
    await importInto(city, 2, [{ code: "BK09", parent: "3", box: [0, 0, 10, 10] }]);
    const report = await importInto(city, 3, [
      { code: "3000501", parent: "BK09", box: [0, 0, 5, 10] },
      { code: "3000502", parent: "NYC3BK09", box: [5, 0, 10, 10] },
    ]);
    expect(report).toMatchObject({ added: 2, stored: true });
    const grids = await loadCurrentGrids(city.db, "NYC");
    expect(grids.map((grid) => [grid.gridCode, grid.sourceCode, grid.parentCode])).toEqual([
      ["NYC", null, null],
      ["NYC3", "3", "NYC"],
      ["NYC3BK09", "BK09", "NYC3"],
      ["NYC3BK093000501", "3000501", "NYC3BK09"],
      ["NYC3BK093000502", "3000502", "NYC3BK09"],
    ]);
  });
});
