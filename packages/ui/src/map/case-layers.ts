import { NETS, type Net } from "@onegrid/contract";
import type {
  ExpressionSpecification,
  GeoJSONSourceSpecification,
  LayerSpecification,
} from "maplibre-gl";
import { COLORS, NET_COLORS } from "../tokens.ts";
import { DARK_PALETTE, LIGHT_PALETTE, MAP_FONTS } from "./palette.ts";

/** Source of cases unless a screen names another. */
export const CASE_SOURCE = "cases";
export const CASE_LAYERS = {
  cluster: "case-clusters",
  clusterCount: "case-cluster-counts",
  point: "case-points",
  pointMark: "case-point-marks",
} as const;

/** Points closer than this flow into one circle. */
const CLUSTER_RADIUS_PX = 48;
const CLUSTER_MAX_ZOOM = 16;

/** Properties a single case brings along; the rest of a feature is the screen's own. */
export type CaseMark = { caseId: string; net: Net; light?: "green" | "amber" | "red" };

export type CasePlace = CaseMark & { lng: number; lat: number };

/** GeoJSON of cases with a place, for `map.getSource(CASE_SOURCE).setData`. */
export const caseFeatures = <C extends CasePlace>(cases: readonly C[]) => ({
  type: "FeatureCollection" as const,
  features: cases.map(({ lng, lat, ...properties }) => ({
    type: "Feature" as const,
    geometry: { type: "Point" as const, coordinates: [lng, lat] },
    properties,
  })),
});

/** A source that clusters in the browser, for the hundreds of cases of one page. */
export const caseSource = (cases: readonly CasePlace[]): GeoJSONSourceSpecification => ({
  type: "geojson",
  data: caseFeatures(cases),
  cluster: true,
  clusterRadius: CLUSTER_RADIUS_PX,
  clusterMaxZoom: CLUSTER_MAX_ZOOM,
});

/** Cases under a feature: of a browser's cluster, of a tile's (packages/geo clusterTile), or one. */
const count: ExpressionSpecification = [
  "to-number",
  ["coalesce", ["get", "point_count"], ["get", "count"], 1],
];
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
  source?: string;
  /** Layer of a vector tile source; none for GeoJSON. */
  sourceLayer?: string;
};

/**
 * Layers that draw cases: circles with counts for clusters, a lettered dot in its net's colour for
 * one case, ringed amber or red when its light says so. Console and portal draw the same.
 */
export const caseLayers = ({
  marks,
  dark = false,
  source = CASE_SOURCE,
  sourceLayer,
}: CaseLayerOptions): LayerSpecification[] => {
  const palette = dark ? DARK_PALETTE : LIGHT_PALETTE;
  const from = { source, ...(sourceLayer !== undefined && { "source-layer": sourceLayer }) };
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
