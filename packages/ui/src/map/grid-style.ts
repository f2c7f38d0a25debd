import type { County } from "@onegrid/contract";
import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from "maplibre-gl";
import { basemapSource, BASEMAP_SOURCE } from "./basemap.ts";
import { DARK_PALETTE, LIGHT_PALETTE, MAP_FONTS, type MapPalette } from "./palette.ts";

/** Source of grid boundaries and names, and the two layers of its tiles (packages/geo GridTiles). */
export const GRID_SOURCE = "grids";
const BOUNDARIES = "grids";
const LABELS = "labels";
/** Tiles are cut up to this zoom and scaled beyond it. */
const GRID_TILE_MAX_ZOOM = 16;

/** Ids of layers that a screen listens to, or draws its own layers under. */
export const MAP_LAYERS = {
  gridFill: "grid-fill",
  gridSelected: "grid-selected",
  firstLabel: "grid-label-1",
} as const;

export type GridMapOptions = {
  county: Pick<County, "basemap" | "bounds">;
  dark?: boolean;
  /** Origin of the server; a style needs absolute addresses. The page's own unless told. */
  origin?: string;
};

/** From which zoom a level's boundary and name are drawn: names a little later than lines. */
const LEVELS = [
  { level: 1, lineFrom: 0, nameFrom: 8, nameTo: 13, widthPx: 1.8, sizePx: 14 },
  { level: 2, lineFrom: 10, nameFrom: 11.5, nameTo: 16, widthPx: 1, sizePx: 13 },
  { level: 3, lineFrom: 13, nameFrom: 14, nameTo: 24, widthPx: 0.7, sizePx: 12 },
] as const;

const ofLevel = (level: number): ExpressionSpecification => ["==", ["get", "level"], level];

const boundaryLayer = ({ level, lineFrom, widthPx }: (typeof LEVELS)[number], p: MapPalette) =>
  ({
    id: `grid-line-${level}`,
    type: "line",
    source: GRID_SOURCE,
    "source-layer": BOUNDARIES,
    minzoom: lineFrom,
    filter: ofLevel(level),
    layout: { "line-join": "round" },
    paint: {
      "line-color": p.boundary,
      "line-width": widthPx,
      // A dashed line is how a map says that nobody surveyed it (示意).
      "line-dasharray": [
        "case",
        ["to-boolean", ["get", "schematic"]],
        ["literal", [3, 2]],
        ["literal", [1, 0]],
      ],
    },
  }) satisfies LayerSpecification;

const labelLayer = ({ level, nameFrom, nameTo, sizePx }: (typeof LEVELS)[number], p: MapPalette) =>
  ({
    id: `grid-label-${level}`,
    type: "symbol",
    source: GRID_SOURCE,
    "source-layer": LABELS,
    minzoom: nameFrom,
    maxzoom: nameTo,
    filter: ofLevel(level),
    layout: {
      "text-field": ["get", "name"],
      "text-font": MAP_FONTS,
      "text-size": sizePx,
      "text-max-width": 8,
      "text-padding": 6,
    },
    paint: { "text-color": p.label, "text-halo-color": p.halo, "text-halo-width": 1.6 },
  }) satisfies LayerSpecification;

/** Draws one grid's outline on top; show it with `selectedGrid(code)` as the layer's filter. */
const selectedLayer = (p: MapPalette) =>
  ({
    id: MAP_LAYERS.gridSelected,
    type: "line",
    source: GRID_SOURCE,
    "source-layer": BOUNDARIES,
    filter: selectedGrid(null),
    layout: { "line-join": "round" },
    paint: { "line-color": p.selected, "line-width": 3 },
  }) satisfies LayerSpecification;

/** Filter of the `gridSelected` layer: the grid of this code, or none. */
export const selectedGrid = (gridCode: string | null): ExpressionSpecification => [
  "==",
  ["get", "code"],
  gridCode ?? "",
];

/**
 * MapLibre style of a county: an optional raster basemap below, the grids' land, boundaries and
 * names above. No glyph server, no sprite: nothing is fetched but our own tiles and that basemap.
 */
export const gridMapStyle = ({
  county,
  dark = false,
  origin,
}: GridMapOptions): StyleSpecification => {
  const palette = dark ? DARK_PALETTE : LIGHT_PALETTE;
  const base = origin ?? globalThis.location?.origin ?? "";
  const grids: SourceSpecification = {
    type: "vector",
    tiles: [`${base}/tiles/grids/{z}/{x}/{y}.mvt`],
    maxzoom: GRID_TILE_MAX_ZOOM,
    promoteId: "code",
    ...(county.bounds && { bounds: county.bounds }),
  };
  return {
    version: 8,
    sources: {
      ...(county.basemap && { [BASEMAP_SOURCE]: basemapSource(county.basemap) }),
      [GRID_SOURCE]: grids,
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": palette.ground } },
      ...(county.basemap ? [basemapLayer(dark)] : []),
      {
        id: MAP_LAYERS.gridFill,
        type: "fill",
        source: GRID_SOURCE,
        "source-layer": BOUNDARIES,
        filter: ofLevel(1),
        // Over a basemap the land stays clear, yet can still be hit by a tap.
        paint: { "fill-color": palette.land, "fill-opacity": county.basemap ? 0 : 1 },
      },
      ...LEVELS.toReversed().map((level) => boundaryLayer(level, palette)),
      selectedLayer(palette),
      ...LEVELS.map((level) => labelLayer(level, palette)),
    ],
  };
};

const basemapLayer = (dark: boolean): LayerSpecification => ({
  id: BASEMAP_SOURCE,
  type: "raster",
  source: BASEMAP_SOURCE,
  // Providers draw for daylight; a dark screen dims them rather than asking for another set.
  paint: dark ? { "raster-brightness-max": 0.45, "raster-saturation": -0.6 } : {},
});
