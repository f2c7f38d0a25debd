import type { Net } from "@onegrid/contract";
import { COLORS } from "@onegrid/ui";
import { CASE_LAYERS, CASE_SOURCE, caseLayers, caseTileSource, caseTileUrl } from "@onegrid/ui/map";
import {
  LngLatBounds,
  MercatorCoordinate,
  type GeoJSONSource,
  type LngLat,
  type Map as MapLibreMap,
  type VectorTileSource,
} from "maplibre-gl";
import type { CaseSearch } from "../../shared/case-search.ts";

const FOCUS_SOURCE = "focus";
export const CLICKABLE = [CASE_LAYERS.cluster, CASE_LAYERS.point];

/** Tiles of the list's filters; how the list is sorted changes nothing on a map. */
export const tilesOf = ({ sort: _sort, ...filters }: CaseSearch): string =>
  caseTileUrl(location.origin, "cases", filters);

/** Adds sources and layers of cases, and below them the ring around the case in focus. */
export const drawCases = (map: MapLibreMap, tiles: string, marks: Record<Net, string>): void => {
  map.addSource(CASE_SOURCE, caseTileSource(tiles));
  map.addSource(FOCUS_SOURCE, {
    type: "geojson",
    data: { type: "FeatureCollection", features: [] },
  });
  for (const layer of caseLayers({ marks })) map.addLayer(layer);
  map.addLayer(
    {
      id: "case-focus",
      type: "circle",
      source: FOCUS_SOURCE,
      paint: {
        "circle-radius": 19,
        "circle-color": COLORS.brand,
        "circle-opacity": 0.25,
        "circle-stroke-color": COLORS.brand,
        "circle-stroke-width": 3,
      },
    },
    CASE_LAYERS.cluster,
  );
};

/** Shows other filters' cases. */
export const showCases = (map: MapLibreMap, tiles: string): void => {
  map.getSource<VectorTileSource>(CASE_SOURCE)?.setTiles([tiles]);
};

/** Asks again for the tiles in sight; the server answers 304 where nothing changed. */
export const refreshCases = (map: MapLibreMap): void => {
  if (map.getSource(CASE_SOURCE)) map.refreshTiles(CASE_SOURCE);
};

/** Moves the ring; no place takes it away. */
export const drawFocus = (map: MapLibreMap, place: [number, number] | undefined): void => {
  map.getSource<GeoJSONSource>(FOCUS_SOURCE)?.setData({
    type: "FeatureCollection",
    features: place
      ? [{ type: "Feature", geometry: { type: "Point", coordinates: place }, properties: {} }]
      : [],
  });
};

/** Number of cases in sight, those inside clusters too. */
export const casesInSight = (map: MapLibreMap): number =>
  map
    .queryRenderedFeatures({ layers: CLICKABLE })
    .reduce((sum, feature) => sum + Number(feature.properties["count"] ?? 1), 0);

/** Corners of a square `zoom/column/row`. */
export const tileBounds = (tile: string): LngLatBounds => {
  const [z, x, y] = tile.split("/").map(Number) as [number, number, number];
  const corner = (dx: number, dy: number) =>
    new MercatorCoordinate((x + dx) / 2 ** z, (y + dy) / 2 ** z).toLngLat();
  return new LngLatBounds(corner(0, 1), corner(1, 0));
};

/** The square of a zoom that holds the place. */
export const tileAt = (place: LngLat, z: number): string => {
  const { x, y } = MercatorCoordinate.fromLngLat(place);
  return `${z}/${Math.floor(x * 2 ** z)}/${Math.floor(y * 2 ** z)}`;
};
