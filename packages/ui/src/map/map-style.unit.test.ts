import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { expect, test } from "vitest";
import {
  caseFeatures,
  caseLayers,
  caseSource,
  CASE_SOURCE,
  type CasePlace,
} from "./case-layers.ts";
import { needsGcj02 } from "./basemap.ts";
import { gridMapStyle, MAP_LAYERS } from "./grid-style.ts";
import { DARK_PALETTE, LIGHT_PALETTE } from "./palette.ts";

const MARKS = {
  party_building: "党",
  comprehensive_governance: "综",
  city_management: "城",
  illegal_construction: "违",
};
const BASEMAP = {
  urlTemplate: "https://tiles.example/{z}/{x}/{y}.png",
  attribution: "Example",
  coordinateSystem: "gcj02" as const,
};
const bounds: [number, number, number, number] = [107.2, 29.8, 107.6, 30.4];
const origin = "https://county.example";

const counties = [
  { basemap: null, bounds: null },
  { basemap: null, bounds },
  { basemap: BASEMAP, bounds },
  { basemap: { ...BASEMAP, coordinateSystem: "wgs84" as const }, bounds },
];

test.each(counties.flatMap((county) => [false, true].map((dark) => ({ county, dark }))))(
  "the style with its cases is valid MapLibre (%j)",
  ({ county, dark }) => {
    const style = gridMapStyle({ county, dark, origin });
    const whole = {
      ...style,
      sources: { ...style.sources, [CASE_SOURCE]: caseSource([]) },
      layers: [...style.layers, ...caseLayers({ marks: MARKS, dark })],
    };
    expect(validateStyleMin(whole).map((error) => error.message)).toEqual([]);
  },
);

test("case layers fit a vector tile source as well", () => {
  const layers = caseLayers({ marks: MARKS, source: "tiles", sourceLayer: "points" });
  const errors = validateStyleMin({
    version: 8,
    sources: { tiles: { type: "vector", tiles: [`${origin}/{z}/{x}/{y}.mvt`] } },
    layers,
  });
  expect(errors.map((error) => error.message)).toEqual([]);
});

test("a style fetches from our own origin and the basemap alone", () => {
  const style = gridMapStyle({ county: { basemap: BASEMAP, bounds }, origin });
  expect(style).not.toHaveProperty("glyphs");
  expect(style).not.toHaveProperty("sprite");
  const hosts = [...decodeURIComponent(JSON.stringify(style)).matchAll(/https?:\/\/([\w.]+)/g)];
  expect(new Set(hosts.map((match) => match[1]))).toEqual(
    new Set(["county.example", "tiles.example"]),
  );
});

test("only a GCJ-02 basemap asks for the code that moves tiles", () => {
  expect(counties.map(needsGcj02)).toEqual([false, false, true, false]);
});

test("layers a screen may name exist", () => {
  const ids = gridMapStyle({ county: { basemap: null, bounds } }).layers.map((layer) => layer.id);
  for (const id of Object.values(MAP_LAYERS)) expect(ids).toContain(id);
});

test("a case becomes a point that keeps its properties and loses no digits", () => {
  const place: CasePlace & { number: string } = {
    caseId: "019ab3c4-0000-7000-8000-000000000001",
    net: "city_management",
    number: "2026-1",
    lng: 107.348_123_4,
    lat: 30.327_987_6,
  };
  const [feature] = caseFeatures([place]).features;
  expect(feature?.geometry.coordinates).toEqual([place.lng, place.lat]);
  expect(feature?.properties).toEqual({
    caseId: place.caseId,
    net: place.net,
    number: place.number,
  });
});

/** Relative luminance and contrast ratio of WCAG 2.2. */
const luminance = (hex: string) =>
  [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((v) => (v <= 0.040_45 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0);
const contrast = (a: string, b: string) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

test.each([
  ["light", LIGHT_PALETTE],
  ["dark", DARK_PALETTE],
])("letters of the %s map keep a contrast of 4.5, lines of 3", (_name, palette) => {
  expect(contrast(palette.label, palette.halo)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(palette.label, palette.land)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(palette.clusterText, palette.cluster)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(palette.boundary, palette.land)).toBeGreaterThanOrEqual(3);
  expect(contrast(palette.selected, palette.land)).toBeGreaterThanOrEqual(3);
});
