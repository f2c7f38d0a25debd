import type { CaseListItem } from "@onegrid/contract";
import { CASE_LAYERS, CASE_SOURCE, MAP_LAYERS, selectedGrid } from "@onegrid/ui/map";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { GeoJSONSource, Map as MapLibreMap, MapMouseEvent } from "maplibre-gl";
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { countyQuery, gridQuery } from "../../platform/queries.ts";
import { SchematicNote } from "../../shared/schematic-note.tsx";
import { useSession } from "../../platform/session.ts";
import { useGridMap } from "../../shared/use-grid-map.ts";
import { useNow } from "../../shared/use-now.ts";
import { caseCollection, drawCases, drawFocus, placeOf } from "./case-map-layers.ts";
import { useCaseSearch } from "./use-case-search.ts";

type Props = {
  cases: CaseListItem[];
  openId: string | undefined;
  hoveredId: string | null;
  onHover: (caseId: string | null) => void;
};

const CLICKABLE = [CASE_LAYERS.cluster, CASE_LAYERS.point];

const zoomIntoCluster = async (map: MapLibreMap, event: MapMouseEvent, clusterId: number) => {
  const source = map.getSource<GeoJSONSource>(CASE_SOURCE);
  const zoom = await source?.getClusterExpansionZoom(clusterId);
  if (zoom !== undefined) map.easeTo({ center: event.lngLat, zoom });
};

/** Puts layers, pointer and clicks on a map once. */
const useMapEvents = (map: MapLibreMap | null, props: Props) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search } = useCaseSearch();
  const onClick = useEffectEvent((event: MapMouseEvent) => {
    if (!map) return;
    const [hit] = map.queryRenderedFeatures(event.point, { layers: CLICKABLE });
    if (!hit) return;
    if (hit.properties["cluster"]) {
      void zoomIntoCluster(map, event, Number(hit.properties["cluster_id"]));
    } else {
      const caseId = String(hit.properties["caseId"]);
      void navigate({ to: "/cases/$caseId", params: { caseId }, search });
    }
  });
  const onMove = useEffectEvent((event: MapMouseEvent) => {
    if (!map) return;
    const [hit] = map.queryRenderedFeatures(event.point, { layers: CLICKABLE });
    map.getCanvas().style.cursor = hit ? "pointer" : "";
    const caseId = hit?.properties["caseId"];
    props.onHover(typeof caseId === "string" ? caseId : null);
  });
  const marks = useEffectEvent(() => ({
    party_building: t("caseMap>mark_party_building"),
    comprehensive_governance: t("caseMap>mark_comprehensive_governance"),
    city_management: t("caseMap>mark_city_management"),
    illegal_construction: t("caseMap>mark_illegal_construction"),
  }));
  useEffect(() => {
    if (!map) return;
    drawCases(map, marks());
    const click = (event: MapMouseEvent) => onClick(event);
    const move = (event: MapMouseEvent) => onMove(event);
    map.on("click", click);
    map.on("mousemove", move);
    return () => {
      map.off("click", click);
      map.off("mousemove", move);
    };
  }, [map]);
};

/** Looks at the chosen grid, or else at the grid the account serves, and marks it. */
const useGridInSight = (map: MapLibreMap | null) => {
  const { search } = useCaseSearch();
  const { account, countyCode } = useSession();
  const own = account.scopeCode === countyCode ? undefined : account.scopeCode;
  const wanted = search.grid ?? own;
  const { data } = useQuery({ ...gridQuery(wanted ?? ""), enabled: wanted !== undefined });
  const shown = wanted === undefined ? undefined : data;
  useEffect(() => {
    if (!map) return;
    map.setFilter(MAP_LAYERS.gridSelected, selectedGrid(shown?.gridCode ?? null));
    if (shown) map.fitBounds(shown.bounds, { padding: 40, duration: 400 });
  }, [map, shown]);
};

/** Cases of the list on the county's map: grouped where they lie close, in step with the list. */
export const CaseMap = (props: Props) => {
  const { t } = useTranslation();
  const now = useNow();
  const { data: county } = useQuery(countyQuery);
  const { container, map, failed } = useGridMap(county);
  useMapEvents(map, props);
  useGridInSight(map);
  const { cases, openId, hoveredId } = props;

  useEffect(() => {
    map?.getSource<GeoJSONSource>(CASE_SOURCE)?.setData(caseCollection(cases, now));
  }, [map, cases, now]);
  useEffect(() => {
    if (map) drawFocus(map, placeOf(cases, hoveredId ?? openId));
  }, [map, cases, hoveredId, openId]);
  useEffect(() => {
    const place = placeOf(cases, openId);
    if (!map || !place) return;
    if (!map.getBounds().contains(place)) map.easeTo({ center: place });
    // Only when another case is opened; the list changing must not move the map.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [map, openId]);

  return (
    <section className="map-side" aria-label={t("workbench>map")}>
      {failed ? (
        <p className="page-note">{t("caseMap>failed")}</p>
      ) : (
        <div className="map-canvas" ref={container} />
      )}
      <div className="map-corner">
        <SchematicNote />
        <span>{t("workbench>mapShows", { n: cases.filter((c) => c.lng !== null).length })}</span>
      </div>
    </section>
  );
};
