import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  areaM2,
  areaToWgs84,
  fromGcj02,
  isTileAddress,
  latOfTileY,
  lngOfTileX,
  TILE_KEY_ZOOM,
  tileKey,
  tileKeyRange,
  tileX,
  tileY,
  toGcj02,
  type Area,
} from "../src/index.ts";

const lngInChina = fc.double({ min: 75, max: 134, noNaN: true });
const latInChina = fc.double({ min: 18, max: 53, noNaN: true });
const anyLng = fc.double({ min: -180, max: 180, noNaN: true });
const anyLat = fc.double({ min: -85, max: 85, noNaN: true });

describe("coordinate systems", () => {
  it("comes back from GCJ-02 within a millionth of a degree", () => {
    fc.assert(
      fc.property(lngInChina, latInChina, (lng, lat) => {
        const [x, y] = fromGcj02(toGcj02([lng, lat]));
        expect(Math.abs(x - lng)).toBeLessThan(1e-6);
        expect(Math.abs(y - lat)).toBeLessThan(1e-6);
      }),
    );
  });

  it("moves a place in Dianjiang by some hundred metres and one in New York not at all", () => {
    const [lng, lat] = toGcj02([107.33, 30.33]);
    const metres = Math.hypot((lng - 107.33) * 96_000, (lat - 30.33) * 111_000);
    expect(metres).toBeGreaterThan(100);
    expect(metres).toBeLessThan(800);
    expect(toGcj02([-74, 40.7])).toEqual([-74, 40.7]);
  });

  it("keeps shared corners shared when an area is converted", () => {
    const corner = [107.31, 30.31] as const;
    const ring = (east: number): Area => [[[corner, [east, 30.31], [east, 30.4], corner]]];
    const [a, b] = [areaToWgs84(ring(107.4), "gcj02"), areaToWgs84(ring(107.5), "gcj02")];
    expect(a[0]?.[0]?.[0]).toEqual(b[0]?.[0]?.[0]);
    expect(a[0]?.[0]?.[0]).toEqual(a[0]?.[0]?.at(-1));
  });
});

describe("area", () => {
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

  it("is that of the WGS-84 ellipsoid (510,065,621.724 km² for the whole of it)", () => {
    expect(areaM2(box(-180, -90, 180, 90)) / 1e6).toBeCloseTo(510_065_621.724, 1);
  });

  it("gives a degree cell at 30° N its textbook 10,712 km²", () => {
    // Length of a parallel and meridian degree at 30.5°: 95.995 km × 110.859 km (Snyder, table).
    expect(areaM2(box(107, 30, 108, 31)) / 1e6).toBeCloseTo(95.995 * 110.859, -1);
  });

  it("subtracts holes and does not mind the turn of rings", () => {
    const [[shell]] = box(107, 30, 108, 31) as [[Area[0][0]]];
    const [[hole]] = box(107.2, 30.2, 107.4, 30.4) as [[Area[0][0]]];
    const whole = areaM2([[shell]]);
    const part = areaM2([[hole.toReversed()]]);
    expect(areaM2([[shell, hole]])).toBeCloseTo(whole - part, 2);
  });
});

describe("tile keys", () => {
  it("are safe integers inside the range of every tile above them", () => {
    fc.assert(
      fc.property(anyLng, anyLat, fc.integer({ min: 0, max: 22 }), (lng, lat, z) => {
        // Just west of the date line the sum rounds to a column that does not exist.
        fc.pre(tileX(lng, 0) < 1);
        const key = tileKey(lng, lat);
        expect(Number.isSafeInteger(key)).toBe(true);
        const { from, until } = tileKeyRange(
          z,
          Math.floor(tileX(lng, z)),
          Math.floor(tileY(lat, z)),
        );
        expect(key >= from && key < until).toBe(true);
      }),
    );
  });

  it("of the four children make up the parent's range in order", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: TILE_KEY_ZOOM - 1 }), fc.nat(), fc.nat(), (z, a, b) => {
        const x = a % 2 ** z;
        const y = b % 2 ** z;
        const parent = tileKeyRange(z, x, y);
        const children = [
          tileKeyRange(z + 1, 2 * x, 2 * y),
          tileKeyRange(z + 1, 2 * x + 1, 2 * y),
          tileKeyRange(z + 1, 2 * x, 2 * y + 1),
          tileKeyRange(z + 1, 2 * x + 1, 2 * y + 1),
        ];
        expect(children[0]?.from).toBe(parent.from);
        for (let i = 1; i < 4; i++) expect(children[i]?.from).toBe(children[i - 1]?.until);
        expect(children[3]?.until).toBe(parent.until);
      }),
    );
  });

  it("fit the corners of the world", () => {
    expect(tileKey(-180, 90)).toBe(0);
    expect(tileKey(180, -90)).toBe(4 ** TILE_KEY_ZOOM - 1);
  });

  it("go back from a tile to its corner", () => {
    fc.assert(
      fc.property(anyLng, anyLat, (lng, lat) => {
        expect(lngOfTileX(tileX(lng, 14), 14)).toBeCloseTo(lng, 9);
        expect(latOfTileY(tileY(lat, 14), 14)).toBeCloseTo(lat, 9);
      }),
    );
  });

  it("know which addresses exist", () => {
    expect(isTileAddress(0, 0, 0)).toBe(true);
    expect(isTileAddress(3, 7, 7)).toBe(true);
    expect(isTileAddress(3, 8, 0)).toBe(false);
    expect(isTileAddress(-1, 0, 0)).toBe(false);
    expect(isTileAddress(2, 0.5, 0)).toBe(false);
    expect(isTileAddress(40, 0, 0)).toBe(false);
  });
});
