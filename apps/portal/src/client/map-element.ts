import type { County } from "@onegrid/contract";
import type { TFunction } from "i18next";
import type { Map as MapLibreMap } from "maplibre-gl";

export type MapBox = {
  box: HTMLElement;
  county: Pick<County, "basemap" | "bounds">;
  /** What the server said to show: codes and places. */
  shown: Record<string, string | number | null>;
};

/** The map box of this kind that the server wrote into the page. */
export const findMapBox = (kind: "place" | "cases" | "grids"): MapBox | undefined => {
  const box = document.querySelector<HTMLElement>(`[data-map="${kind}"]`);
  if (box === null) return undefined;
  return {
    box,
    county: JSON.parse(box.dataset["county"] ?? "{}") as MapBox["county"],
    shown: JSON.parse(box.dataset["shown"] ?? "{}") as MapBox["shown"],
  };
};

/**
 * Draws the map into its box; MapLibre comes only now. Undefined when this device cannot draw
 * maps: the box then says so, and the text below it serves.
 */
export const drawMap = async (
  { box, county }: MapBox,
  t: TFunction,
): Promise<MapLibreMap | undefined> => {
  const wait = box.querySelector(".map-wait");
  try {
    const { createGridMap } = await import("@onegrid/ui/map/create");
    const map = await createGridMap({ container: box, county, t, cooperative: true });
    wait?.remove();
    await new Promise<void>((resolve) => {
      map.once("load", () => resolve());
    });
    return map;
  } catch {
    wait?.replaceChildren(t("portal>map>failed"));
    return undefined;
  }
};
