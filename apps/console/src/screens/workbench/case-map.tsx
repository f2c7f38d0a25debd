import type { CaseListItem } from "@onegrid/contract";
import { CASE_TILE_MAX_ZOOM, MAP_LAYERS, selectedGrid } from "@onegrid/ui/map";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Map as MapLibreMap, MapMouseEvent } from "maplibre-gl";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { caseQuery, countyQuery, gridQuery } from "../../platform/queries.ts";
import { SchematicNote } from "../../shared/schematic-note.tsx";
import { useSession } from "../../platform/session.ts";
import { useGridMap } from "../../shared/use-grid-map.ts";
import {
  casesInSight,
  CLICKABLE,
  drawCases,
  drawFocus,
  refreshCases,
  showCases,
  tileAt,
  tileBounds,
  tilesOf,
} from "./case-map-layers.ts";
import { useCaseSearch } from "./use-case-search.ts";

type Props = {
  /** Pages of the list that are loaded; the map itself shows all cases of the filters. */
  cases: CaseListItem[];
  /** When the list was last read: the map reads its tiles again with it. */
  readAt: number;
  openId: string | undefined;
  hoveredId: string | null;
  onHover: (caseId: string | null) => void;
};

/** Steps that one click on a cluster goes in. */
const CLUSTER_ZOOM = 2;

/** A click goes into a cluster, or opens a case; a cluster that no zoom divides fills the list. */
const useMapClicks = (map: MapLibreMap | null, onHover: Props["onHover"]) => {
  const navigate = useNavigate();
  const { search, change } = useCaseSearch();
  const hitOf = (event: MapMouseEvent) =>
    map?.queryRenderedFeatures(event.point, { layers: CLICKABLE })[0];
  const onClick = useEffectEvent((event: MapMouseEvent) => {
    const hit = hitOf(event);
    if (!map || !hit) return;
    const caseId = hit.properties["id"];
    if (typeof caseId === "string") {
      void navigate({ to: "/cases/$caseId", params: { caseId }, search });
    } else if (map.getZoom() < CASE_TILE_MAX_ZOOM) {
      const zoom = Math.min(map.getZoom() + CLUSTER_ZOOM, CASE_TILE_MAX_ZOOM);
      map.easeTo({ center: event.lngLat, zoom });
    } else {
      change({ tile: tileAt(event.lngLat, CASE_TILE_MAX_ZOOM) });
    }
  });
  const onMove = useEffectEvent((event: MapMouseEvent) => {
    const hit = hitOf(event);
    if (map) map.getCanvas().style.cursor = hit ? "pointer" : "";
    const caseId = hit?.properties["id"];
    onHover(typeof caseId === "string" ? caseId : null);
  });
  useEffect(() => {
    if (!map) return;
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

/** Draws the cases of the list's filters, and again when those or the cases change. */
const useCaseTiles = (map: MapLibreMap | null, readAt: number) => {
  const { t } = useTranslation();
  const { search } = useCaseSearch();
  const tiles = tilesOf(search);
  const [inSight, setInSight] = useState<number | null>(null);
  const draw = useEffectEvent((on: MapLibreMap) =>
    drawCases(on, tiles, {
      party_building: t("netMark>party_building"),
      comprehensive_governance: t("netMark>comprehensive_governance"),
      city_management: t("netMark>city_management"),
      illegal_construction: t("netMark>illegal_construction"),
    }),
  );
  useEffect(() => {
    if (!map) return;
    draw(map);
    const count = () => setInSight(casesInSight(map));
    map.on("idle", count);
    return () => void map.off("idle", count);
  }, [map]);
  useEffect(() => {
    if (map) showCases(map, tiles);
  }, [map, tiles]);
  useEffect(() => {
    if (map) refreshCases(map);
    // What was read anew is the reason, not an input.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [map, readAt]);
  return inSight;
};

/** Looks at the chosen square or grid, or else at the grid the account serves, and marks it. */
const useFiltersInSight = (map: MapLibreMap | null) => {
  const { search } = useCaseSearch();
  const { account, countyCode } = useSession();
  const own = account.scopeCode === countyCode ? undefined : account.scopeCode;
  const wanted = search.grid ?? own;
  const { data } = useQuery({ ...gridQuery(wanted ?? ""), enabled: wanted !== undefined });
  const shown = wanted === undefined ? undefined : data;
  useEffect(() => {
    if (!map) return;
    map.setFilter(MAP_LAYERS.gridSelected, selectedGrid(shown?.gridCode ?? null));
    if (search.tile !== undefined) {
      map.fitBounds(tileBounds(search.tile), { padding: 40, animate: false });
    } else if (shown) map.fitBounds(shown.bounds, { padding: 40, duration: 400 });
  }, [map, shown, search.tile]);
};

const placeIn = (found: Pick<CaseListItem, "lng" | "lat"> | undefined) =>
  found && found.lng !== null && found.lat !== null
    ? ([found.lng, found.lat] as [number, number])
    : undefined;

/** The ring around the case in focus; an opened case is brought into sight. */
const useFocus = (map: MapLibreMap | null, { cases, openId, hoveredId }: Props) => {
  const { data: opened } = useQuery({ ...caseQuery(openId ?? ""), enabled: openId !== undefined });
  const openPlace = placeIn(opened);
  const hovered = placeIn(cases.find((c) => c.caseId === hoveredId));
  const [lng, lat] = hovered ?? openPlace ?? [];
  useEffect(() => {
    if (map) drawFocus(map, lng === undefined || lat === undefined ? undefined : [lng, lat]);
  }, [map, lng, lat]);
  const look = useEffectEvent((on: MapLibreMap) => {
    if (openPlace && !on.getBounds().contains(openPlace)) on.easeTo({ center: openPlace });
  });
  const openedId = opened?.caseId;
  useEffect(() => {
    // Only when another case is opened; its changing must not move the map.
    if (map && openedId !== undefined) look(map);
  }, [map, openedId]);
};

/** All cases of the list's filters on the county's map, grouped where they lie close. */
export const CaseMap = (props: Props) => {
  const { t } = useTranslation();
  const { data: county } = useQuery(countyQuery);
  const { container, map, failed } = useGridMap(county);
  const inSight = useCaseTiles(map, props.readAt);
  useMapClicks(map, props.onHover);
  useFiltersInSight(map);
  useFocus(map, props);
  return (
    <section className="map-side" aria-label={t("workbench>map")}>
      {failed ? (
        <p className="page-note">{t("caseMap>failed")}</p>
      ) : (
        <div className="map-canvas" ref={container} />
      )}
      <div className="map-corner">
        <SchematicNote />
        {inSight !== null && <output>{t("workbench>mapShows", { n: inSight })}</output>}
      </div>
    </section>
  );
};
