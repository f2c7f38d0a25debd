import type { Map as MapLibreMap } from "maplibre-gl";

/** 部件 that a report names. */
export type TappedComponent = { componentCode: string; name: string; lng: number; lat: number };

const LAYER = "components";
/** Farther out they are crowds; the server sends none below 14. */
const MIN_ZOOM = 15;
/** A finger is wide: how far from its middle a component may lie, CSS pixels. */
const REACH_PX = 22;

/**
 * Draws the county's components and tells of the one that is tapped; the map moves there. Without a
 * connection there are none, and the pin does as before.
 */
export const showComponents = (
  map: MapLibreMap,
  onTap: (component: TappedComponent) => void,
): void => {
  map.addSource(LAYER, {
    type: "vector",
    tiles: [`${location.origin}/tiles/components/{z}/{x}/{y}.mvt`],
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
  map.on("click", ({ point }) => {
    const around: [[number, number], [number, number]] = [
      [point.x - REACH_PX, point.y - REACH_PX],
      [point.x + REACH_PX, point.y + REACH_PX],
    ];
    const found = map.queryRenderedFeatures(around, { layers: [LAYER] });
    const single = found.find(({ properties }) => typeof properties["id"] === "string");
    const at = single?.geometry;
    if (single === undefined || at?.type !== "Point") return;
    const [lng, lat] = at.coordinates as [number, number];
    const componentCode = String(single.properties["id"]);
    onTap({ componentCode, name: String(single.properties["name"]), lng, lat });
    map.easeTo({ center: [lng, lat] });
  });
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
