import type { County } from "@onegrid/contract";
import { createGridMap } from "@onegrid/ui/map/create";
import type { Map as MapLibreMap } from "maplibre-gl";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

/**
 * The county's map in an element of the screen. `map` is null until its style is loaded;
 * `failed` when the browser cannot draw maps. Import the file lazily: it brings MapLibre along.
 */
export const useGridMap = (county: County | undefined) => {
  const { t } = useTranslation();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (!container.current || !county) return;
    let gone = false;
    let made: MapLibreMap | undefined;
    const draw = async (element: HTMLElement) => {
      try {
        const created = await createGridMap({ container: element, county, t });
        made = created;
        if (gone) created.remove();
        else created.on("load", () => !gone && setMap(created));
      } catch {
        setFailed(true);
      }
    };
    void draw(container.current);
    return () => {
      gone = true;
      made?.remove();
      setMap(null);
    };
    // A new language must not throw the map away; its few words follow at the next visit.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [county]);

  return { container, map, failed };
};
