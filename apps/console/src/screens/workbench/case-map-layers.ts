import type { CaseListItem, Net } from "@onegrid/contract";
import { COLORS, lightOf } from "@onegrid/ui";
import { CASE_LAYERS, CASE_SOURCE, caseFeatures, caseLayers, caseSource } from "@onegrid/ui/map";
import type { GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";

const FOCUS_SOURCE = "focus";

/** Where a case of the list lies; undefined when it has no place or is not in the list. */
export const placeOf = (
  cases: readonly CaseListItem[],
  caseId: string | null | undefined,
): [number, number] | undefined => {
  const found = cases.find((c) => c.caseId === caseId);
  return found && found.lng !== null && found.lat !== null ? [found.lng, found.lat] : undefined;
};

/** The list's cases that have a place, as the map's source wants them. */
export const caseCollection = (cases: readonly CaseListItem[], now: Date) =>
  caseFeatures(
    cases.flatMap(({ lng, lat, ...c }) =>
      lng === null || lat === null
        ? []
        : [{ caseId: c.caseId, net: c.net, light: lightOf(c, now), lng, lat }],
    ),
  );

/** Adds sources and layers of cases, and below them the ring around the case in focus. */
export const drawCases = (map: MapLibreMap, marks: Record<Net, string>): void => {
  map.addSource(CASE_SOURCE, caseSource([]));
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

/** Moves the ring; no place takes it away. */
export const drawFocus = (map: MapLibreMap, place: [number, number] | undefined): void => {
  map.getSource<GeoJSONSource>(FOCUS_SOURCE)?.setData({
    type: "FeatureCollection",
    features: place
      ? [{ type: "Feature", geometry: { type: "Point", coordinates: place }, properties: {} }]
      : [],
  });
};
