/// <reference types="vite/client" />
import type { County } from "@onegrid/contract";
import type { TFunction } from "i18next";
import {
  addProtocol,
  AttributionControl,
  Map as MapLibreMap,
  NavigationControl,
  setWorkerUrl,
  type MapOptions,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { GCJ02_PROTOCOL, needsGcj02 } from "./basemap.ts";
import { gridMapStyle } from "./grid-style.ts";
import { MAP_FONTS } from "./palette.ts";

// The bundler cannot find MapLibre's worker by itself; from our own origin the CSP allows it.
setWorkerUrl(workerUrl);

/** Room between the county's outline and the map's edge. */
const FIT_PADDING_PX = 16;
const MAX_ZOOM = 20;

export type CreateMapOptions = {
  container: HTMLElement;
  county: Pick<County, "basemap" | "bounds">;
  t: TFunction;
  dark?: boolean;
  /** Page scrolls past the map with one finger or the wheel; two fingers or Ctrl move the map. */
  cooperative?: boolean;
  /** Anything else MapLibre takes; wins over what is set here. */
  more?: Partial<MapOptions>;
};

/** MapLibre's own words in the language of the page. */
const localeOf = (t: TFunction): Record<string, string> => ({
  "Map.Title": t("map>title"),
  "Marker.Title": t("map>marker"),
  "Popup.Close": t("map>closePopup"),
  "NavigationControl.ZoomIn": t("map>zoomIn"),
  "NavigationControl.ZoomOut": t("map>zoomOut"),
  "GeolocateControl.FindMyLocation": t("map>findMe"),
  "GeolocateControl.LocationNotAvailable": t("map>noLocation"),
  "AttributionControl.ToggleAttribution": t("map>attribution"),
  "CooperativeGesturesHandler.WindowsHelpText": t("map>ctrlScroll"),
  "CooperativeGesturesHandler.MacHelpText": t("map>commandScroll"),
  "CooperativeGesturesHandler.MobileHelpText": t("map>twoFingers"),
});

/**
 * A MapLibre map of the county, fitted to its grids, north up. Loads the GCJ-02 code only when the
 * county's basemap needs it. Import this file lazily: it brings MapLibre (about 1 MB) along.
 * Rejects when the browser cannot draw maps (no WebGL); the caller shows its list instead.
 */
export const createGridMap = async (options: CreateMapOptions): Promise<MapLibreMap> => {
  const { container, county, t, dark = false, cooperative = false, more } = options;
  if (needsGcj02(county)) {
    const { loadGcj02Tile } = await import("./gcj02-tiles.ts");
    addProtocol(GCJ02_PROTOCOL, loadGcj02Tile);
  }
  const map = new MapLibreMap({
    container,
    style: gridMapStyle({ county, dark }),
    ...(county.bounds && {
      bounds: county.bounds,
      fitBoundsOptions: { padding: FIT_PADDING_PX, animate: false },
    }),
    maxZoom: MAX_ZOOM,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    cooperativeGestures: cooperative,
    localIdeographFontFamily: MAP_FONTS.map((font) => JSON.stringify(font)).join(","),
    locale: localeOf(t),
    ...more,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  if (county.basemap) map.addControl(new AttributionControl({ compact: true }));
  return map;
};
