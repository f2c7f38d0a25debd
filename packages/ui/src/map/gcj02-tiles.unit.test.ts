import fc from "fast-check";
import gcoord from "gcoord";
import { expect, test } from "vitest";
import { basemapSource } from "./basemap.ts";
import { gcj02Box, pixelOf, readAddress, tilesUnder, type TileAddress } from "./gcj02-tiles.ts";

const { transform, WGS84, GCJ02 } = gcoord as unknown as typeof gcoord.default;
const TILE_PX = 256;

const tileOf = (lng: number, lat: number, z: number): TileAddress => {
  const { x, y } = pixelOf(lng, lat, z);
  return { z, x: Math.floor(x / TILE_PX), y: Math.floor(y / TILE_PX) };
};

/** Places well inside China, where the two systems differ. */
const inChina = fc.record({
  lng: fc.double({ min: 100, max: 120, noNaN: true }),
  lat: fc.double({ min: 22, max: 42, noNaN: true }),
  z: fc.integer({ min: 3, max: 18 }),
});

test("a place is drawn within a pixel of where the provider drew it, at every zoom", () => {
  fc.assert(
    fc.property(inChina, ({ lng, lat, z }) => {
      const tile = tileOf(lng, lat, z);
      const box = gcj02Box(tile);
      const here = pixelOf(lng, lat, z);
      const [gcjLng, gcjLat] = transform<[number, number]>([lng, lat], WGS84, GCJ02);
      const provider = pixelOf(gcjLng, gcjLat, z);
      // Where the handler puts the provider's pixel inside the 256 px tile.
      const drawnX = ((provider.x - box.left) * TILE_PX) / box.width;
      const drawnY = ((provider.y - box.top) * TILE_PX) / box.height;
      expect(Math.abs(drawnX - (here.x - tile.x * TILE_PX))).toBeLessThan(1.5);
      expect(Math.abs(drawnY - (here.y - tile.y * TILE_PX))).toBeLessThan(1.5);
    }),
    { numRuns: 500 },
  );
});

test("in the sample county a basemap would be hundreds of metres off without moving it", () => {
  const z = 17;
  const tile = tileOf(107.35, 30.33, z);
  const box = gcj02Box(tile);
  const metresPerPx = (40_075_016.7 * Math.cos((30.33 * Math.PI) / 180)) / (TILE_PX * 2 ** z);
  const shiftM = Math.hypot(box.left - tile.x * TILE_PX, box.top - tile.y * TILE_PX) * metresPerPx;
  expect(shiftM).toBeGreaterThan(100);
  expect(shiftM).toBeLessThan(1000);
});

test("the provider's tiles cover the whole box", () => {
  fc.assert(
    fc.property(inChina, ({ lng, lat, z }) => {
      const box = gcj02Box(tileOf(lng, lat, z));
      const under = tilesUnder(box, z);
      expect(under.length).toBeGreaterThanOrEqual(1);
      expect(under.length).toBeLessThanOrEqual(9);
      const xs = under.map((tile) => tile.x * TILE_PX);
      const ys = under.map((tile) => tile.y * TILE_PX);
      expect(Math.min(...xs)).toBeLessThanOrEqual(box.left);
      expect(Math.min(...ys)).toBeLessThanOrEqual(box.top);
      expect(Math.max(...xs) + TILE_PX).toBeGreaterThanOrEqual(box.left + box.width);
      expect(Math.max(...ys) + TILE_PX).toBeGreaterThanOrEqual(box.top + box.height);
    }),
  );
});

test("at the edge of the world no tile outside the pyramid is asked for", () => {
  const tiles = tilesUnder({ left: -3, top: -2, width: 256, height: 256 }, 0);
  expect(tiles).toEqual([{ z: 0, x: 0, y: 0 }]);
});

test("the address a style names is the one the handler reads", () => {
  const source = basemapSource({
    urlTemplate: "https://t.example/{z}/{x}/{y}?style=7&lang=zh",
    attribution: "",
    coordinateSystem: "gcj02",
  });
  const asked = source.tiles?.[0]?.replace("{z}/{x}/{y}", "12/3270/1690") ?? "";
  expect(readAddress(asked)).toEqual({
    tile: { z: 12, x: 3270, y: 1690 },
    template: "https://t.example/{z}/{x}/{y}?style=7&lang=zh",
  });
  expect(() => readAddress("gcj02://12/1/2")).toThrow("not an address");
});
