import { boundsOf, type Area, type LngLat } from "./lng-lat.ts";
import { loadGeos, pointFromGeos, toGeos, withGeometry } from "./geos.ts";

/** Precision of the search, as a part of the area's size: a label need not be placed finer. */
const PRECISION = 1 / 20;

/**
 * A place for the label: the centre of the largest circle inside the area (GEOS, the "pole of
 * inaccessibility"), which looks centred also in crescents and in areas of several parts.
 * The area must be valid. Degrees are scaled as on a map, or circles would be ellipses.
 */
export async function labelPlace(area: Area): Promise<LngLat> {
  const geos = await loadGeos();
  const [west, south, east, north] = boundsOf(area);
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scaled: Area = area.map((polygon) =>
    polygon.map((ring) => ring.map(([lng, lat]): LngLat => [lng * squeeze, lat])),
  );
  const tolerance = Math.max((east - west) * squeeze, north - south) * PRECISION;
  const geometry = toGeos(geos, scaled);
  try {
    // The result is the radius from the centre to the boundary; its first position is the centre.
    const [x, y] = withGeometry(
      geos,
      () => geos.GEOSMaximumInscribedCircle(geometry, tolerance),
      "inscribed circle",
      (radius) => pointFromGeos(geos, radius),
    );
    return [x / squeeze, y];
  } finally {
    geos.GEOSGeom_destroy(geometry);
  }
}
