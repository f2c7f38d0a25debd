import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { areaM2, CoverageChecker, labelPlace, type Area, type LngLat } from "../src/index.ts";
import { PolygonStore } from "../src/polygon-store.ts";
import { partitions } from "./partition.ts";

const box = (west: number, south: number, east: number, north: number): Area => [
  [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
];

let checker: CoverageChecker;
beforeEach(async () => {
  checker = await CoverageChecker.create();
});
afterEach(() => checker.free());

describe("coverage checker", () => {
  it("finds nothing wrong with a partition of its own union", () => {
    fc.assert(
      fc.property(partitions, ({ cells, corners }) => {
        for (const { code, area } of cells) expect(checker.add(code, area)).toBeUndefined();
        const first = corners[0] as LngLat[];
        const last = corners.at(-1) as LngLat[];
        const outline: Area = [
          [
            [
              ...first,
              ...corners.slice(1).map((row) => row.at(-1) as LngLat),
              ...last.toReversed().slice(1),
              ...corners
                .toReversed()
                .slice(1)
                .map((row) => row[0] as LngLat),
            ],
          ],
        ];
        const codes = cells.map((cell) => cell.code);
        expect(checker.cover(outline, codes, 0.01)).toMatchObject({ gaps: [], outside: [] });
        expect(checker.enclosedHoles(codes, 0.01)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it("says why a polygon is invalid and where", () => {
    const bowTie: Area = [
      [
        [
          [107, 30],
          [107.1, 30.1],
          [107.1, 30],
          [107, 30.1],
          [107, 30],
        ],
      ],
    ];
    const invalidity = checker.add("A", bowTie);
    expect(invalidity?.reason).toBe("Self-intersection");
    expect(invalidity?.at[0]).toBeCloseTo(107.05, 9);
    expect(invalidity?.at[1]).toBeCloseTo(30.05, 9);
  });

  it("measures an overlap and points into it", () => {
    checker.add("A", box(107, 30, 107.1, 30.1));
    checker.add("B", box(107.09, 30, 107.2, 30.1));
    checker.add("C", box(107.2, 30, 107.3, 30.1));
    const [overlap, ...rest] = checker.overlaps(1);
    expect(rest).toEqual([]);
    expect(overlap).toMatchObject({ a: "A", b: "B" });
    expect(overlap?.areaM2).toBeCloseTo(areaM2(box(107.09, 30, 107.1, 30.1)), 0);
    expect(new PolygonStore(box(107.09, 30, 107.1, 30.1)).covers(...(overlap?.at ?? [0, 0]))).toBe(
      true,
    );
  });

  it("forgives an overlap up to the tolerance and nothing above it", () => {
    checker.add("A", box(107, 30, 107.1, 30.1));
    checker.add("B", box(107.1 - 1e-9, 30, 107.2, 30.1));
    const [sliver] = checker.overlaps(0);
    expect(sliver?.areaM2).toBeGreaterThan(0.5);
    expect(sliver?.areaM2).toBeLessThan(2);
    expect(checker.overlaps(2)).toEqual([]);
  });

  it("sees one polygon inside another, which touches no edge", () => {
    checker.add("A", box(107, 30, 107.1, 30.1));
    checker.add("B", box(107.02, 30.02, 107.03, 30.03));
    expect(checker.overlaps(1)).toHaveLength(1);
  });

  it("finds gaps in the parent and pieces outside it, largest first", () => {
    checker.add("A", box(107, 30, 107.04, 30.1));
    checker.add("B", box(107.05, 30, 107.09, 30.1));
    checker.add("C", box(107.09, 30, 107.11, 30.1));
    const parent = box(107, 30, 107.1, 30.11);
    const { gaps, outside } = checker.cover(parent, ["A", "B", "C"], 1);
    expect(gaps).toHaveLength(1);
    expect(outside).toHaveLength(1);
    expect(outside[0]?.areaM2).toBeCloseTo(areaM2(box(107.1, 30, 107.11, 30.1)), 0);
    expect(outside[0]?.at[0]).toBeGreaterThan(107.1);
  });

  it("finds a hole that the areas enclose, and not one that an island fills", () => {
    checker.add("N", box(107, 30.08, 107.1, 30.1));
    checker.add("S", box(107, 30, 107.1, 30.02));
    checker.add("W", box(107, 30.02, 107.02, 30.08));
    checker.add("E", box(107.08, 30.02, 107.1, 30.08));
    const ring = ["N", "S", "W", "E"];
    expect(checker.enclosedHoles(ring, 1)).toHaveLength(1);
    checker.add("I", box(107.02, 30.02, 107.08, 30.08));
    expect(checker.enclosedHoles([...ring, "I"], 1)).toEqual([]);
  });
});

describe("label place", () => {
  it("lies inside, also in a horseshoe whose middle is outside", async () => {
    const horseshoe: Area = [
      [
        [
          [107, 30],
          [107.1, 30],
          [107.1, 30.1],
          [107.09, 30.1],
          [107.09, 30.01],
          [107.01, 30.01],
          [107.01, 30.1],
          [107, 30.1],
          [107, 30],
        ],
      ],
    ];
    const place = await labelPlace(horseshoe);
    expect(new PolygonStore(horseshoe).covers(...place)).toBe(true);
  });
});
