import { VectorTile } from "@mapbox/vector-tile";
import Pbf from "pbf";
import { describe, expect, it } from "vitest";
import { clusterTile, GridTiles, tileX, tileY, type TileGrid } from "../src/index.ts";
import { partitionOf } from "./partition.ts";

const grids = partitionOf(4, 3, [0.2, 0.9, 0.4, 0.7, 0.1]).cells.map(
  ({ code, area }): TileGrid => ({
    code,
    name: `网格 ${code}`,
    level: 3,
    schematic: true,
    area,
    labelAt: area[0]?.[0]?.[0] ?? [0, 0],
  }),
);
const at = (zoom: number): [number, number, number] => [
  zoom,
  Math.floor(tileX(107.11, zoom)),
  Math.floor(tileY(30.31, zoom)),
];
const decode = (tile: Uint8Array | undefined) => new VectorTile(new Pbf(tile ?? new Uint8Array()));

describe("grid tiles", () => {
  it("carry every boundary and every label once, with the marks a map needs", () => {
    const tile = decode(new GridTiles(grids).tile(...at(8)));
    expect(tile.layers.grids?.length).toBe(grids.length);
    expect(tile.layers.labels?.length).toBe(grids.length);
    expect(tile.layers.grids?.feature(0).properties).toMatchObject({ level: 3, schematic: true });
    expect(tile.layers.grids?.extent).toBe(4096);
  });

  it("say nothing where nothing is", () => {
    expect(new GridTiles(grids).tile(8, 0, 0)).toBeUndefined();
    expect(new GridTiles([]).tile(0, 0, 0)).toBeUndefined();
  });

  it("put each label into one tile of a zoom", () => {
    const tiles = new GridTiles(grids);
    const [z, x, y] = at(15);
    let labels = 0;
    for (let dx = -10; dx <= 10; dx++) {
      for (let dy = -10; dy <= 10; dy++) {
        labels += decode(tiles.tile(z, x + dx, y + dy)).layers.labels?.length ?? 0;
      }
    }
    expect(labels).toBe(grids.length);
  });
});

describe("cluster tiles", () => {
  it("keep the number of points, whatever flows together", () => {
    const cells = Array.from({ length: 40 }, (_, i) => ({
      lng: 107.11 + (i % 8) * 0.0007,
      lat: 30.31 + Math.floor(i / 8) * 0.0007,
      count: (i % 5) + 1,
    }));
    const layer = decode(clusterTile(...at(12), cells)).layers.points;
    let total = 0;
    for (let i = 0; i < (layer?.length ?? 0); i++) {
      total += Number(layer?.feature(i).properties.count);
    }
    expect(total).toBe(cells.reduce((sum, cell) => sum + cell.count, 0));
    expect(layer?.length).toBeLessThan(cells.length);
  });

  it("name a point that stands alone", () => {
    const cells = [{ lng: 107.11, lat: 30.31, count: 1, id: "a", properties: { net: "city" } }];
    const layer = decode(clusterTile(...at(12), cells)).layers.points;
    expect(layer?.feature(0).properties).toEqual({ count: 1, id: "a", net: "city" });
  });

  it("are absent when there is nothing to show", () => {
    expect(clusterTile(...at(12), [])).toBeUndefined();
  });
});
