import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAreaFeatures, type ReadItem } from "../src/index.ts";

const triangle = '{"type":"Polygon","coordinates":[[[107,30],[107.1,30],[107.1,30.1],[107,30]]]}';
const feature = (geometry: string, properties = '{"code":"500231001","name":"桂溪街道"}') =>
  `{"type":"Feature","properties":${properties},"geometry":${geometry}}`;
const collection = (...features: string[]) =>
  `{"type":"FeatureCollection","features":[${features.join(",")}]}`;

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function read(text: string | Uint8Array, size = 64): Promise<ReadItem[]> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const items: ReadItem[] = [];
  for await (const item of readAreaFeatures(chunks(bytes, size))) items.push(item);
  return items;
}

async function problem(text: string | Uint8Array) {
  const item = (await read(text)).at(-1);
  if (item?.kind !== "problem") throw new Error("expected a problem");
  return { fatal: item.fatal, ...item.problem };
}

describe("GeoJSON reader", () => {
  it("reads the same features whatever way the bytes arrive", async () => {
    const text = `\uFEFF{"name":"测试","type":"FeatureCollection",\r\n"features":[\r\n${feature(triangle)},\r\n${feature(
      triangle,
      '{"name":"brackets ]}{[ and \\" quotes \\\\"}',
    )}]}\r\n`;
    const whole = await read(text, 10_000);
    expect(whole.map((item) => item.kind)).toEqual(["feature", "feature"]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 80 }), async (size) => {
        expect(await read(text, size)).toEqual(whole);
      }),
    );
  });

  it("tells the line and column of each feature", async () => {
    const items = await read(
      `{"type":"FeatureCollection",\n"features":[\n  ${feature(triangle)}]}`,
    );
    expect(items[0]).toMatchObject({ position: { line: 3, column: 3 } });
  });

  it("drops heights, closes rings and leaves out empty parts, with a note each", async () => {
    const geometry =
      '{"type":"MultiPolygon","coordinates":[[],[[[107,30,5],[107.1,30,5],[107.1,30.1,5]]]]}';
    const [item] = await read(collection(feature(geometry)));
    expect(item).toMatchObject({
      kind: "feature",
      area: [
        [
          [
            [107, 30],
            [107.1, 30],
            [107.1, 30.1],
            [107, 30],
          ],
        ],
      ],
    });
    expect(item?.kind === "feature" && [...item.notes].sort()).toEqual([
      "empty_part_dropped",
      "ring_closed",
      "z_dropped",
    ]);
  });

  it.each([
    ["", "empty_file"],
    [" \r\n", "empty_file"],
    [collection(), "empty_file"],
    ["[1,2]", "wrong_file_type"],
    ["code,name\n1,2", "wrong_file_type"],
    ["PK\u0003\u0004rest", "wrong_file_type"],
    ["<kml></kml>", "wrong_file_type"],
    ["{}", "not_feature_collection"],
    ['{"type":"Topology","objects":{}}', "not_feature_collection"],
    [feature(triangle), "not_feature_collection"],
    ['{"type":"FeatureCollection","features":null}', "syntax"],
    [`${collection(feature(triangle))}x`, "syntax"],
    ['{"type":"FeatureCollection","features":[{"a":[}]}', "syntax"],
    ['{"type":"FeatureCollection","features":[{"a" 5}]}', "syntax"],
    [collection(feature(triangle)).slice(0, -30), "truncated"],
    ['{"crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::4547"}}}', "crs_not_supported"],
  ])("refuses the file %j with %s", async (text, code) => {
    expect(await problem(text)).toMatchObject({ fatal: true, code });
  });

  it("names what a wrong file seems to be", async () => {
    expect((await problem("PK\u0003\u0004rest")).found).toContain("zip");
    expect((await problem(Uint8Array.of(0xff, 0xfe, 0x7b, 0))).found).toBe("UTF-16 text");
  });

  it("refuses a file in another encoding than UTF-8", async () => {
    const [before, after] = collection(feature(triangle, '{"name":"?"}')).split("?") as [
      string,
      string,
    ];
    const gbk = Uint8Array.of(0xb9, 0xf0, 0xcf, 0xaa);
    const bytes = Buffer.concat([Buffer.from(before), gbk, Buffer.from(after)]);
    expect(await problem(bytes)).toMatchObject({ code: "not_utf8", featureIndex: 0 });
  });

  it.each([
    ["null", "geometry_missing"],
    ['{"type":"MultiPolygon","coordinates":[]}', "geometry_missing"],
    ['{"type":"Point","coordinates":[107,30]}', "geometry_type"],
    ['{"type":"Polygon","coordinates":[[["a",1]]]}', "coordinates_malformed"],
    ['{"type":"Polygon","coordinates":7}', "coordinates_malformed"],
    ['{"type":"Polygon","coordinates":[[[36500000,3350000]]]}', "coordinates_out_of_range"],
    ['{"type":"Polygon","coordinates":[[[107,30],[107.1,30],[107,30]]]}', "ring_too_short"],
  ])("goes on after the geometry %s with %s", async (geometry, code) => {
    const items = await read(collection(feature(geometry), feature(triangle)));
    expect(items[0]).toMatchObject({ kind: "problem", fatal: false, problem: { code } });
    expect(items[1]).toMatchObject({ kind: "feature", featureIndex: 1 });
  });

  it("accepts the coordinate systems that are degrees already", async () => {
    for (const name of [
      "urn:ogc:def:crs:OGC:1.3:CRS84",
      "EPSG:4490",
      "urn:ogc:def:crs:EPSG::4326",
    ]) {
      const crs = JSON.stringify({ type: "name", properties: { name } });
      const text = collection(feature(triangle)).replace("{", `{"crs":${crs},`);
      expect((await read(text))[0]?.kind).toBe("feature");
    }
  });

  it("never throws on random damage", async () => {
    const bytes = new TextEncoder().encode(collection(feature(triangle), feature(triangle)));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        async (damage) => {
          const damaged = bytes.slice();
          for (const [at, value] of damage) damaged[at] = value;
          expect((await read(damaged)).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
