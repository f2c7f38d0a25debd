import type { Area, LngLat, Bounds } from "@onegrid/geo/edit";
import type { Map as MapLibreMap } from "maplibre-gl";
import {
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
  type GeoJSONStoreFeatures,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";

/** How near the pointer has to come to a corner or an edge to be drawn to it, CSS pixels. */
const SNAP_PX = 12;
/** Positions stay what they are: the usual nine decimals would move corners apart. */
const DECIMALS = 15;

type Pointer = { lng: number; lat: number; containerX: number; containerY: number };
type Project = (lng: number, lat: number) => { x: number; y: number };

/** Nearest corner within reach, else the nearest place on an edge; undefined: nothing is near. */
const snapTo =
  (areas: () => readonly Area[]) =>
  (pointer: Pointer, { project }: { project: Project }): LngLat | undefined => {
    let corner: { at: LngLat; px: number } | undefined;
    let edge: { at: LngLat; px: number } | undefined;
    const distance = (x: number, y: number) =>
      Math.hypot(x - pointer.containerX, y - pointer.containerY);
    for (const ring of areas().flat(2)) {
      let before: { at: LngLat; x: number; y: number } | undefined;
      for (const at of ring) {
        const { x, y } = project(...at);
        const px = distance(x, y);
        if (px <= SNAP_PX && (corner === undefined || px < corner.px)) corner = { at, px };
        if (before !== undefined) {
          const [dx, dy] = [x - before.x, y - before.y];
          const length2 = dx * dx + dy * dy || 1;
          const share = Math.min(
            1,
            Math.max(
              0,
              ((pointer.containerX - before.x) * dx + (pointer.containerY - before.y) * dy) /
                length2,
            ),
          );
          const far = distance(before.x + share * dx, before.y + share * dy);
          if (far <= SNAP_PX && (edge === undefined || far < edge.px)) {
            const [lng, lat] = before.at;
            edge = { at: [lng + share * (at[0] - lng), lat + share * (at[1] - lat)], px: far };
          }
        }
        before = { at, x, y };
      }
    }
    return (corner ?? edge)?.at;
  };

export type Tool = "choose" | "split" | "draw" | "reshape";

export type Drawn = { line: LngLat[] } | { ring: LngLat[] };

const drawnOf = (feature: GeoJSONStoreFeatures | undefined): Drawn | null => {
  if (feature?.geometry.type === "LineString") {
    return { line: feature.geometry.coordinates as unknown as LngLat[] };
  }
  if (feature?.geometry.type === "Polygon") {
    return { ring: (feature.geometry.coordinates[0] ?? []) as unknown as LngLat[] };
  }
  return null;
};

/**
 * The drawing tools on a map. `snap` answers what a line or a corner may be drawn to at the moment.
 * `begin` takes a tool up, with the ring to be reshaped; what was drawn is told once it is finished.
 */
export const startDrawing = (
  map: MapLibreMap,
  snap: () => readonly Area[],
  onDrawn: (drawn: Drawn) => void,
) => {
  const toCustom = snapTo(snap) as never;
  const corners = { draggable: true, midpoints: true, deletable: true, snappable: { toCustom } };
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: DECIMALS }),
    modes: [
      new TerraDrawLineStringMode({ snapping: { toCustom } }),
      new TerraDrawPolygonMode({ snapping: { toCustom } }),
      new TerraDrawSelectMode({
        flags: { polygon: { feature: { draggable: false, coordinates: corners } } },
        allowManualDeselection: false,
      }),
    ],
  });
  draw.start();
  draw.on("finish", (id) => {
    const drawn = drawnOf(draw.getSnapshotFeature(id));
    if (drawn !== null) onDrawn(drawn);
  });
  return {
    begin: (tool: Tool, ring: readonly LngLat[] | null) => {
      draw.clear();
      if (tool === "choose") draw.setMode("static");
      if (tool === "split") draw.setMode("linestring");
      if (tool === "draw") draw.setMode("polygon");
      if (tool !== "reshape" || ring === null) return;
      draw.setMode("select");
      const [added] = draw.addFeatures([
        {
          type: "Feature",
          properties: { mode: "polygon" },
          geometry: { type: "Polygon", coordinates: [ring.map(([lng, lat]) => [lng, lat])] },
        },
      ]);
      if (added?.valid === true && added.id !== undefined) draw.selectFeature(added.id);
    },
    stop: () => {
      try {
        draw.stop();
      } catch {
        // The map was taken off the page before its tools, and its layers with it.
      }
    },
  };
};

export const fitTo = (map: MapLibreMap, [west, south, east, north]: Bounds): void => {
  map.fitBounds([west, south, east, north], { padding: 32, animate: false });
};
