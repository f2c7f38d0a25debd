declare module "vt-pbf" {
  import type { LegacyTile } from "geojson-vt";

  export function fromGeojsonVt(
    layers: Record<string, Pick<LegacyTile, "features">>,
    options?: { version?: 1 | 2; extent?: number },
  ): Uint8Array;
}
