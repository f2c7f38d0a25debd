import type { GridChange, Organisation, OutlinedGrid, Post } from "@onegrid/contract";
import { mergeAreas, type Area } from "@onegrid/geo/edit";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MINI } from "../../../test/support/mini-county.ts";
import { checkFolds, getCase, reopenAsResident, reportAsResident } from "../cases/index.ts";
import { aCommand, actOne, aReport } from "../cases/test/case-world.ts";
import { changeWorld } from "./test/change-world.ts";

let world: Awaited<ReturnType<typeof changeWorld>>;
const CHANGE = newId();
const PERSON = newId();
const CLOSED = newId();
let receiptCode = "";
const [NEW_CODE, DAY, BEFORE] = [`${MINI.community1}003`, "2026-12-07", "2026-12-06"];

const post = (postCode: string, gridCode: string) =>
  world.street.post("/api/v1/posts", {
    postCode,
    templateCode: "L3W",
    gridCode,
    dutyPhone: "023-74510002",
    serviceHours: "9:00–18:00",
    openedOn: "2026-01-01",
  });
const row = (register: string, code: string, values: object) =>
  world.street.put(`/api/v1/registers/${register}/${code}`, {
    baseVersion: 0,
    values: { name: code, gridCode: MINI.grid2, ...values },
  });
const branch = (code: string, base: string, baseCode: string) =>
  world.street.post(`/api/v1/organisations/${code}/facts`, {
    baseSeq: 0,
    fact: {
      kind: "found",
      effectiveOn: "2024-01-01",
      data: {
        level: base === "grid" ? "grid_branch" : "party_group",
        base,
        baseCode,
        gridCode: MINI.grid2,
        parentCode: null,
        name: code,
        termYears: null,
      },
    },
  });
const postsOn = async (on: string) =>
  (await world.street.get(`/api/v1/posts?on=${on}`)).json<{ posts: Post[] }>().posts;
const organisationsOn = async (on: string) =>
  (await world.street.get(`/api/v1/organisations?on=${on}`)).json<{
    organisations: Organisation[];
  }>().organisations;

beforeAll(async () => {
  world = await changeWorld();
  const { app } = world;
  await app.owner.query(
    `INSERT INTO post_template (county_code, template_code, name, grid_level, account_role, rank)
     VALUES ($1, 'L3W', '网格员', 3, 'worker', 6)`,
    [MINI.county],
  );
  await app.owner.query(
    `INSERT INTO duty_list (county_code, template_code, version, duties, published_at, sample)
     VALUES ($1, 'L3W', 1, '{巡查走访}', '2026-01-01', true)`,
    [MINI.county],
  );
  const answers = [
    await post("W-1", MINI.grid2),
    await post("W-2", MINI.grid2),
    await world.street.post("/api/v1/people", {
      personId: PERSON,
      name: "钱二",
      gridCode: MINI.grid2,
      phone: null,
      idNumber: null,
      login: "worker2",
    }),
    await world.street.post("/api/v1/appointments", {
      appointmentId: newId(),
      postCode: "W-1",
      personId: PERSON,
      beginsOn: "2026-11-24",
    }),
    // Grid 2 is the east of community 1: it becomes a north, which keeps nothing, and a south.
    await row("estates", "NORTH", { lng: 107.15, lat: 30.08, households: 300 }),
    await row("estates", "SOUTH", { lng: 107.15, lat: 30.02, households: 100 }),
    await row("estates", "SOMEWHERE", {}),
    await row("buildings", "N-1", { estateCode: "NORTH" }),
    await branch("ZB-2", "grid", MINI.grid2),
    await branch("DXZ-N", "estate", "NORTH"),
    await branch("DXZ-S", "estate", "SOUTH"),
  ];
  const refused = answers.find(({ statusCode }) => statusCode >= 400);
  if (refused !== undefined) throw new Error(refused.body);
  const report = { ...aReport({ caseId: CLOSED, location: { lng: 107.15, lat: 30.08 } }) };
  const { capturedAt: _now, selfHandledNote: _none, ...sent } = report;
  const receipt = await reportAsResident(app.ctx("worker2"), new Uint8Array(32), {
    ...sent,
    contact: null,
  } as never);
  receiptCode = receipt.receiptCode;
});
afterAll(() => world.app.close());

/** From the desk that files it to the one that closes it. */
const closeCase = async () => {
  const { app } = world;
  const steps = [
    ["street1", "file"],
    ["worker2", "sign"],
    ["worker2", "feed_back"],
    ["head-community1", "verify"],
    ["street1", "close"],
  ] as const;
  for (const [who, action] of steps) {
    const { version } = await getCase(app.ctx("centre"), CLOSED);
    const done = await actOne(app.ctx(who), aCommand(CLOSED, action, version));
    expect(done).toMatchObject({ outcome: "applied" });
  }
};

/** Community 1 in a north and a south; the north is a grid of its own, the south goes on as grid 1. */
const northAndSouth = (grids: OutlinedGrid[]) => {
  const whole = mergeAreas(
    grids.map(({ outline }) => outline as Area),
    1,
  );
  if ("refused" in whole) throw new Error(whole.refused);
  const box = (south: number, north: number): Area => [
    [
      [
        [107, south],
        [107.2, south],
        [107.2, north],
        [107, north],
        [107, south],
      ],
    ],
  ];
  return {
    replaces: grids.map(({ gridCode, version }) => ({ gridCode, version })),
    grids: [
      { gridCode: MINI.grid1, name: "南门南网格", outline: box(30, 30.06) },
      { gridCode: null, name: "南门北网格", outline: box(30.06, 30.1) },
    ],
    effectiveOn: DAY,
  };
};

describe("what is tied to grids that change", () => {
  it("has a place to go by rule, and another where the writer says so", async () => {
    const drawn = northAndSouth(await world.outlines());
    const draft = (await world.put(CHANGE, drawn)).json<GridChange>();
    const ways = (change: GridChange) =>
      Object.fromEntries(change.ties.map(({ code, way, to }) => [code, [way, to]]));
    expect(ways(draft)).toMatchObject({
      NORTH: ["place", 1],
      SOUTH: ["place", 0],
      SOMEWHERE: ["middle", 0],
      "N-1": ["along", 1],
      "ZB-2": ["middle", 0],
      "DXZ-N": ["along", 1],
      "W-1": ["middle", 0],
      "W-2": ["middle", 0],
    });
    // The account of whoever holds a post follows the post.
    expect(draft.ties.some(({ code }) => code === "worker2")).toBe(false);
    const moves = [
      { kind: "post", code: "W-1", to: 1 },
      { kind: "post", code: "W-2", to: null },
      { kind: "organisation", code: "ZB-2", to: 1 },
    ];
    const ends = [{ kind: "estate", code: "NORTH", to: null }];
    expect(await world.codeOf(world.put(CHANGE, { ...drawn, baseVersion: 1, moves: ends }))).toBe(
      "grid_changes.moves_do_not_match",
    );
    const chosen = await world.put(CHANGE, { ...drawn, baseVersion: 1, moves });
    expect(ways(chosen.json<GridChange>())).toMatchObject({
      "W-1": ["chosen", 1],
      "W-2": ["ends", null],
      "ZB-2": ["chosen", 1],
    });
  });

  it("shows where estates and work lie, so that it can be divided evenly", async () => {
    const url = `/api/v1/grids/${MINI.community1}/work-places`;
    expect((await world.community.get(url)).json()).toEqual({
      open: [{ lng: 107.15, lat: 30.08 }],
      ended: [],
      estates: [
        { lng: 107.15, lat: 30.08, households: 300 },
        { lng: 107.15, lat: 30.02, households: 100 },
      ],
    });
  });

  it("goes there on the day of the change, and past days keep what they had", async () => {
    const { app } = world;
    await world.decide(world.community, CHANGE, 2, "propose");
    await world.publish(CHANGE, { baseVersion: 3 });
    await world.pass("2026-12-02");
    await world.decide(world.streetHead, CHANGE, 4, "approve");
    await closeCase();
    await world.pass(DAY);
    await world.effect(CHANGE);
    const { rows: places } = await app.owner.query(
      `SELECT code, grid_code, version FROM estate UNION ALL
       SELECT code, grid_code, version FROM building ORDER BY code`,
    );
    expect(places).toEqual([
      { code: "N-1", grid_code: NEW_CODE, version: 2 },
      { code: "NORTH", grid_code: NEW_CODE, version: 2 },
      { code: "SOMEWHERE", grid_code: MINI.grid1, version: 2 },
      { code: "SOUTH", grid_code: MINI.grid1, version: 2 },
    ]);
    const of = async (on: string) =>
      (await organisationsOn(on)).map(({ code, gridCode }) => [code, gridCode]);
    expect(await of(BEFORE)).toEqual([
      ["DXZ-N", MINI.grid2],
      ["DXZ-S", MINI.grid2],
      ["ZB-2", MINI.grid2],
    ]);
    expect(await of(DAY)).toEqual([
      ["DXZ-N", NEW_CODE],
      ["DXZ-S", MINI.grid1],
      ["ZB-2", NEW_CODE],
    ]);
    const holders = async (on: string) =>
      (await postsOn(on)).map(({ postCode, gridCode, holder, dutyPhone }) => [
        postCode,
        gridCode,
        holder?.name ?? null,
        dutyPhone,
      ]);
    expect(await holders(BEFORE)).toEqual([
      ["W-1", MINI.grid2, "钱二", "023-74510002"],
      ["W-2", MINI.grid2, null, "023-74510002"],
    ]);
    expect(await holders(DAY)).toEqual([[`${NEW_CODE}-L3W`, NEW_CODE, "钱二", "023-74510002"]]);
    const { rows } = await app.owner.query(
      "SELECT scope_code FROM account WHERE login = 'worker2'",
    );
    expect(rows).toEqual([{ scope_code: NEW_CODE }]);
  });

  it("a closed case that is opened again lies in the grid of today", async () => {
    const { app } = world;
    const look = () => getCase(app.ctx("centre"), CLOSED);
    expect(await look()).toMatchObject({ state: "closed", gridCode: MINI.grid2 });
    await reopenAsResident(app.ctx("worker1"), {
      receiptCode,
      commandId: newId(),
      reason: "not_done",
      note: null,
    });
    expect(await look()).toMatchObject({ state: "filed", gridCode: NEW_CODE });
    const { rows } = await app.owner.query(
      "SELECT kind FROM case_event WHERE case_id = $1 ORDER BY seq DESC LIMIT 2",
      [CLOSED],
    );
    expect(rows).toEqual([{ kind: "relocate" }, { kind: "reopen" }]);
    expect(await checkFolds(app.services.database.db, MINI.county)).toEqual([]);
  });
});
