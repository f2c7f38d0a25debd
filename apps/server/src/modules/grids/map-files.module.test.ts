import { Readable } from "node:stream";
import { parseDbf, parseShp } from "shpjs";
import { unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { systemActor, type Ctx } from "../../platform/context.ts";
import { readShapefile } from "../../platform/map-files/read-shapefile.ts";
import { writeShapefile, type MapRecord } from "../../platform/map-files/write-shapefile.ts";
import { exportComponentFile, importComponents } from "../components/index.ts";
import { exportGridFile } from "./export-grids.ts";
import { DEFAULT_FIELDS, DEFAULT_TOLERANCE_M2, importGrids } from "./index.ts";

let app: TestApp;
let ctx: Ctx;
beforeAll(async () => {
  app = await testApp();
  ctx = { ...app.ctx("centre"), actor: systemActor(MINI.county) };
});
afterAll(() => app.close());

const importFile = (bytes: Uint8Array, more: object = {}) =>
  importGrids(ctx, {
    source: Readable.from([bytes]),
    level: 3,
    fields: DEFAULT_FIELDS,
    crs: "wgs84",
    toleranceM2: DEFAULT_TOLERANCE_M2,
    ...more,
  });

const FORMATS = ["geojson", "shapefile"] as const;

/** An island with a hole and a second part, whose numbers have no short form. */
const ODD: MapRecord = {
  shape: {
    kind: "area",
    area: [
      [
        [
          [107 + 1 / 3, 30],
          [107.5, 30],
          [107.5, 30.2],
          [107 + 1 / 3, 30.2],
          [107 + 1 / 3, 30],
        ],
        [
          [107.4, 30.05],
          [107.4, 30.1],
          [107.45, 30.1],
          [107.45, 30.05],
          [107.4, 30.05],
        ],
      ],
      [
        [
          [108, 30],
          [108.1, 30],
          [108.1, 30 + 1 / 7],
          [108, 30],
        ],
      ],
    ],
  },
  values: { name: "示例网格", schematic: true, note: null },
};

describe("grids out and in", () => {
  it.each(FORMATS)("as %s: what goes out comes in with nothing to change", async (format) => {
    const { rows } = await app.owner.query(
      "SELECT grid_code, version, outline FROM grid ORDER BY grid_code, version",
    );
    // A first import gives every grid the code of its file; after that nothing changes any more.
    await importFile((await exportGridFile(ctx, { level: 3, format: "geojson" })).bytes);
    const file = await exportGridFile(ctx, { level: 3, format });
    expect(file.count).toBe(4);
    const report = await importFile(file.bytes);
    expect(report).toMatchObject({ read: 4, unchanged: 4, added: 0, changed: 0, renamed: 0 });
    expect(report).toMatchObject({ stored: false, issues: [] });
    const after = await app.owner.query(
      "SELECT grid_code, version, outline FROM grid ORDER BY grid_code, version",
    );
    expect(after.rows).toEqual(rows);
  });

  it("a shape keeps every digit, its holes and its parts", () => {
    const zip = writeShapefile("odd", [ODD], ["name", "schematic", "note"], "2026-11-24");
    const [feature] = readShapefile(zip);
    if (ODD.shape.kind !== "area") throw new Error("an area");
    expect(feature?.geometry).toEqual({ type: "MultiPolygon", coordinates: ODD.shape.area });
    expect(feature?.properties).toMatchObject({ name: "示例网格", schematic: true, note: "" });
  });

  it("a table in GBK is read, with a .cpg and without one", () => {
    const parts = unzipSync(writeShapefile("odd", [ODD], ["name"], "2026-11-24"));
    const dbf = Buffer.from(parts["odd.dbf"] ?? []);
    // 示例 in GBK, in the room of the UTF-8 words; the name of the field too.
    const at = dbf.readUInt16LE(8) + 1;
    dbf.fill(0x20, at, at + 12);
    Buffer.from([0xca, 0xbe, 0xc0, 0xfd]).copy(dbf, at);
    dbf.fill(0, 32, 43);
    Buffer.from([0xc3, 0xfb, 0xb3, 0xc6]).copy(dbf, 32);
    const { ["odd.cpg"]: _, ...others } = parts;
    const without = { ...others, "odd.dbf": dbf };
    for (const files of [without, { ...without, "odd.cpg": Buffer.from("936") }]) {
      expect(readShapefile(zipSync(files))[0]?.properties).toMatchObject({ 名称: "示例" });
    }
  });

  it("metres of a Gauss-Krüger zone are brought to degrees", () => {
    const prj =
      'PROJCS["CGCS2000_3_Degree_GK_CM_108E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",108.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';
    const point: MapRecord = {
      shape: { kind: "point", lng: 500_000, lat: 3_320_113.4 },
      values: {},
    };
    const parts = unzipSync(writeShapefile("p", [point], ["name"], "2026-11-24"));
    const [feature] = readShapefile(zipSync({ ...parts, "p.prj": Buffer.from(prj) }));
    const geometry = feature?.geometry;
    if (geometry?.type !== "Point") throw new Error("a point");
    const [lng, lat] = geometry.coordinates as [number, number];
    expect(lng).toBeCloseTo(108, 6);
    expect(lat).toBeCloseTo(30, 4);
  });

  it.each([
    ["import.zip_bomb", () => zipSync({ "a.shp": new Uint8Array(3e6) }, { level: 9 })],
    ["import.not_one_layer", () => zipSync({ "readme.txt": Buffer.from("none") })],
    [
      "import.not_one_layer",
      () => zipSync({ "a.shp": Buffer.from("x"), "b.shp": Buffer.from("y") }),
    ],
    ["import.shapefile_unreadable", () => zipSync({ "a.shp": Buffer.from("no shape at all") })],
    ["import.not_a_zip", () => Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3])],
  ])("refuses %s before it does harm", async (code, bytes) => {
    await expect(importFile(bytes())).rejects.toMatchObject({ code });
  });

  it("is sent as a file under its name, and as it was on a past day", async () => {
    const head = await app.as("head-grid1");
    const answer = await head.get("/api/v1/grids/export?level=3&format=shapefile");
    expect(answer.headers["content-disposition"]).toContain("500231-grids-2026-11-24.zip");
    const parts = unzipSync(answer.rawPayload);
    expect(parseShp(parts["500231-grids-2026-11-24.shp"] as Uint8Array)).toHaveLength(4);
    const [row] = parseDbf(parts["500231-grids-2026-11-24.dbf"] as Uint8Array, "utf-8");
    expect(row).toMatchObject({
      code: MINI.grid1,
      name: "南门第一网格",
      duty_phone: "023-70000000",
    });
    const past = await head.get("/api/v1/grids/export?level=3&format=geojson&on=2025-12-31");
    expect(past.json()).toEqual({ type: "FeatureCollection", features: [] });
  });
});

it.each(FORMATS)("components as %s come in with nothing to change", async (format) => {
  await app.owner.query("UPDATE category SET active = true WHERE category_code = $1", [
    MINI.categories.streetLight,
  ]);
  const head = "componentCode,name,lng,lat,categoryCode,ownerUnitCode,condition,address,restricted";
  const rows = [
    `${MINI.county}01020000001,东街路灯,107.0512345678,30.0512345678,${MINI.categories.streetLight},CGJ,intact,东街 1 号,false`,
    `${MINI.county}01020000002,无主路灯,107.1,30.06,${MINI.categories.streetLight},,damaged,,true`,
  ];
  await importComponents(ctx, { bytes: Buffer.from([head, ...rows].join("\n")), dryRun: false });
  const file = await exportComponentFile(ctx, format);
  expect(file.count).toBe(2);
  const report = await importComponents(ctx, { bytes: file.bytes, dryRun: false });
  expect(report).toMatchObject({
    read: 2,
    unchanged: 2,
    added: 0,
    changed: 0,
    faulty: 0,
    stored: false,
  });
  const shifted = await importComponents(ctx, { bytes: file.bytes, crs: "gcj02", dryRun: true });
  expect(shifted).toMatchObject({ changed: 2, stored: false });
});
