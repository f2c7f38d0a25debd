import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLevelledLocator, createLocator, type Area, type LngLat } from "../src/index.ts";
import { PolygonStore } from "../src/polygon-store.ts";
import { mix, partitions } from "./partition.ts";

const square = (west: number, south: number, side: number): Area => [
  [
    [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
      [west, south],
    ],
  ],
];

const weights = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
  minLength: 4,
  maxLength: 4,
});

describe("locator", () => {
  it("finds for every point of a partition exactly one grid, and that grid covers it", () => {
    fc.assert(
      fc.property(partitions, weights, fc.nat(), ({ cells }, w, pick) => {
        const cell = cells[pick % cells.length] as (typeof cells)[number];
        // Convex mixes of three corners lie inside the cell or in a neighbour, never in a gap.
        const [lng, lat] = mix(cell.area[0]?.[0]?.slice(0, 3) as LngLat[], w);
        const covering = cells.filter((c) => new PolygonStore(c.area).covers(lng, lat));
        expect(covering.length).toBeGreaterThanOrEqual(1);
        const lowest = covering.map((c) => c.code).sort()[0];
        expect(createLocator(cells).locate(lng, lat)?.code).toBe(lowest);
      }),
    );
  });

  it("gives a shared corner to the lowest code, whatever the order of the input", () => {
    fc.assert(
      fc.property(partitions, fc.nat(), fc.nat(), ({ cells, corners }, r, c) => {
        const row = r % corners.length;
        const column = c % (corners[0]?.length ?? 1);
        const corner = (corners[row] as LngLat[])[column] as LngLat;
        const [lng, lat] = corner;
        const touching = cells.filter((cell) =>
          cell.area[0]?.[0]?.some(([x, y]) => x === lng && y === lat),
        );
        const lowest = touching.map((cell) => cell.code).sort()[0];
        expect(createLocator(cells).locate(lng, lat)?.code).toBe(lowest);
        expect(createLocator(cells.toReversed()).locate(lng, lat)?.code).toBe(lowest);
      }),
    );
  });

  it("has no gap along shared edges: a point next to an edge is always in a cell", () => {
    fc.assert(
      fc.property(
        partitions,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (p, t, pick) => {
          fc.pre((p.corners[0]?.length ?? 0) > 2);
          const row = pick % (p.corners.length - 1);
          const a = p.corners[row]?.[1] as LngLat;
          const b = p.corners[row + 1]?.[1] as LngLat;
          // Rounding may carry a point near the edge's end over it, out of the whole partition.
          const within = (axis: 0 | 1, at: number) =>
            Math.min(Math.max(at, Math.min(a[axis], b[axis])), Math.max(a[axis], b[axis]));
          const [lng, lat] = mix([a, b], [t, 1 - t]);
          const found = createLocator(p.cells).locate(within(0, lng), within(1, lat));
          expect(found).toBeDefined();
        },
      ),
    );
  });

  it("keeps the outer boundary inside and the next point outside", () => {
    const locator = createLocator([{ code: "A", area: square(107, 30, 1) }]);
    for (const [lng, lat] of [
      [107, 30],
      [108, 31],
      [108, 30.5],
      [107.5, 31],
    ] as const) {
      expect(locator.locate(lng, lat)?.code).toBe("A");
    }
    expect(locator.locate(108 + 1e-12, 30.5)).toBeUndefined();
    expect(locator.locate(107.5, 30 - 1e-12)).toBeUndefined();
    expect(locator.locate(Number.NaN, 30)).toBeUndefined();
    expect(locator.locate(Infinity, 30)).toBeUndefined();
  });

  it("respects holes, whose edge belongs to the grid around when nothing fills them", () => {
    const hole = square(107.4, 30.4, 0.2)[0]?.[0] ?? [];
    const ringed: Area = [[...(square(107, 30, 1)[0] ?? []), hole]];
    const locator = createLocator([{ code: "A", area: ringed }]);
    expect(locator.locate(107.5, 30.5)).toBeUndefined();
    expect(locator.locate(107.4, 30.5)?.code).toBe("A");
    expect(locator.locate(107.2, 30.2)?.code).toBe("A");
  });

  it("sees every part of a grid made of several", () => {
    const area = [...square(107, 30, 0.1), ...square(108, 31, 0.1)];
    const locator = createLocator([{ code: "A", area }]);
    expect(locator.locate(107.05, 30.05)?.code).toBe("A");
    expect(locator.locate(108.05, 31.05)?.code).toBe("A");
    expect(locator.locate(107.5, 30.5)).toBeUndefined();
  });

  it("answers with the deepest level that holds the point", () => {
    const locator = createLevelledLocator([
      { code: "1", level: 1, area: square(107, 30, 1) },
      { code: "11", level: 2, area: square(107, 30, 0.5) },
      { code: "111", level: 3, area: square(107, 30, 0.2) },
    ]);
    expect(locator.locate(107.1, 30.1)?.code).toBe("111");
    expect(locator.locate(107.4, 30.4)?.code).toBe("11");
    expect(locator.locate(107.9, 30.9)?.code).toBe("1");
    expect(locator.locate(109, 30.9)).toBeUndefined();
  });

  it("answers the same for a cell's first point and for all after it", () => {
    const points = fc.array(
      fc.tuple(
        fc.double({ min: 107.05, max: 107.2, noNaN: true }),
        fc.double({ min: 30.25, max: 30.4, noNaN: true }),
      ),
      { minLength: 50, maxLength: 200 },
    );
    fc.assert(
      fc.property(partitions, points, ({ cells }, places) => {
        const stores = cells.map(({ code, area }) => ({ code, store: new PolygonStore(area) }));
        const locator = createLocator(cells);
        for (const [lng, lat] of [...places, ...places]) {
          const lowest = stores.find(({ store }) => store.covers(lng, lat))?.code;
          expect(locator.locate(lng, lat)?.code).toBe(lowest);
        }
      }),
    );
  });

  it("answers nothing when there are no grids", () => {
    expect(createLocator([]).locate(107, 30)).toBeUndefined();
  });

  it("agrees with a plain ray test on long, thin, many-cornered shapes", () => {
    const jagged = Array.from({ length: 400 }, (_, i): LngLat => {
      const turn = (i / 400) * 2 * Math.PI;
      const radius = i % 2 === 0 ? 0.4 : 0.1;
      return [107.5 + radius * Math.cos(turn), 30.5 + radius * Math.sin(turn)];
    });
    const ring = [...jagged, jagged[0] as LngLat];
    const store = new PolygonStore([[ring]]);
    fc.assert(
      fc.property(
        fc.double({ min: 107, max: 108, noNaN: true }),
        fc.double({ min: 30, max: 31, noNaN: true }),
        (lng, lat) => {
          expect(store.covers(lng, lat)).toBe(plainRayTest(ring, lng, lat));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

/** The textbook test, right away from the boundary. */
function plainRayTest(ring: LngLat[], lng: number, lat: number): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1] as LngLat;
    const [x2, y2] = ring[i] as LngLat;
    if (y1 > lat !== y2 > lat && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
