import { MAP_LAYERS, selectedGrid } from "@onegrid/ui/map";
import type { Map as MapLibreMap } from "maplibre-gl";
import { button, element } from "./element.ts";
import { drawMap, findMapBox, type MapBox } from "./map-element.ts";
import { pageWords } from "./page-words.ts";
import { currentFix } from "./position.ts";

const FOUND_ZOOM = 14;

/** The page that tells who is responsible at a point; the server finds the grid. */
const goTo = (lng: number, lat: number): void => {
  const query = new URLSearchParams({ lng: lng.toFixed(6), lat: lat.toFixed(6) });
  location.assign(`/grids?${query}#found`);
};

const showWhatTheServerFound = async (map: MapLibreMap, { shown }: MapBox): Promise<void> => {
  const { grid, lng, lat, west, south, east, north } = shown;
  map.setFilter(MAP_LAYERS.gridSelected, selectedGrid(typeof grid === "string" ? grid : null));
  if (typeof west === "number") {
    const box = [west, south, east, north] as [number, number, number, number];
    map.fitBounds(box, { padding: 24, animate: false });
  }
  if (typeof lng === "number" && typeof lat === "number") {
    const { Marker } = await import("maplibre-gl");
    new Marker().setLngLat([lng, lat]).addTo(map);
    map.jumpTo({ center: [lng, lat], zoom: FOUND_ZOOM });
  }
};

/** Finding out by position, by a tap, or — by keyboard — by the middle of the map. */
export const enhanceGrids = async (): Promise<void> => {
  const found = findMapBox("grids");
  if (found === undefined) return;
  const { t } = pageWords();
  const note = element("p", { class: "map-note", role: "status" });
  const tools = element("div", { class: "map-tools" });
  tools.append(
    button(t("portal>grids>findMe"), async () => {
      note.textContent = t("portal>report>finding");
      const fix = await currentFix();
      if (typeof fix === "string") note.textContent = t(`portal>report>${fix}`);
      else goTo(fix.lng, fix.lat);
    }),
  );
  found.box.before(tools, note);
  const map = await drawMap(found, t);
  if (map === undefined) return;
  found.box.classList.add("with-cross");
  tools.append(
    button(t("portal>grids>pickCentre"), () => {
      const { lng, lat } = map.getCenter();
      goTo(lng, lat);
    }),
  );
  map.on("click", ({ lngLat }) => goTo(lngLat.lng, lngLat.lat));
  map.getCanvas().style.cursor = "pointer";
  await showWhatTheServerFound(map, found);
};
