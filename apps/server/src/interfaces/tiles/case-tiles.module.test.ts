import type { CaseListItem } from "@onegrid/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { readPoints } from "../../../../../packages/geo/test/read-points.ts";

let app: TestApp;
const statements: string[] = [];
let ids: string[];

/** Zoom 10 squares that hold street 1 and street 2 of the mini county. */
const WEST = "/tiles/cases/10/816/422.mvt";
const EAST = "/tiles/cases/10/817/422.mvt";

const places = [
  { lng: 107.02, lat: 30.02 },
  { lng: 107.021, lat: 30.0201 },
  { lng: 107.15, lat: 30.05 },
  { lng: 107.3, lat: 30.05 },
];

beforeAll(async () => {
  app = await testApp({ onStatement: (text) => statements.push(text) });
  const worker = await app.as("worker1");
  ids = places.map(() => uuidv7());
  const answer = await worker.post("/api/v1/cases", {
    reports: places.map((location, n) => ({
      caseId: ids[n],
      categoryCode: n === 2 ? MINI.categories.illegalShed : MINI.categories.litter,
      description: "seen on the street",
      location,
      accuracyM: null,
      address: null,
      capturedAt: null,
      attachmentIds: [],
      selfHandledNote: null,
    })),
  });
  const { results } = answer.json<{ results: { outcome: string }[] }>();
  if (results.some(({ outcome }) => outcome !== "accepted")) throw new Error(answer.body);
});
afterAll(() => app.close());

type Point = { count: number; id?: string; [name: string]: unknown };

const pointsOf = (body: Buffer) => readPoints(body, "cases") as Point[];

const tile = async (client: TestClient, url: string): Promise<Point[]> => {
  const answer = await client.get(url);
  expect([200, 204]).toContain(answer.statusCode);
  return pointsOf(answer.rawPayload);
};
const total = (points: Point[]) => points.reduce((sum, { count }) => sum + count, 0);

describe("tiles of cases", () => {
  test("count every case of the list, and name those that stand alone", async () => {
    const centre = await app.as("centre");
    const points = [...(await tile(centre, WEST)), ...(await tile(centre, EAST))];
    expect(total(points)).toBe(4);
    expect(points.filter(({ count }) => count === 2)).toHaveLength(1);
    const alone = points.filter(({ id }) => id !== undefined);
    expect(alone.map(({ id }) => id).toSorted()).toEqual(ids.slice(2).toSorted());
    expect(alone.find(({ id }) => id === ids[2])).toMatchObject({
      net: "illegal_construction",
      light: "green",
    });
  });

  test("know the filters of the list, a square of the map among them", async () => {
    const centre = await app.as("centre");
    expect(total(await tile(centre, `${WEST}?net=illegal_construction`))).toBe(1);
    expect(total(await tile(centre, `${WEST}?grid=${MINI.grid2}`))).toBe(1);
    expect(total(await tile(centre, `${WEST}?open=false`))).toBe(0);
    const list = await centre.get("/api/v1/cases?tile=10/817/422");
    expect(list.json<{ cases: CaseListItem[] }>().cases.map((c) => c.caseId)).toEqual([ids[3]]);
    const nowhere = await centre.get("/api/v1/cases?tile=3/9/1");
    expect(nowhere.json<{ cases: CaseListItem[] }>().cases).toEqual([]);
  });

  test("show each account its own scope", async () => {
    expect(total(await tile(await app.as("street1"), WEST))).toBe(3);
    expect(total(await tile(await app.as("street1"), EAST))).toBe(0);
    expect(total(await tile(await app.as("street2"), EAST))).toBe(1);
    expect(total(await tile(await app.as("city-management"), WEST))).toBe(0);
  });

  test("are private, refused to strangers, and answer for bad addresses and filters", async () => {
    const centre = await app.as("centre");
    const answer = await centre.get(WEST);
    expect(answer.headers["cache-control"]).toBe("private, no-cache");
    expect((await app.anonymous.get(WEST)).statusCode).toBe(401);
    expect((await centre.get("/tiles/cases/3/9/1.mvt")).statusCode).toBe(404);
    expect((await centre.get(`${WEST}?state=lost`)).statusCode).toBe(422);
    expect((await centre.get(`${WEST}?colour=red`)).statusCode).toBe(422);
  });

  test("cost nothing while nothing changes, and are new after a change", async () => {
    const street = await app.as("street1");
    const first = await street.get(WEST);
    statements.length = 0;
    const headers = { "if-none-match": String(first.headers.etag) };
    const again = await street.call("GET", WEST, undefined, headers);
    expect(again.statusCode).toBe(304);
    expect(statements.filter((text) => text.includes("tile_key"))).toEqual([]);
    const worker = await app.as("worker1");
    await worker.post("/api/v1/cases", {
      reports: [
        {
          caseId: uuidv7(),
          categoryCode: MINI.categories.litter,
          description: "one more",
          location: { lng: 107.05, lat: 30.08 },
          accuracyM: null,
          address: null,
          capturedAt: null,
          attachmentIds: [],
          selfHandledNote: null,
        },
      ],
    });
    await expect.poll(async () => total(await tile(street, WEST))).toBe(4);
  });
});

describe("tiles of public cases", () => {
  const PUBLIC = WEST.replace("/cases/", "/public-cases/");

  test("show accepted cases with public facts alone", async () => {
    const resident = {
      caseId: uuidv7(),
      categoryCode: MINI.categories.litter,
      description: "my neighbour, name and number",
      location: { lng: 107.19, lat: 30.01 },
      accuracyM: null,
      address: null,
      attachmentIds: [],
      contact: "13800000000",
      contactConsent: "2026-11-24",
    };
    expect((await app.anonymous.post("/api/v1/public/cases", resident)).statusCode).toBe(201);
    const answer = await app.anonymous.get(PUBLIC);
    expect(answer.headers["cache-control"]).toBe("public, max-age=30");
    const points = pointsOf(answer.rawPayload);
    // Four of the workers' lie in this square; what a resident reported is not accepted yet.
    expect(total(points)).toBe(4);
    const alone = points.filter(({ id }) => id !== undefined);
    expect(alone.length).toBeGreaterThan(0);
    for (const point of alone) {
      expect(Object.keys(point).toSorted()).toEqual(
        [
          "categoryName",
          "count",
          "gridName",
          "id",
          "net",
          "number",
          "reportedAt",
          "state",
        ].toSorted(),
      );
    }
    expect((await app.anonymous.get(`${PUBLIC}?open=true`)).statusCode).toBe(422);
  });
});
