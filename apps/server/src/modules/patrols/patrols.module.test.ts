import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";

let app: TestApp;
let worker: TestClient;
let street: TestClient;
beforeAll(async () => {
  app = await testApp();
  [worker, street] = await Promise.all([app.as("worker1"), app.as("street1")]);
});
afterAll(() => app.close());

/** In grid 1. */
const HERE = { lng: 107.05, lat: 30.05 };
const TODAY = "2026-11-24";

const point = (more: Record<string, unknown> = {}) => ({
  baseVersion: 0,
  name: "菜市场消防通道",
  location: HERE,
  categoryCode: null,
  everyDays: 7,
  active: true,
  ...more,
});
const put = (body: unknown, id = newId(), as = street) =>
  as.put(`/api/v1/patrol-points/${id}`, body);
const spots = async (as = worker) => (await as.get("/api/v1/patrol-spots")).json().spots;
const look = (spot: string, lookedOn = TODAY, finding = "in_order", as = worker) =>
  as.post("/api/v1/patrol-looks", { looks: [{ spot, lookedOn, finding }] });

describe("patrol points", () => {
  it("are put on the list by a street, seen below it, changed by version and taken off", async () => {
    const id = newId();
    expect((await put(point(), id)).json()).toMatchObject({ gridCode: MINI.grid1, version: 1 });
    expect(await spots()).toMatchObject([{ spot: id, lastLookedOn: null, everyDays: 7 }]);
    expect(await spots(await app.as("worker4"))).toEqual([]);
    expect((await put(point(), id)).json()).toMatchObject({ code: "patrols.version_conflict" });
    const changed = await put(point({ baseVersion: 1, everyDays: 30 }), id);
    expect(changed.json()).toMatchObject({ version: 2, everyDays: 30 });
    await put(point({ baseVersion: 2, active: false }), id);
    expect(await spots()).toEqual([]);
  });

  it("lie within the arranger's scope, and no worker puts one there", async () => {
    const outside = await put(point({ location: { lng: 107.3, lat: 30.1 } }));
    expect(outside.json()).toMatchObject({ status: 403, code: "patrols.outside_scope" });
    expect((await put(point(), newId(), worker)).statusCode).toBe(403);
    const unknown = await put(point({ categoryCode: "NOPE" }));
    expect(unknown.json()).toMatchObject({ code: "cases.unknown_category" });
  });
});

describe("looking", () => {
  it("counts once a day however often it is sent; what was wrong stays wrong", async () => {
    const id = newId();
    await put(point(), id);
    for (const finding of ["in_order", "wrong", "in_order"]) {
      const answer = await look(id, TODAY, finding);
      expect(answer.json().results).toEqual([{ outcome: "taken", spot: id, lookedOn: TODAY }]);
    }
    expect(await spots()).toMatchObject([{ lastLookedOn: TODAY, lastFinding: "wrong" }]);
  });

  it("keeps the place and the day, and nothing that tells who walked where and when", async () => {
    const { rows } = await app.owner.query<{ column_name: string }>(
      "SELECT column_name FROM information_schema.columns WHERE table_name = 'patrol_look'",
    );
    expect(rows.map((row) => row.column_name).toSorted()).toEqual([
      "county_code",
      "finding",
      "grid_code",
      "looked_on",
      "spot",
    ]);
  });

  it("is refused for tomorrow, for long ago, and for places out of sight", async () => {
    const id = newId();
    await put(point(), id);
    for (const day of ["2026-11-25", "2026-10-01"]) {
      expect((await look(id, day)).json().results[0].problem.code).toBe("patrols.day_out_of_range");
    }
    for (const [spot, as] of [
      [newId(), worker],
      [id, await app.as("worker4")],
      [`${MINI.categories.litter}@12345`, worker],
      [`${MINI.categories.litter}@99999999999999999999`, worker],
      ["nothing", worker],
    ] as const) {
      expect((await look(spot, TODAY, "in_order", as)).json().results[0].problem.code).toBe(
        "patrols.unknown_spot",
      );
    }
  });
});

describe("a place of repeated cases", () => {
  it("comes up by itself, named by its category, and can be looked at", async () => {
    const report = () => ({
      caseId: newId(),
      categoryCode: MINI.categories.litter,
      description: "又有垃圾",
      location: { lng: 107.0801, lat: 30.0801 },
      accuracyM: 5,
      address: null,
      capturedAt: null,
      attachmentIds: [],
      selfHandledNote: null,
    });
    await worker.post("/api/v1/cases", { reports: [report(), report()] });
    const repeated = async () =>
      (await spots()).filter((spot: { kind: string }) => spot.kind === "repeated");
    expect(await repeated()).toEqual([]);
    const third = await worker.post("/api/v1/cases", { reports: [report()] });
    expect(third.json()).toMatchObject({ results: [{ outcome: "accepted" }] });
    const [found] = await repeated();
    expect(found).toMatchObject({
      name: null,
      categoryCode: MINI.categories.litter,
      repeatedCases: 3,
      lastLookedOn: null,
    });
    expect((await look(found.spot)).json().results).toMatchObject([{ outcome: "taken" }]);
    expect(await repeated()).toMatchObject([{ lastLookedOn: TODAY }]);
  });
});
