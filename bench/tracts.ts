import { createReadStream } from "node:fs";
import { readAreaFeatures, type Area, type LngLat, type Ring } from "@onegrid/geo";

/** A grid of the size and shape that a city's census tracts have. */
export interface Tract {
  code: string;
  area: Area;
}

/** New York's tracts: 2,165 of them, 73 corners each. Generated ones are alike. */
const COLUMNS = 47;
const ROWS = 46;
const CORNERS_A_SIDE = 18;

/**
 * A gap-free partition into 2,162 polygons of 72 wandering corners. Shared sides are the same
 * positions in both neighbours. The same at every run.
 */
export function generatedTracts(): Tract[] {
  const corner = (column: number, row: number): LngLat => [
    107.1 + (column + wander(column, row, 1) * 0.5) * 0.01,
    30 + (row + wander(column, row, 2) * 0.5) * 0.01,
  ];
  const side = (from: LngLat, to: LngLat): Ring =>
    Array.from({ length: CORNERS_A_SIDE }, (_, i): LngLat => {
      const t = i / CORNERS_A_SIDE;
      // Nothing at the ends, or sides that meet at a narrow corner would cross.
      const off = wander(from[0] * 1e4 + i, to[1] * 1e4 + i, 3) * 0.0006 * Math.sin(Math.PI * t);
      return [from[0] + (to[0] - from[0]) * t + off, from[1] + (to[1] - from[1]) * t - off];
    });
  const tracts: Tract[] = [];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const [sw, se, ne, nw] = [
        corner(column, row),
        corner(column + 1, row),
        corner(column + 1, row + 1),
        corner(column, row + 1),
      ];
      // Each side is made from its own south-western end, whoever asks for it.
      const ring = [
        ...side(sw, se),
        ...side(se, ne),
        ne,
        ...side(nw, ne).toReversed().slice(0, -1),
        nw,
        ...side(sw, nw).toReversed().slice(0, -1),
        sw,
      ];
      tracts.push({ code: `G${String(row * COLUMNS + column).padStart(5, "0")}`, area: [[ring]] });
    }
  }
  return tracts;
}

/** The tracts of a GeoJSON file, by its property "code". */
export async function tractsOf(file: string): Promise<Tract[]> {
  const tracts: Tract[] = [];
  for await (const item of readAreaFeatures(createReadStream(file))) {
    if (item.kind === "problem") throw new Error(JSON.stringify(item.problem));
    tracts.push({ code: String(item.properties["code"]), area: item.area });
  }
  return tracts;
}

/** A number from -0.4 to 0.4 that depends on its arguments only (a hash of sines). */
function wander(a: number, b: number, c: number): number {
  const n = Math.sin(a * 12.9898 + b * 78.233 + c * 37.719) * 43758.5453;
  return (n - Math.floor(n) - 0.5) * 0.8;
}
