/**
 * Writes apps/server/src/demo/geography/dianjiang-level{0,1,2,3}.geojson: SCHEMATIC grids 示意 for
 * the sample county. Names and codes are real (dianjiang-divisions.json), every boundary is
 * generated with a fixed seed. Nested, gap-free, without overlaps.
 *
 *     node tools/generate-demo-grids.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ringAreaKm2, ringAround, smooth } from "./demo-grids/boundaries.ts";
import { buildMesh, type Mesh, type Point, type Shape } from "./demo-grids/mesh.ts";
import { gridName, partyGroupName, shortName } from "./demo-grids/names.ts";
import { seeded } from "./demo-grids/random.ts";
import { divide } from "./demo-grids/regions.ts";

const FOLDER = join(import.meta.dirname, "../apps/server/src/demo/geography");
const SEED = 500_231;
const NOTE = "示意数据：边界由程序生成，并非测绘成果 (schematic: generated, not surveyed)";

/** Published area of the county, and a middle that puts the seat where it is (107.33 E, 30.33 N). */
const AREA_KM2 = 1518;
const MIDDLE = { lng: 107.385, lat: 30.245 };
const SEAT: Point = [-5.3, 9.4];
const KM_A_DEGREE_LAT = 110.86;
const KM_A_DEGREE_LNG = 111.32 * Math.cos((MIDDLE.lat * Math.PI) / 180);

const CELLS = 9000;
/** The two streets around the seat: side by side, small against the townships. */
const STREETS: Record<string, { areaKm2: number; at: Point }> = {
  "500231001": { areaKm2: 86, at: [SEAT[0] + 2.2, SEAT[1] + 0.9] },
  "500231002": { areaKm2: 64, at: [SEAT[0] - 2.6, SEAT[1] - 1.6] },
};
/** Townships begin to grow outside of this distance from the seat, so that none lies between. */
const TOWNSHIPS_FROM_KM = 9;
/** Cells of one level-3 grid, on average. */
const CELLS_A_GRID = 13;

interface Division {
  code: string;
  name: string;
}
interface Region extends Division {
  parent: string | undefined;
  cells: number[];
  partyGroup: string | undefined;
}

const { county, streets, source, licence } = JSON.parse(
  readFileSync(join(FOLDER, "dianjiang-divisions.json"), "utf8"),
) as {
  county: Division;
  streets: (Division & { communities: Division[] })[];
  source: string;
  licence: string;
};

const random = seeded(SEED);

/** An outline leaning to the north-east, with bays, and cells that grow away from the seat. */
function countyShape(): Shape {
  const waves = [2, 3, 5, 7, 11].map((times) => ({
    times,
    height: (0.16 / Math.sqrt(times)) * (0.6 + 0.4 * random()),
    shift: random() * 2 * Math.PI,
  }));
  const lean = (22 * Math.PI) / 180;
  return {
    halfSizeKm: [32, 42],
    inside: ([x, y]) => {
      const along = x * Math.sin(lean) + y * Math.cos(lean);
      const across = x * Math.cos(lean) - y * Math.sin(lean);
      const turn = Math.atan2(along / 29, across / 16.7);
      const bay = waves.reduce((sum, w) => sum + w.height * Math.sin(w.times * turn + w.shift), 1);
      return Math.hypot(along / 29, across / 16.7) < bay;
    },
    density: ([x, y]) => {
      const km = Math.hypot(x - SEAT[0], y - SEAT[1]);
      return 0.045 + 0.955 * Math.exp(-((km / 3.4) ** 2));
    },
  };
}

function streetRegions(mesh: Mesh): Region[] {
  const all = mesh.cells.map((_, cell) => cell);
  const villagesIn = (street: { communities: Division[] }): number => street.communities.length + 4;
  const rural = streets.filter((street) => STREETS[street.code] === undefined);
  const ruralKm2 = AREA_KM2 - Object.values(STREETS).reduce((sum, s) => sum + s.areaKm2, 0);
  const villages = rural.reduce((sum, street) => sum + villagesIn(street), 0);
  const wishes = streets.map((street) => {
    const urban = STREETS[street.code];
    if (urban !== undefined) return { share: urban.areaKm2, at: urban.at };
    return { share: (ruralKm2 * villagesIn(street)) / villages };
  });
  const cellsOf = divide(mesh, all, wishes, {
    random,
    sizeOf: (cell) => ringAreaKm2(mesh.vertices, mesh.cells[cell] as number[]),
    mayBegin: ([x, y]) => Math.hypot(x - SEAT[0], y - SEAT[1]) > TOWNSHIPS_FROM_KM,
  });
  return streets.map(({ code, name }, i) => ({
    code,
    name,
    parent: county.code,
    cells: cellsOf[i] as number[],
    partyGroup: partyGroupName(name),
  }));
}

function communityRegions(mesh: Mesh, street: Region): Region[] {
  const { communities } = streets.find(({ code }) => code === street.code) ?? { communities: [] };
  const wishes = communities.map(() => ({ share: 0.7 + 0.6 * random() }));
  const cellsOf = divide(mesh, street.cells, wishes, { random });
  return communities.map(({ code, name }, i) => ({
    code,
    name: shortName(name),
    parent: street.code,
    cells: cellsOf[i] as number[],
    partyGroup: partyGroupName(name),
  }));
}

function gridRegions(mesh: Mesh, community: Region): Region[] {
  const count = Math.max(3, Math.round(community.cells.length / CELLS_A_GRID));
  const wishes = Array.from({ length: count }, () => ({ share: 0.8 + 0.4 * random() }));
  return divide(mesh, community.cells, wishes, { random }).map((cells, i) => ({
    code: community.code + String(i + 1).padStart(3, "0"),
    name: gridName(i + 1),
    parent: community.code,
    cells,
    partyGroup: partyGroupName(`${community.name}${gridName(i + 1)}`),
  }));
}

function write(level: number, regions: Region[], place: (ring: number[]) => Point[], mesh: Mesh) {
  const features = regions.map(({ code, name, parent, cells, partyGroup }) => {
    const ring = place(ringAround(mesh, cells));
    return JSON.stringify({
      type: "Feature",
      properties: {
        code,
        name,
        ...(parent !== undefined && { parent }),
        ...(partyGroup !== undefined && { party_group: partyGroup }),
        schematic: true,
        label: "示意",
      },
      geometry: { type: "Polygon", coordinates: [[...ring, ring[0]]] },
    });
  });
  const file = join(FOLDER, `dianjiang-level${level}.geojson`);
  const head = JSON.stringify({ note: NOTE, divisions: `${source}, ${licence}`, seed: SEED });
  const text = `{"type":"FeatureCollection","about":${head},"features":[\n${features.join(",\n")}\n]}\n`;
  writeFileSync(file, text);
  console.log(`${features.length} grids, ${Math.round(text.length / 1024)} KB → ${file}`);
}

const mesh = buildMesh(countyShape(), CELLS, random);
const level1 = streetRegions(mesh);
const level2 = level1.flatMap((street) => communityRegions(mesh, street));
const level3 = level2
  .filter((community) => STREETS[community.parent ?? ""] !== undefined)
  .flatMap((community) => gridRegions(mesh, community));
const outline: Region = {
  ...county,
  parent: undefined,
  cells: mesh.cells.map((_, cell) => cell),
  partyGroup: undefined,
};

const rings = [...level2, ...level3].map(({ cells }) => ringAround(mesh, cells));
const vertices = smooth(mesh, rings);
const scale = Math.sqrt(AREA_KM2 / ringAreaKm2(vertices, ringAround(mesh, outline.cells)));
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
const places = vertices.map(([x, y]): Point => [
  round(MIDDLE.lng + (x * scale) / KM_A_DEGREE_LNG),
  round(MIDDLE.lat + (y * scale) / KM_A_DEGREE_LAT),
]);
[[outline], level1, level2, level3].forEach((regions, level) => {
  write(level, regions, (ring) => ring.map((vertex) => places[vertex] as Point), mesh);
});
