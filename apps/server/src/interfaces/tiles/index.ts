import type { MountRoutes } from "../../platform/services.ts";
import { mountCaseTiles } from "./case-tiles.ts";
import { mountComponentTiles } from "./component-tiles.ts";
import { mountGridTiles } from "./grid-tiles.ts";

/** Vector tiles: boundaries of grids, the desk's cases, everybody's cases, and components. */
export const mountTiles: MountRoutes = async (app, services) => {
  await mountGridTiles(app, services);
  await mountCaseTiles(app, services);
  await mountComponentTiles(app, services);
};
