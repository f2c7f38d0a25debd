import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { expect, test } from "vitest";
import { caseLayers, caseTileSource, caseTileUrl, CASE_SOURCE } from "./case-layers.ts";
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
      sources: {
        ...style.sources,
        [CASE_SOURCE]: caseTileSource(caseTileUrl(origin, "cases", {})),
      },
      layers: [...style.layers, ...caseLayers({ marks: MARKS, dark })],
    };
    expect(validateStyleMin(whole).map((error) => error.message)).toEqual([]);
  },
);

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

test("tiles of cases carry the filters of the list, and nothing that is not set", () => {
  const url = caseTileUrl(origin, "cases", { open: "true", q: "井盖&a=b", grid: undefined });
  expect(url).toBe(
    `${origin}/tiles/cases/{z}/{x}/{y}.mvt?open=true&q=${encodeURIComponent("井盖&a=b")}`,
  );
  expect(caseTileUrl(origin, "public-cases", {})).toBe(
    `${origin}/tiles/public-cases/{z}/{x}/{y}.mvt`,
  );
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
