import { lazy } from "react";

/** The map on demand: it brings MapLibre and the drawing tools along. */
export const OutlineMap = lazy(async () => ({
  default: (await import("./outline-map.tsx")).OutlineMap,
}));
