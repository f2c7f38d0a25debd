import type { County, Grid, LngLat } from "@onegrid/contract";
import {
  componentNear,
  drawComponents,
  MAP_LAYERS,
  selectedGrid,
  type TappedComponent,
} from "@onegrid/ui/map";
import { createGridMap } from "@onegrid/ui/map/create";
import { Marker, type Map as MapLibreMap } from "maplibre-gl";
import { useEffect, useRef, useState } from "react";
import { useWords } from "../words.ts";

/** Close enough to tell one side of a street from the other. */
const STREET_ZOOM = 16;

type PlaceMapProps = {
  county: County;
  grid: Grid | null;
  /** Marked on the map, and what it opens at; else it opens at the grid. */
  point: LngLat | null;
  /** Where the middle of the map is, as the worker moves it; turns the middle into a cross. */
  onMove?: (middle: LngLat) => void;
  /** Draws components, and is told of the one that is tapped. */
  onComponent?: (component: TappedComponent) => void;
};

async function draw(
  container: HTMLElement,
  { county, grid, point }: PlaceMapProps,
  t: ReturnType<typeof useWords>["t"],
): Promise<MapLibreMap> {
  const start = point ? { center: point, zoom: STREET_ZOOM } : grid ? { bounds: grid.bounds } : {};
  // The style fits the county by its bounds; a centre counts only without them.
  const frame = point ? { ...county, bounds: null } : county;
  return createGridMap({ container, county: frame, t, more: start });
}

/** The county's map at one place. Shows words instead where the phone cannot draw maps. */
const PlaceMap = (props: PlaceMapProps) => {
  const { t } = useWords();
  const container = useRef<HTMLDivElement>(null);
  const [hasFailed, setFailed] = useState(false);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const element = container.current;
    if (element === null) return undefined;
    let map: MapLibreMap | undefined;
    let isGone = false;
    const start = async () => {
      const made = await draw(element, latest.current, t);
      if (isGone) {
        made.remove();
        return;
      }
      map = made;
      const { point, grid, onMove } = latest.current;
      if (point && !onMove) new Marker({ color: "#b3261e" }).setLngLat(point).addTo(made);
      made.once("load", () => {
        made.setFilter(MAP_LAYERS.gridSelected, selectedGrid(grid?.gridCode ?? null));
        if (latest.current.onComponent !== undefined) {
          drawComponents(made, "components");
          made.on("click", ({ point: tapped }) => {
            const component = componentNear(made, tapped);
            if (component === null) return;
            latest.current.onComponent?.(component);
            made.easeTo({ center: [component.lng, component.lat] });
          });
        }
      });
      const tell = () => {
        const { lng, lat } = made.getCenter();
        latest.current.onMove?.({ lng, lat });
      };
      made.on("moveend", tell);
      tell();
    };
    start().catch(() => setFailed(true));
    return () => {
      isGone = true;
      map?.remove();
    };
  }, [t]);

  if (hasFailed) return <p className="notice notice-amber">{t("report>mapFailed")}</p>;
  return (
    <div className="map-frame">
      <div ref={container} className="map" />
      {props.grid?.schematic && <span className="chip map-note">{t("schematic")}</span>}
      {props.onMove && <span className="map-cross" aria-hidden="true" />}
    </div>
  );
};

export default PlaceMap;
