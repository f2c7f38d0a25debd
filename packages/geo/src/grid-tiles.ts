import GeoJSONVT from "geojson-vt";
import type { Feature, MultiPolygon, Point } from "geojson";
import { fromGeojsonVt } from "vt-pbf";
import { boundsOf, joinBounds, type Area, type Bounds, type LngLat } from "./lng-lat.ts";

/** Properties that travel in a tile: what the map needs to draw and to ask for more. */
export interface TileGrid {
  code: string;
  name: string;
  level: number;
  /** Drawn boundaries that no survey stands behind; the map says so. */
  schematic: boolean;
  area: Area;
  labelAt: LngLat;
}

/** Tiles are cut up to here; a map shows deeper zooms by scaling these. */
export const GRID_TILE_MAX_ZOOM = 16;
const EXTENT = 4096;
/** Wide enough for a boundary line of some pixels to run on over the tile's edge. */
const BUFFER = 64;

/** Names of the layers in a tile. */
export const GRID_LAYER = "grids";
export const LABEL_LAYER = "labels";

/**
 * Vector tiles (Mapbox Vector Tile 2) of grid boundaries, layer "grids", and one label point a
 * grid, layer "labels". Cut on demand and kept by geojson-vt, so a second look is cheap.
 */
export class GridTiles {
  readonly bounds: Bounds;
  readonly #boundaries: GeoJSONVT;
  readonly #labels: GeoJSONVT;

  constructor(grids: readonly TileGrid[]) {
    const options = { maxZoom: GRID_TILE_MAX_ZOOM, extent: EXTENT, buffer: BUFFER };
    this.#boundaries = new GeoJSONVT(
      { type: "FeatureCollection", features: grids.map(boundaryFeature) },
      { ...options, tolerance: 2 },
    );
    this.#labels = new GeoJSONVT(
      { type: "FeatureCollection", features: grids.map(labelFeature) },
      // Without a buffer a label belongs to one tile only and is never drawn twice.
      { ...options, buffer: 0 },
    );
    this.bounds = grids
      .map((grid) => boundsOf(grid.area))
      .reduce(joinBounds, [Infinity, Infinity, -Infinity, -Infinity]);
  }

  /** The encoded tile, or undefined when nothing lies in it. */
  tile(z: number, x: number, y: number): Uint8Array | undefined {
    const boundaries = this.#boundaries.getTile(z, x, y);
    const labels = this.#labels.getTile(z, x, y);
    const layers = {
      ...(boundaries && boundaries.features.length > 0 ? { [GRID_LAYER]: boundaries } : {}),
      ...(labels && labels.features.length > 0 ? { [LABEL_LAYER]: labels } : {}),
    };
    if (Object.keys(layers).length === 0) return undefined;
    return fromGeojsonVt(layers, { version: 2, extent: EXTENT });
  }
}

function properties({ code, name, level, schematic }: TileGrid): Record<string, unknown> {
  return { code, name, level, schematic };
}

function boundaryFeature(grid: TileGrid): Feature<MultiPolygon> {
  return {
    type: "Feature",
    properties: properties(grid),
    geometry: { type: "MultiPolygon", coordinates: grid.area as unknown as number[][][][] },
  };
}

function labelFeature(grid: TileGrid): Feature<Point> {
  return {
    type: "Feature",
    properties: properties(grid),
    geometry: { type: "Point", coordinates: [...grid.labelAt] },
  };
}
