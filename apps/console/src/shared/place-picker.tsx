import type { LngLat } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Marker, type MapMouseEvent } from "maplibre-gl";
import { useEffect, useEffectEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { countyQuery } from "../platform/queries.ts";
import { SchematicNote } from "./schematic-note.tsx";
import { useGridMap } from "./use-grid-map.ts";

type Props = { value: LngLat | null; onChange: (place: LngLat) => void };

/** Seven digits are about a centimetre. */
const rounded = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/**
 * A map on which a place is marked by a click, or from the keyboard by moving the map and
 * pressing the button that marks its middle.
 */
export const PlacePicker = ({ value, onChange }: Props) => {
  const { t } = useTranslation();
  const { data: county } = useQuery(countyQuery);
  const { container, map, failed } = useGridMap(county);
  const marker = useRef<Marker>(null);
  const pick = useEffectEvent(({ lng, lat }: LngLat) =>
    onChange({ lng: rounded(lng), lat: rounded(lat) }),
  );

  useEffect(() => {
    if (!map) return;
    map.getCanvas().style.cursor = "crosshair";
    const click = (event: MapMouseEvent) => pick(event.lngLat);
    map.on("click", click);
    return () => void map.off("click", click);
  }, [map]);

  useEffect(() => {
    if (!map || value === null) return;
    const mark = new Marker({ draggable: true }).setLngLat(value).addTo(map);
    mark.on("dragend", () => pick(mark.getLngLat()));
    marker.current = mark;
    return () => void mark.remove();
  }, [map, value]);

  if (failed) return <p className="page-note">{t("caseMap>failed")}</p>;
  return (
    <div className="place-picker">
      <div className="map-canvas" ref={container} />
      <div className="map-corner">
        <SchematicNote />
        <span>{t("report>mapHint")}</span>
        <button
          type="button"
          className="plain-button"
          disabled={map === null}
          onClick={() => map && pick(map.getCenter())}
        >
          {t("report>markMiddle")}
        </button>
      </div>
    </div>
  );
};
