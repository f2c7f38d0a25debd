import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  areaM2,
  balancedSplit,
  checkPartition,
  drawInto,
  mergeAreas,
  reshape,
  shareCorners,
  splitByLine,
  type Area,
  type LngLat,
} from "../src/edit/index.ts";
import { turnOf } from "../src/edit/segments.ts";
import { partitionOf, partitions } from "./partition.ts";

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
const total = (areas: readonly Area[]) => areas.reduce((sum, area) => sum + areaM2(area), 0);
const keyed = (areas: readonly Area[]) => new Map(areas.map((area, i) => [`k${i}`, area]));
/** In m² on one plane for all of them: corners that are added to an edge bend it on the ellipsoid. */
const plane = (areas: readonly Area[]) =>
  areas
    .flat()
    .flatMap((polygon) => polygon.map((ring, i) => Math.abs(turnOf(ring)) * (i === 0 ? 1 : -1)))
    .reduce((sum, size) => sum + (size / 2) * 111_320 ** 2, 0);
/** What rounding of positions may amount to. */
const TINY_M2 = 0.01;

/** A U of three arms' width, open to the north. */
const U: Area = [
  [
    [
      [107, 30],
      [107.03, 30],
      [107.03, 30.03],
      [107.02, 30.03],
      [107.02, 30.01],
      [107.01, 30.01],
      [107.01, 30.03],
      [107, 30.03],
      [107, 30],
    ],
  ],
];

describe("split", () => {
  test("a line of several corners divides, and its corners become those of both pieces", () => {
    const line: LngLat[] = [
      [106.99, 30.004],
      [107.005, 30.006],
      [107.02, 30.004],
    ];
    const split = splitByLine(box(107, 30, 107.01, 30.01), line);
    if ("refused" in split) throw new Error(split.refused);
    expect(split.pieces).toHaveLength(2);
    for (const piece of split.pieces) expect(piece[0]?.[0]).toContainEqual([107.005, 30.006]);
  });

  test("one line across a U gives three pieces", () => {
    const split = splitByLine(U, [
      [106.9, 30.02],
      [107.1, 30.02],
    ]);
    expect("pieces" in split && split.pieces.length).toBe(3);
  });

  test("a line from corner to corner divides, also by positions of nine decimals", () => {
    const third: Area = [
      [
        [
          [107, 30],
          [107 + 1 / 300, 30],
          [107 + 1 / 300, 30.01],
          [107, 30.01],
          [107, 30],
        ],
      ],
    ];
    const split = splitByLine(third, [
      [107.003333333, 30],
      [107, 30.01],
    ]);
    if ("refused" in split) throw new Error(split.refused);
    expect(split.pieces.map((piece) => piece[0]?.[0]?.length)).toEqual([4, 4]);
  });

  test("a hole on the way is cut around, and one aside stays a hole", () => {
    const holed: Area = [
      [
        ...(box(107, 30, 107.1, 30.1)[0] as [[]]),
        ...(box(107.02, 30.04, 107.04, 30.06)[0] as [[]]),
        ...(box(107.06, 30.08, 107.07, 30.09)[0] as [[]]),
      ],
    ];
    const split = splitByLine(holed, [
      [106, 30.05],
      [108, 30.05],
    ]);
    if ("refused" in split) throw new Error(split.refused);
    expect(split.pieces.map((piece) => piece[0]?.length).toSorted()).toEqual([1, 2]);
    expect(total(split.pieces)).toBeCloseTo(areaM2(holed), 2);
  });

  test.each([
    ["line_too_short", [[107, 30]]],
    [
      "line_does_not_divide",
      [
        [106.9, 30.005],
        [107.005, 30.005],
      ],
    ],
    [
      "line_does_not_divide",
      [
        [107, 30],
        [107.01, 30],
      ],
    ],
    [
      "line_crosses_itself",
      [
        [106.9, 30.004],
        [107.1, 30.006],
        [107.1, 30.004],
        [106.9, 30.006],
      ],
    ],
  ] as [string, LngLat[]][])("refuses: %s", (refused, line) => {
    expect(splitByLine(box(107, 30, 107.01, 30.01), line)).toEqual({ refused });
  });

  test("property: whatever the line, the pieces are the whole and lie side by side", () => {
    const place = fc.tuple(
      fc.double({ min: 107.09, max: 107.2, noNaN: true }),
      fc.double({ min: 30.28, max: 30.38, noNaN: true }),
    );
    fc.assert(
      fc.property(partitions, fc.array(place, { minLength: 2, maxLength: 5 }), (drawn, line) => {
        const merged = mergeAreas(
          drawn.cells.map((cell) => cell.area),
          1,
        );
        if ("refused" in merged) throw new Error(merged.refused);
        const split = splitByLine(merged.area, line);
        if ("refused" in split) return;
        expect(split.pieces.length).toBeGreaterThan(1);
        expect(Math.abs(plane(split.pieces) - plane([merged.area]))).toBeLessThan(TINY_M2);
        expect(checkPartition(merged.area, keyed(split.pieces), TINY_M2)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe("merge", () => {
  test("property: neighbours keep their area, whatever is merged fits where they were", () => {
    fc.assert(
      fc.property(partitions, ({ cells }) => {
        const [a, b, ...others] = cells.map((cell) => cell.area);
        if (a === undefined || b === undefined) return;
        const merged = mergeAreas([a, b], 1);
        const whole = mergeAreas(
          cells.map((cell) => cell.area),
          1,
        );
        if ("refused" in whole) throw new Error(whole.refused);
        if ("refused" in merged) return;
        expect(Math.abs(plane([merged.area]) - plane([a, b]))).toBeLessThan(TINY_M2);
        expect(merged.area).toHaveLength(1);
        expect(checkPartition(whole.area, keyed([merged.area, ...others]), TINY_M2)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test("a neighbour's corner on the common edge leaves no slit", () => {
    // 1/3 of the way: no float lies exactly on the edge.
    const y = 30 + 0.01 / 3;
    const lower: Area = [
      [
        [
          [107.01, 30],
          [107.02, 30],
          [107.02, y],
          [107.01 + 1e-11, y],
          [107.01, 30],
        ],
      ],
    ];
    const upper: Area = [
      [
        [
          [107.01 + 1e-11, y],
          [107.02, y],
          [107.02, 30.01],
          [107.01, 30.01],
          [107.01 + 1e-11, y],
        ],
      ],
    ];
    const merged = mergeAreas([box(107, 30, 107.01, 30.01), lower, upper], 1);
    expect("area" in merged && merged.area[0]).toHaveLength(1);
  });

  test("areas that only touch in a corner, or not at all, are no neighbours", () => {
    const refused = { refused: "not_neighbours" };
    const one = box(107, 30, 107.01, 30.01);
    expect(mergeAreas([one, box(107.01, 30.01, 107.02, 30.02)], 1)).toEqual(refused);
    expect(mergeAreas([one, box(108, 30, 108.01, 30.01)], 1)).toEqual(refused);
  });
});

test("property: a corner that is moved takes all siblings along, so nothing opens or overlaps", () => {
  const nudge = fc.double({ min: -0.001, max: 0.001, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 9, maxLength: 32 }),
      nudge,
      nudge,
      (jitter, dx, dy) => {
        const { cells, corners } = partitionOf(3, 3, jitter);
        const whole = mergeAreas(
          cells.map(({ area }) => area),
          1,
        );
        if ("refused" in whole) throw new Error(whole.refused);
        const areas = shareCorners(new Map(cells.map(({ code, area }) => [code, area])));
        const from = corners[1]?.[1] as LngLat;
        const to: LngLat = [from[0] + dx, from[1] + dy];
        const before = areas.get("C100") as Area;
        const drawn = before.map((polygon) =>
          polygon.map((ring) =>
            ring.map((p): LngLat => (p[0] === from[0] && p[1] === from[1] ? to : p)),
          ),
        );
        const after = reshape(areas, "C100", drawn) as Map<string, Area>;
        expect(checkPartition(whole.area, after, TINY_M2)).toEqual([]);
        expect(Math.abs(plane([...after.values()]) - plane([whole.area]))).toBeLessThan(TINY_M2);
      },
    ),
    { numRuns: 15 },
  );
});

test("a corner put in on a common edge is put into both, and one taken out of both", () => {
  const west = box(107, 30, 107.01, 30.01);
  const areas = new Map([
    ["west", west],
    ["east", box(107.01, 30, 107.02, 30.01)],
  ]);
  const bent: Area = [
    [
      [
        [107, 30],
        [107.01, 30],
        [107.012, 30.005],
        [107.01, 30.01],
        [107, 30.01],
        [107, 30],
      ],
    ],
  ];
  const after = reshape(areas, "west", bent) as Map<string, Area>;
  expect(checkPartition(box(107, 30, 107.02, 30.01), after, TINY_M2)).toEqual([]);
  expect(areaM2(after.get("west") as Area)).toBeGreaterThan(areaM2(west));
  expect(reshape(after, "west", west)).toEqual(
    new Map([
      ["west", expect.anything()],
      ["east", expect.anything()],
    ]),
  );
  expect(total([...(reshape(after, "west", west) as Map<string, Area>).values()])).toBeCloseTo(
    total([...areas.values()]),
    3,
  );
});

test("drawing takes from the siblings what it covers, and from the outside nothing", () => {
  const parent = box(107, 30, 107.02, 30.01);
  const siblings = new Map([
    ["west", box(107, 30, 107.01, 30.01)],
    ["east", box(107.01, 30, 107.02, 30.01)],
  ]);
  const made = drawInto(parent, siblings, box(107.005, 30.005, 107.015, 30.02), 1);
  if ("refused" in made) throw new Error(made.refused);
  expect(checkPartition(parent, new Map([...made.siblings, ["new", made.drawn]]), 1)).toEqual([]);
  expect(drawInto(parent, siblings, box(108, 30, 108.01, 30.01), 1)).toEqual({
    refused: "outside_parent",
  });
  const all = drawInto(parent, siblings, box(107, 30, 107.012, 30.01), 1);
  expect("siblings" in all && [...all.siblings.keys()]).toEqual(["east"]);
});

test("the check names overlap, gap, what lies outside, and a line that crosses itself", () => {
  const parent = box(107, 30, 107.02, 30.01);
  const found = checkPartition(
    parent,
    new Map([
      ["a", box(107, 30, 107.01, 30.01)],
      ["b", box(107.009, 30, 107.021, 30.009)],
    ]),
    1,
  );
  expect(found.map(({ kind, keys }) => [kind, ...keys])).toEqual([
    ["overlap", "a", "b"],
    ["gap"],
    ["outside", "b"],
  ]);
  const bow: Area = [
    [
      [
        [107, 30],
        [107.02, 30.01],
        [107.02, 30],
        [107, 30.01],
        [107, 30],
      ],
    ],
  ];
  expect(checkPartition(parent, new Map([["bow", bow]]), 1).map(({ kind }) => kind)).toEqual([
    "crossing",
  ]);
});

describe("balanced split", () => {
  const village = box(107, 30, 107.03, 30.01);

  test("by what is inside: three clusters of different weight go to three pieces of about a third", () => {
    const places = [0.002, 0.004, 0.006, 0.009, 0.012, 0.02, 0.024, 0.027, 0.029].map((x, i) => ({
      at: [107 + x, 30 + 0.001 * ((i * 7) % 9) + 0.0005] as LngLat,
      weight: 100,
    }));
    const pieces = balancedSplit(village, 3, places);
    expect(pieces.map(({ weight }) => weight).toSorted()).toEqual([300, 300, 300]);
    expect(checkPartition(village, keyed(pieces.map(({ area }) => area)), TINY_M2)).toEqual([]);
    expect(balancedSplit(village, 3, places)).toEqual(pieces);
  });

  test.each([2, 3, 4, 5])(
    "without anything inside: %i equal areas, each in one piece, of a U too",
    (count) => {
      const pieces = balancedSplit(U, count, []);
      expect(pieces).toHaveLength(count);
      expect(checkPartition(U, keyed(pieces.map(({ area }) => area)), TINY_M2)).toEqual([]);
      for (const { area } of pieces) {
        expect(area).toHaveLength(1);
        expect(areaM2(area) / (areaM2(U) / count)).toBeGreaterThan(0.75);
        expect(areaM2(area) / (areaM2(U) / count)).toBeLessThan(1.25);
      }
    },
  );
});
