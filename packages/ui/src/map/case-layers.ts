import { NETS, type Net } from "@onegrid/contract";
import type {
  ExpressionSpecification,
  LayerSpecification,
  VectorSourceSpecification,
} from "maplibre-gl";
import { COLORS, NET_COLORS } from "../tokens.ts";
import { DARK_PALETTE, LIGHT_PALETTE, MAP_FONTS } from "./palette.ts";

/** Source of cases in a map. */
export const CASE_SOURCE = "cases";
export const CASE_LAYERS = {
  cluster: "case-clusters",
  clusterCount: "case-cluster-counts",
  point: "case-points",
  pointMark: "case-point-marks",
} as const;

/** Layer of the case tiles, and the zoom they are cut up to; deeper ones scale the deepest. */
export const CASE_TILE_LAYER = "cases";
export const CASE_TILE_MAX_ZOOM = 20;

/** Where a map finds cases: those of the desk's list, or those everybody may see. */
export type CaseTiles = "cases" | "public-cases";

/** Address of the tiles under the filters of a list, which are the same on map and list. */
export const caseTileUrl = (
  origin: string,
  tiles: CaseTiles,
  filters: Readonly<Record<string, string | undefined>>,
): string => {
  const set = Object.entries(filters).filter((pair): pair is [string, string] => !!pair[1]);
  const query = new URLSearchParams(set).toString();
  return `${origin}/tiles/${tiles}/{z}/{x}/{y}.mvt${query === "" ? "" : `?${query}`}`;
};

/** A source of clusters counted by the server: every case of the list, however many there are. */
export const caseTileSource = (url: string): VectorSourceSpecification => ({
  type: "vector",
  tiles: [url],
  maxzoom: CASE_TILE_MAX_ZOOM,
});

/** Cases under a feature of a tile (packages/geo clusterTile). */
const count: ExpressionSpecification = ["to-number", ["coalesce", ["get", "count"], 1]];
const isCluster: ExpressionSpecification = [">", count, 1];
const isSingle: ExpressionSpecification = ["<=", count, 1];

/** 1–999, then 1.2k, 35k: a circle has room for four letters. */
const countWords: ExpressionSpecification = [
  "case",
  ["<", count, 1000],
  ["to-string", count],
  ["<", count, 10_000],
  ["concat", ["to-string", ["/", ["round", ["/", count, 100]], 10]], "k"],
  ["concat", ["to-string", ["round", ["/", count, 1000]]], "k"],
];

/** A `match` on the net of a case; an unknown net gets `otherwise`. */
const byNet = (value: (net: Net) => string, otherwise: string): ExpressionSpecification => [
  "match",
  ["get", "net"],
  NETS[0],
  value(NETS[0]),
  ...NETS.slice(1).flatMap((net) => [net, value(net)]),
  otherwise,
];

const ring = (halo: string): ExpressionSpecification => [
  "match",
  ["get", "light"],
  "red",
  COLORS.red,
  "amber",
  COLORS.amber,
  halo,
];

export type CaseLayerOptions = {
  /** Letter drawn on a case of each net (党 综 城 违): colour never speaks alone. */
  marks: Record<Net, string>;
  dark?: boolean;
};

/**
 * Layers that draw cases: circles with counts for clusters, a lettered dot in its net's colour for
 * one case, ringed amber or red when its light says so. Console and portal draw the same.
 */
export const caseLayers = ({ marks, dark = false }: CaseLayerOptions): LayerSpecification[] => {
  const palette = dark ? DARK_PALETTE : LIGHT_PALETTE;
  const from = { source: CASE_SOURCE, "source-layer": CASE_TILE_LAYER };
  const letters = { "text-font": MAP_FONTS, "text-allow-overlap": true } as const;
  return [
    {
      id: CASE_LAYERS.cluster,
      type: "circle",
      ...from,
      filter: isCluster,
      paint: {
        "circle-color": palette.cluster,
        "circle-opacity": 0.88,
        "circle-radius": ["step", count, 16, 10, 20, 100, 25, 1000, 31],
        "circle-stroke-color": palette.halo,
        "circle-stroke-width": 2,
      },
    },
    {
      id: CASE_LAYERS.clusterCount,
      type: "symbol",
      ...from,
      filter: isCluster,
      layout: { ...letters, "text-field": countWords, "text-size": 13 },
      paint: { "text-color": palette.clusterText },
    },
    {
      id: CASE_LAYERS.point,
      type: "circle",
      ...from,
      filter: isSingle,
      paint: {
        "circle-color": byNet((net) => NET_COLORS[net], COLORS.ink2),
        "circle-radius": 11,
        "circle-stroke-color": ring(palette.halo),
        "circle-stroke-width": [
          "case",
          ["in", ["get", "light"], ["literal", ["amber", "red"]]],
          4,
          2,
        ],
      },
    },
    {
      id: CASE_LAYERS.pointMark,
      type: "symbol",
      ...from,
      filter: isSingle,
      layout: { ...letters, "text-field": byNet((net) => marks[net], "·"), "text-size": 12 },
      paint: { "text-color": "#ffffff" },
    },
  ];
};
