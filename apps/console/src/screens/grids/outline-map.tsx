import { boundsOf, type Area } from "@onegrid/geo/edit";
import { GRID_SOURCE } from "@onegrid/ui/map";
import { useQuery } from "@tanstack/react-query";
import type { Map as MapLibreMap, MapMouseEvent, VectorTileSource } from "maplibre-gl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { countyQuery } from "../../platform/queries.ts";
import { SchematicNote } from "../../shared/schematic-note.tsx";
import { useGridMap } from "../../shared/use-grid-map.ts";
import { fitTo, startDrawing, type Drawn, type Tool } from "./drawing.ts";
import type { EditorGrid } from "./editor.ts";
import { addOutlineLayers, OUTLINE_FILL, showOutlines } from "./outline-layers.ts";

type Props = {
  parent: Area;
  grids: readonly EditorGrid[];
  selected: readonly string[];
  /** The day that is shown; undefined: today. */
  on: string | undefined;
  tool: Tool;
  onChoose: (key: string, more: boolean) => void;
  onDrawn: (drawn: Drawn) => void;
};

/** The rest of the county, on the same day as the grids in the middle. */
const useDay = (map: MapLibreMap | null, on: string | undefined) => {
  useEffect(() => {
    const day = on === undefined ? "" : `?on=${on}`;
    map
      ?.getSource<VectorTileSource>(GRID_SOURCE)
      ?.setTiles([`${location.origin}/tiles/grids/{z}/{x}/{y}.mvt${day}`]);
  }, [map, on]);
};

/** Corners and edges to snap to: those of the others and, while splitting, the grid's own. */
const useDrawing = (map: MapLibreMap | null, { parent, grids, selected, tool, onDrawn }: Props) => {
  const [drawing, setDrawing] = useState<ReturnType<typeof startDrawing> | null>(null);
  const snap = useRef<readonly Area[]>([]);
  const tell = useEffectEvent(onDrawn);
  const [chosen] = selected;
  useEffect(() => {
    const others = grids.filter(({ key }) => tool !== "reshape" || key !== chosen);
    snap.current = [parent, ...others.map(({ outline }) => outline)];
  }, [parent, grids, chosen, tool]);
  useEffect(() => {
    if (!map) return;
    const started = startDrawing(
      map,
      () => snap.current,
      (drawn) => tell(drawn),
    );
    setDrawing(started);
    return () => {
      started.stop();
      setDrawing(null);
    };
  }, [map]);
  useEffect(() => {
    const outline = grids.find(({ key }) => key === chosen)?.outline;
    drawing?.begin(tool, outline?.[0]?.[0] ?? null);
  }, [drawing, tool, chosen, grids]);
};

/** Map on which grids are looked at, chosen and drawn. Load it on demand: it brings MapLibre along. */
export const OutlineMap = (props: Props) => {
  const { t } = useTranslation();
  const { data: county } = useQuery(countyQuery);
  const { container, map, failed } = useGridMap(county);
  const { parent, grids, selected, tool, on } = props;
  const click = useEffectEvent((event: MapMouseEvent) => {
    if (tool !== "choose" || map === null) return;
    const hit = map.queryRenderedFeatures(event.point, { layers: [OUTLINE_FILL] })[0];
    const key = hit?.properties["key"];
    const { shiftKey, ctrlKey, metaKey } = event.originalEvent;
    if (typeof key === "string") props.onChoose(key, shiftKey || ctrlKey || metaKey);
  });

  useEffect(() => {
    if (!map) return;
    addOutlineLayers(map);
    const listen = (event: MapMouseEvent) => click(event);
    map.on("click", listen);
    return () => void map.off("click", listen);
  }, [map]);
  useEffect(() => {
    if (map) fitTo(map, boundsOf(parent));
  }, [map, parent]);
  useEffect(() => {
    if (map) showOutlines(map, grids, selected);
  }, [map, grids, selected]);
  useDay(map, on);
  useDrawing(map, props);

  if (failed) return <p className="page-note">{t("grids>noMap")}</p>;
  return (
    <div className="grid-map" data-ready={map !== null}>
      <div className="map-canvas" ref={container} />
      <div className="map-corner">
        <SchematicNote />
        {tool !== "choose" && <span>{t(`grids>hint_${tool}`)}</span>}
      </div>
    </div>
  );
};
