import { createClient } from "@onegrid/client";
import { listPublicCases, type PublicCase } from "@onegrid/contract";
import { agoWords } from "@onegrid/ui";
import { caseFeatures, caseLayers, caseSource, CASE_LAYERS, CASE_SOURCE } from "@onegrid/ui/map";
import type { TFunction } from "i18next";
import type { GeoJSONSource, Map as MapLibreMap, MapLayerMouseEvent } from "maplibre-gl";
import { element } from "./element.ts";
import { drawMap, findMapBox } from "./map-element.ts";
import { pageWords } from "./page-words.ts";

/** Pages of a hundred: what one look at a map can hold, not an archive. */
const PAGES = 5;
const PAGE_SIZE = 100;

type Placed = PublicCase & { lng: number; lat: number };

const hasPlace = (item: PublicCase): item is Placed => item.lng !== null && item.lat !== null;

/** The newest cases under these filters, handed over page by page as they come. */
async function* newestCases(filters: Record<string, string | number | null>) {
  const client = createClient();
  const asked = Object.entries(filters).filter(([, value]) => value !== null);
  const fixed = Object.fromEntries(asked.map(([name, value]) => [name, String(value)]));
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const query: Record<string, string> = { ...fixed, limit: String(PAGE_SIZE) };
    if (cursor !== null) query["cursor"] = cursor;
    const answer = await client.call(listPublicCases, { query });
    yield answer.cases.filter(hasPlace);
    cursor = answer.nextCursor;
    if (cursor === null) return;
  }
}

/** What a tap on one case opens: the same facts as its line in the list. */
const popupOf = (item: Placed, t: TFunction): HTMLElement =>
  element(
    "div",
    {},
    element("p", {}, element("strong", {}, item.categoryName)),
    element("p", {}, `${item.gridName} · ${t(`portal>state>${item.state}`)}`),
    element("p", {}, `${t("portal>reportedWhen")} ${agoWords(t, item.reportedAt, new Date())}`),
    element("p", {}, item.number),
  );

const openCluster = async (map: MapLibreMap, { features, lngLat }: MapLayerMouseEvent) => {
  const id = features?.[0]?.properties["cluster_id"];
  if (typeof id !== "number") return;
  const zoom = await map.getSource<GeoJSONSource>(CASE_SOURCE)?.getClusterExpansionZoom(id);
  map.easeTo({ center: lngLat, zoom: (zoom ?? map.getZoom()) + 0.2 });
};

const listen = async (map: MapLibreMap, byId: Map<string, Placed>, t: TFunction) => {
  const { Popup } = await import("maplibre-gl");
  map.on("click", CASE_LAYERS.cluster, (event) => void openCluster(map, event));
  map.on("click", CASE_LAYERS.point, ({ features }) => {
    const item = byId.get(String(features?.[0]?.properties["caseId"]));
    if (item === undefined) return;
    new Popup({ maxWidth: "none", focusAfterOpen: true })
      .setLngLat([item.lng, item.lat])
      .setDOMContent(popupOf(item, t))
      .addTo(map);
  });
  for (const layer of [CASE_LAYERS.cluster, CASE_LAYERS.point]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
};

/** Puts the newest public cases on the map, in clusters that open. */
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
  map.addSource(CASE_SOURCE, caseSource([]));
  for (const layer of caseLayers({ marks })) map.addLayer(layer);
  const byId = new Map<string, Placed>();
  await listen(map, byId, t);
  const note = element("p", { class: "map-note", role: "status" });
  found.box.after(note);
  try {
    for await (const page of newestCases(found.shown)) {
      for (const item of page) byId.set(item.caseId, item);
      map.getSource<GeoJSONSource>(CASE_SOURCE)?.setData(caseFeatures([...byId.values()]));
    }
    note.textContent = t("portal>cases>onMap", { n: byId.size });
    found.box.dataset["count"] = String(byId.size);
  } catch {
    note.textContent = t("problem>noAnswer");
  }
};
