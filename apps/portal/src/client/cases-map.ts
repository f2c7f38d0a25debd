import { agoWords } from "@onegrid/ui";
import {
  caseLayers,
  caseTileSource,
  caseTileUrl,
  CASE_LAYERS,
  CASE_SOURCE,
  CASE_TILE_MAX_ZOOM,
} from "@onegrid/ui/map";
import type { TFunction } from "i18next";
import type { Map as MapLibreMap, MapGeoJSONFeature } from "maplibre-gl";
import { element } from "./element.ts";
import { drawMap, findMapBox } from "./map-element.ts";
import { pageWords } from "./page-words.ts";

/** What a tap on one case opens: the same facts as its line in the list, carried by the tile. */
const popupOf = ({ properties }: MapGeoJSONFeature, t: TFunction): HTMLElement => {
  const fact = (name: string) => String(properties[name] ?? "");
  return element(
    "div",
    {},
    element("p", {}, element("strong", {}, fact("categoryName"))),
    element("p", {}, `${fact("gridName")} · ${t(`portal>state>${fact("state")}`)}`),
    element("p", {}, `${t("portal>reportedWhen")} ${agoWords(t, fact("reportedAt"), new Date())}`),
    element("p", {}, fact("number")),
  );
};

const listen = async (map: MapLibreMap, t: TFunction) => {
  const { Popup } = await import("maplibre-gl");
  map.on("click", CASE_LAYERS.cluster, ({ lngLat }) => {
    map.easeTo({ center: lngLat, zoom: Math.min(map.getZoom() + 2, CASE_TILE_MAX_ZOOM) });
  });
  map.on("click", CASE_LAYERS.point, ({ features, lngLat }) => {
    const [hit] = features ?? [];
    if (hit === undefined) return;
    new Popup({ maxWidth: "none", focusAfterOpen: true })
      .setLngLat(lngLat)
      .setDOMContent(popupOf(hit, t))
      .addTo(map);
  });
  for (const layer of [CASE_LAYERS.cluster, CASE_LAYERS.point]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
};

/** Cases in sight, those inside clusters too. */
const inSight = (map: MapLibreMap): number =>
  map
    .queryRenderedFeatures({ layers: [CASE_LAYERS.cluster, CASE_LAYERS.point] })
    .reduce((sum, { properties }) => sum + Number(properties["count"] ?? 1), 0);

/** Puts every public case under these filters on the map, in clusters that open. */
export const enhanceCases = async (): Promise<void> => {
  const found = findMapBox("cases");
  if (found === undefined) return;
  const { t } = pageWords();
  const map = await drawMap(found, t);
  if (map === undefined) return;
  const marks = {
    party_building: t("netMark>party_building"),
    comprehensive_governance: t("netMark>comprehensive_governance"),
    city_management: t("netMark>city_management"),
    illegal_construction: t("netMark>illegal_construction"),
  };
  const { net, grid } = found.shown;
  const filters = {
    ...(typeof net === "string" && { net }),
    ...(typeof grid === "string" && { grid }),
  };
  map.addSource(CASE_SOURCE, caseTileSource(caseTileUrl(location.origin, "public-cases", filters)));
  for (const layer of caseLayers({ marks })) map.addLayer(layer);
  await listen(map, t);
  const note = element("p", { class: "map-note", role: "status" });
  found.box.after(note);
  map.on("idle", () => {
    const n = inSight(map);
    note.textContent = t("portal>cases>onMap", { n });
    found.box.dataset["count"] = String(n);
  });
};
