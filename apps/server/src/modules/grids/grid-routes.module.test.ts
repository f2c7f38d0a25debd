import type { Grid, Problem, Responsible } from "@onegrid/contract";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI, OTHER } from "../../../test/support/mini-county.ts";

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const list = async (url: string) => (await app.anonymous.get(url)).json<{ grids: Grid[] }>().grids;
const locate = async (lng: number, lat: number) =>
  (await app.anonymous.get(`/api/v1/locate?lng=${lng}&lat=${lat}`)).json<Responsible>();

describe("grid endpoints", () => {
  it("walk down the tree from the county", async () => {
    const streets = await list("/api/v1/grids");
    expect(streets.map((grid) => grid.gridCode)).toEqual([MINI.street1, MINI.street2]);
    expect(streets[0]).toMatchObject({ level: 1, parentCode: MINI.county, childCount: 2 });
    const grids = await list(`/api/v1/grids?parent=${MINI.community1}`);
    expect(grids.map((grid) => grid.path)).toEqual([
      ["桂溪街道", "南门社区", "南门第一网格"],
      ["桂溪街道", "南门社区", "南门第二网格"],
    ]);
  });

  it("know one grid and no other county's", async () => {
    const answer = await app.anonymous.get(`/api/v1/grids/${MINI.grid1}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ gridCode: MINI.grid1, level: 3, childCount: 0 });
    for (const code of [OTHER.grid, "500231009"]) {
      const refused = await app.anonymous.get(`/api/v1/grids/${code}`);
      expect(refused.statusCode).toBe(404);
      expect(refused.json<Problem>().code).toBe("grids.not_found");
    }
    const none = await app.anonymous.get(`/api/v1/grids?parent=${OTHER.county}`);
    expect(none.json<Problem>().code).toBe("grids.not_found");
  });

  it("say who serves at a point, smallest grid first, names only", async () => {
    const { grid, chain } = await locate(107.05, 30.05);
    expect(grid?.gridCode).toBe(MINI.grid1);
    expect(chain.map((link) => link.gridCode)).toEqual([
      MINI.grid1,
      MINI.community1,
      MINI.street1,
      MINI.county,
    ]);
    const { rows } = await app.owner.query<{ role: string; name: string }>(
      "SELECT role, name FROM account WHERE scope_code = $1 AND role IN ('head', 'worker')",
      [MINI.grid1],
    );
    expect(chain[0]).toMatchObject({
      head: rows.find(({ role }) => role === "head")?.name,
      workers: rows.filter(({ role }) => role === "worker").map(({ name }) => name),
    });
    expect(chain[0]?.dutyPhone).toMatch(/^\d/);
  });

  it("lead to the county's centre outside of every street", async () => {
    const { grid, chain } = await locate(100, 20);
    expect(grid).toBeNull();
    expect(chain.map((link) => link.gridCode)).toEqual([MINI.county]);
  });

  it("give a point on a shared corner to the lowest code", async () => {
    expect((await locate(107.1, 30.1)).grid?.gridCode).toBe(MINI.grid1);
    expect((await locate(107.2, 30.1)).grid?.gridCode).toBe(MINI.grid2);
  });
});

describe("grid tiles", () => {
  // Zoom 10 around 107.2 E, 30.1 N.
  const TILE = "/tiles/grids/10/816/422.mvt";

  it("are gzipped, and 304 while nothing changed", async () => {
    const first = await app.anonymous.call("GET", TILE, undefined, { "accept-encoding": "gzip" });
    expect(first.statusCode).toBe(200);
    expect(first.headers).toMatchObject({
      "content-type": "application/vnd.mapbox-vector-tile",
      "content-encoding": "gzip",
    });
    const etag = String(first.headers.etag);
    const again = await app.anonymous.call("GET", TILE, undefined, { "if-none-match": etag });
    expect(again.statusCode).toBe(304);
    expect(again.rawPayload).toHaveLength(0);
    const plain = await app.anonymous.get(TILE);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.rawPayload.toString("utf8")).toContain("桂溪街道");
  });

  it("are another county's under its own host, and empty where nothing lies", async () => {
    const other = await app.anonymous.call("GET", TILE, undefined, { host: OTHER.host });
    expect(other.statusCode).toBe(204);
    expect((await app.anonymous.get("/tiles/grids/10/0/0.mvt")).statusCode).toBe(204);
  });

  it("exist only inside the pyramid, whatever is asked", async () => {
    const part = fc.oneof(fc.integer({ min: -5, max: 2_000_000_000 }).map(String), fc.webSegment());
    await fc.assert(
      fc.asyncProperty(part, part, part, async (z, x, y) => {
        const { statusCode } = await app.anonymous.get(`/tiles/grids/${z}/${x}/${y}.mvt`);
        expect([200, 204, 400, 404]).toContain(statusCode);
      }),
    );
    const outside = await app.anonymous.get("/tiles/grids/3/8/0.mvt");
    expect(outside.json<Problem>().code).toBe("tiles.no_such_tile");
  });
});
