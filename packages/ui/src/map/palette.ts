/** Colours of the map alone; text on them keeps a contrast of at least 4.5:1 (tested). */
export type MapPalette = {
  /** Outside the county. */
  ground: string;
  /** Inside its grids, when no basemap lies under them. */
  land: string;
  /** Boundaries from the county inwards. */
  boundary: string;
  label: string;
  /** Around letters and symbols, so that they stay readable over a basemap. */
  halo: string;
  selected: string;
  cluster: string;
  clusterText: string;
};

export const LIGHT_PALETTE: MapPalette = {
  ground: "#eef1f4",
  land: "#ffffff",
  boundary: "#667080",
  label: "#1b2430",
  halo: "#ffffff",
  selected: "#1f5fa8",
  cluster: "#1b2430",
  clusterText: "#ffffff",
};

export const DARK_PALETTE: MapPalette = {
  ground: "#10151c",
  land: "#1b222c",
  boundary: "#8b97a6",
  label: "#eef1f4",
  halo: "#10151c",
  selected: "#7fb4f0",
  cluster: "#eef1f4",
  clusterText: "#10151c",
};

/**
 * Fonts that draw labels. The style names no glyph server, so MapLibre draws every letter from
 * the device's own fonts: maps work with no outside address, Chinese and Latin alike.
 */
export const MAP_FONTS = [
  "PingFang SC",
  "HarmonyOS Sans SC",
  "Microsoft YaHei",
  "Noto Sans CJK SC",
  "sans-serif",
];
