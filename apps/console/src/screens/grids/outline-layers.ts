import { placeIn, type Area } from "@onegrid/geo/edit";
import { MAP_FONTS } from "@onegrid/ui/map";
import type { GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import type { EditorGrid } from "./editor.ts";

const SOURCE = "outlines";
const LABELS = "outline-labels";
/** Layer that a click is asked of. */
export const OUTLINE_FILL = "outline-fill";

/** Told apart side by side, and from the marks of cases: soft, so that the basemap shows. */
const FILLS = ["#8ab6e8", "#f2c37d", "#9bd1a5", "#d7a8d9", "#e8a6a0", "#a7cdd0", "#d5cf84"];

const collection = (features: object[]) => ({ type: "FeatureCollection", features }) as never;

/** Adds the layers of drawn grids over the county's own, whose level-3 lines and names they stand for. */
export const addOutlineLayers = (map: MapLibreMap): void => {
  map.addSource(SOURCE, { type: "geojson", data: collection([]) });
  map.addSource(LABELS, { type: "geojson", data: collection([]) });
  map.addLayer({
    id: OUTLINE_FILL,
    type: "fill",
    source: SOURCE,
    paint: {
      "fill-color": ["get", "fill"],
      "fill-opacity": ["case", ["get", "selected"], 0.75, 0.4],
    },
  });
  map.addLayer({
    id: "outline-line",
    type: "line",
    source: SOURCE,
    layout: { "line-join": "round" },
    paint: {
      "line-color": ["case", ["get", "selected"], "#1f5fa8", "#4a5666"],
      "line-width": ["case", ["get", "selected"], 3.5, 1.6],
    },
  });
  map.addLayer({
    id: "outline-name",
    type: "symbol",
    source: LABELS,
    layout: {
      "text-field": ["get", "name"],
      "text-font": MAP_FONTS,
      "text-size": 13,
      "text-max-width": 8,
      "text-allow-overlap": true,
    },
    paint: { "text-color": "#1b2430", "text-halo-color": "#ffffff", "text-halo-width": 1.8 },
  });
  for (const layer of ["grid-line-3", "grid-label-3", "grid-label-2"]) {
    if (map.getLayer(layer)) map.setLayoutProperty(layer, "visibility", "none");
  }
};

/** Draws grids, the chosen ones stronger. */
export const showOutlines = (
  map: MapLibreMap,
  grids: readonly EditorGrid[],
  selected: readonly string[],
): void => {
  const properties = (grid: EditorGrid, index: number) => ({
    key: grid.key,
    name: grid.name,
    fill: FILLS[index % FILLS.length],
    selected: selected.includes(grid.key),
  });
  map.getSource<GeoJSONSource>(SOURCE)?.setData(
    collection(
      grids.map((grid, index) => ({
        type: "Feature",
        properties: properties(grid, index),
        geometry: { type: "MultiPolygon", coordinates: grid.outline as Area },
      })),
    ),
  );
  map.getSource<GeoJSONSource>(LABELS)?.setData(
    collection(
      grids.map((grid, index) => ({
        type: "Feature",
        properties: properties(grid, index),
        geometry: { type: "Point", coordinates: placeIn(grid.outline) },
      })),
    ),
  );
};
