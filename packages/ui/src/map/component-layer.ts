import type { Map as MapLibreMap } from "maplibre-gl";

/** Tiles of the county's components: all of them for staff, those that are not restricted for all. */
export type ComponentTiles = "components" | "public-components";

/** 部件 that a report names. */
export type TappedComponent = { componentCode: string; name: string; lng: number; lat: number };

const LAYER = "components";
/** Farther out they are crowds; the server sends none below 14. */
const MIN_ZOOM = 15;
/** A finger is wide: how far from its middle a component may lie, CSS pixels. */
const REACH_PX = 22;

/** Draws the county's components. Without a connection there are none, and the pin does as before. */
export const drawComponents = (map: MapLibreMap, tiles: ComponentTiles): void => {
  map.addSource(LAYER, {
    type: "vector",
    tiles: [`${location.origin}/tiles/${tiles}/{z}/{x}/{y}.mvt`],
    minzoom: 14,
    maxzoom: 18,
  });
  map.addLayer({
    id: LAYER,
    type: "circle",
    source: LAYER,
    "source-layer": LAYER,
    minzoom: MIN_ZOOM,
    paint: {
      "circle-radius": ["case", [">", ["get", "count"], 1], 9, 6],
      "circle-color": "#0b5cad",
      "circle-stroke-color": "#ffffff",
      "circle-stroke-width": 2,
    },
  });
};

/** The single component that a finger on this point of the map means; null where there is none. */
export const componentNear = (
  map: MapLibreMap,
  { x, y }: { x: number; y: number },
): TappedComponent | null => {
  const around: [[number, number], [number, number]] = [
    [x - REACH_PX, y - REACH_PX],
    [x + REACH_PX, y + REACH_PX],
  ];
  const found = map.queryRenderedFeatures(around, { layers: [LAYER] });
  const single = found.find(({ properties }) => typeof properties["id"] === "string");
  const at = single?.geometry;
  if (single === undefined || at?.type !== "Point") return null;
  const [lng, lat] = at.coordinates as [number, number];
  const { id, name } = single.properties;
  return { componentCode: String(id), name: String(name), lng, lat };
};

/** Some metres: a map that has not been moved on since the tap. */
const SAME_PLACE_DEGREES = 5e-5;

/** Whether the middle of the map is still on the component. */
export const isOn = (
  { lng, lat }: TappedComponent,
  middle: { lng: number; lat: number },
): boolean =>
  Math.abs(lng - middle.lng) < SAME_PLACE_DEGREES &&
  Math.abs(lat - middle.lat) < SAME_PLACE_DEGREES;
