import { VectorTile } from "@mapbox/vector-tile";
import Pbf from "pbf";

/** Properties of the points in one layer of an encoded tile; [] when it has no such layer. */
export const readPoints = (tile: Uint8Array, layer: string): Record<string, unknown>[] => {
  const found = new VectorTile(new Pbf(tile)).layers[layer];
  return Array.from({ length: found?.length ?? 0 }, (_, n) => found?.feature(n).properties ?? {});
};
