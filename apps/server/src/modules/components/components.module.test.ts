import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tileX, tileY } from "@onegrid/geo";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { readPoints } from "../../../../../packages/geo/test/read-points.ts";
import { importComponents } from "./index.ts";

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const { cityManagement } = MINI.departments;
const HEAD = "componentCode,name,categoryCode,ownerUnitCode,condition,lng,lat,address\n";
const row = (serial: number, over: Partial<Record<"category" | "owner" | "lng", string>> = {}) => {
  const { category = MINI.categories.streetLight, owner = cityManagement, lng = "107.05" } = over;
  const code = `50023101037${String(serial).padStart(6, "0")}`;
  return `${code},Lamp ${serial},${category},${owner},intact,${lng},30.05,South gate\n`;
};
const load = (text: string, over: { skipFaulty?: boolean; dryRun?: boolean } = {}) =>
  importComponents(app.ctx("centre"), { bytes: Buffer.from(text), dryRun: false, ...over });
const stored = async () =>
  Number((await app.owner.query("SELECT count(*) AS n FROM component")).rows[0].n);

describe("a file of components", () => {
  it("is stored whole or not at all, and every fault is named by its row", async () => {
    const bad =
      HEAD +
      row(1) +
      row(2, { category: "nothing" }) +
      row(3, { owner: "gone" }) +
      row(4, { lng: "1" }) +
      row(1) +
      row(6, { lng: "x" });
    const report = await load(bad);
    expect(report).toMatchObject({ read: 6, faulty: 5, added: 0, stored: false });
    expect(report.issues.map((issue) => [issue.row, issue.field])).toEqual([
      [2, "categoryCode"],
      [3, "ownerUnitCode"],
      [4, "location"],
      [5, "componentCode"],
      [6, "lng"],
    ]);
    expect(await stored()).toBe(0);
    expect(await load(HEAD + row(1), { dryRun: true })).toMatchObject({ added: 1, stored: false });
    expect(await stored()).toBe(0);
    expect(await load(bad, { skipFaulty: true })).toMatchObject({ added: 1, stored: true });
  });

  it("changes nothing the second time, and one version where something differs", async () => {
    const file = HEAD + row(1) + row(2) + row(3);
    expect(await load(file)).toMatchObject({ added: 2, changed: 0, unchanged: 1 });
    expect(await load(file)).toMatchObject({ added: 0, changed: 0, unchanged: 3, stored: false });
    expect(await load(file.replace("Lamp 2", "Lamp two"))).toMatchObject({ changed: 1 });
    const centre = await app.as("centre");
    const one = await centre.get("/api/v1/components/50023101037000002");
    expect(one.json()).toMatchObject({
      name: "Lamp two",
      version: 2,
      gridCode: MINI.grid1,
      ownerUnitName: "城市管理局",
      categoryName: "路灯损坏",
    });
  });

  it("may be GeoJSON in the words of the national standard", async () => {
    const features = [
      {
        type: "Feature",
        geometry: { type: "Point", coordinates: [107.15, 30.05] },
        properties: {
          GLBJBSM: "50023101037000090",
          GLBJMC: "路灯九十",
          QSDWDM: cityManagement,
          GLBJZT: "破损",
          categoryCode: MINI.categories.streetLight,
        },
      },
      { type: "Feature", geometry: null, properties: { GLBJBSM: "50023101037000091" } },
    ];
    const text = JSON.stringify({ type: "FeatureCollection", features });
    expect(await load(text, { skipFaulty: true })).toMatchObject({ read: 2, added: 1, faulty: 1 });
    const centre = await app.as("centre");
    const damaged = await centre.get("/api/v1/components?condition=damaged,missing");
    expect(damaged.json()).toMatchObject({
      components: [{ componentCode: "50023101037000090", gridCode: MINI.grid2 }],
      nextCursor: null,
    });
    expect(await load("{ not json")).toMatchObject({ stored: false, issues: [{ row: null }] });
  });
});

describe("components", () => {
  it("are listed by keyset pages and filters, for staff", async () => {
    const worker = await app.as("worker1");
    const first = (await worker.get("/api/v1/components?limit=2")).json<{
      components: { componentCode: string }[];
      nextCursor: string;
    }>();
    expect(first.components.map((c) => c.componentCode.slice(-2))).toEqual(["01", "02"]);
    const next = await worker.get(`/api/v1/components?limit=2&cursor=${first.nextCursor}`);
    expect(next.json()).toMatchObject({ components: [{ name: "Lamp 3" }, {}], nextCursor: null });
    const here = await worker.get(`/api/v1/components?grid=${MINI.grid2}`);
    expect(here.json<typeof first>().components).toHaveLength(1);
    expect((await app.anonymous.get("/api/v1/components")).statusCode).toBe(401);
  });

  it("are edited by version; the grid follows the place", async () => {
    const centre = await app.as("centre");
    const path = "/api/v1/components/50023101037000003";
    const edit = {
      baseVersion: 1,
      name: "Lamp moved",
      categoryCode: MINI.categories.streetLight,
      ownerUnitCode: null,
      condition: "damaged",
      location: { lng: 107.3, lat: 30.1 },
      address: null,
      restricted: true,
    };
    const written = await centre.put(path, edit);
    expect(written.json()).toMatchObject({ version: 2, gridCode: MINI.grid4, ownerUnitCode: null });
    expect((await centre.put(path, edit)).json()).toMatchObject({
      code: "components.version_conflict",
    });
    const litter = { ...edit, baseVersion: 2, categoryCode: MINI.categories.litter };
    expect((await centre.put(path, litter)).json()).toMatchObject({ code: "components.invalid" });
    const { rows } = await app.owner.query(
      "SELECT action FROM audit_event WHERE action LIKE 'components.%'",
    );
    expect(rows.map(({ action }) => action)).toContain("components.change");
  });

  it("are drawn in tiles: single ones by code, restricted ones for staff alone", async () => {
    const pointsAt = async (lng: number, lat: number, tiles: string) => {
      const client = tiles === "components" ? await app.as("worker1") : app.anonymous;
      const [x, y] = [Math.floor(tileX(lng, 16)), Math.floor(tileY(lat, 16))];
      const answer = await client.get(`/tiles/${tiles}/16/${x}/${y}.mvt`);
      expect([200, 204]).toContain(answer.statusCode);
      return readPoints(answer.rawPayload, "components");
    };
    expect(await pointsAt(107.3, 30.1, "components")).toMatchObject([
      { id: "50023101037000003", name: "Lamp moved", count: 1 },
    ]);
    expect(await pointsAt(107.3, 30.1, "public-components")).toEqual([]);
    expect((await app.anonymous.get("/tiles/components/16/1/1.mvt")).statusCode).toBe(401);
    expect(await pointsAt(107.05, 30.05, "public-components")).toMatchObject([{ count: 2 }]);
  });
});
