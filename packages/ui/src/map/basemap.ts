import type { County } from "@onegrid/contract";
import type { RasterSourceSpecification } from "maplibre-gl";

export const BASEMAP_SOURCE = "basemap";
export type Basemap = NonNullable<County["basemap"]>;

/** Protocol under which tiles of a GCJ-02 basemap are asked for; see gcj02-tiles.ts. */
export const GCJ02_PROTOCOL = "gcj02";
const TILE_SIZE_PX = 256;
const BASEMAP_MAX_ZOOM = 18;

/** True when the basemap's tiles must be moved, so that the protocol's code has to be loaded. */
export const needsGcj02 = (county: Pick<County, "basemap">): boolean =>
  county.basemap?.coordinateSystem === "gcj02";

/**
 * Raster source of a county's basemap. A GCJ-02 basemap (what Chinese providers serve, some
 * hundred metres off) is asked for through a protocol that redraws each tile in WGS-84.
 */
export const basemapSource = (basemap: Basemap): RasterSourceSpecification => ({
  type: "raster",
  tiles: [
    basemap.coordinateSystem === "gcj02"
      ? `${GCJ02_PROTOCOL}://{z}/{x}/{y}?${new URLSearchParams({ template: basemap.urlTemplate })}`
      : basemap.urlTemplate,
  ],
  tileSize: TILE_SIZE_PX,
  maxzoom: BASEMAP_MAX_ZOOM,
  attribution: basemap.attribution,
});
