import { collectGeos, fromGeos, loadGeos, toGeos, withGeometry } from "./geos.ts";
import type { Area } from "./lng-lat.ts";

/** The area that several valid areas cover together; inner boundaries disappear. */
export async function unionOf(areas: readonly Area[]): Promise<Area> {
  const geos = await loadGeos();
  const parts = areas.map((area) => toGeos(geos, area));
  return withGeometry(
    geos,
    () => collectGeos(geos, parts),
    "areas",
    (all) =>
      withGeometry(
        geos,
        () => geos.GEOSUnaryUnion(all),
        "union",
        (union) => fromGeos(geos, union),
      ),
  );
}
