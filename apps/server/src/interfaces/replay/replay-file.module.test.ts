import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { onTimeFromLog, onTimeOnBoard } from "../../modules/board/index.ts";
import { checkFolds } from "../../modules/cases/index.ts";
import { systemActor, type Ctx } from "../../platform/context.ts";
import { imbalance } from "./account.ts";
import { ensureCatalogue } from "./ensure-catalogue.ts";
import { Mapping } from "./mapping.ts";
import { replayFile } from "./replay-file.ts";
import type { RefusedRow } from "./read-rows.ts";

let app: TestApp;
let ctx: Ctx;
beforeAll(async () => {
  app = await testApp();
  const staff = app.ctx("centre");
  ctx = { ...staff, actor: systemActor(MINI.county) };
  await ensureCatalogue(ctx, mapping);
});
afterAll(() => app.close());

const mapping = Mapping.parse({
  county: MINI.county,
  timeZone: "Asia/Shanghai",
  id: "id",
  reportedAt: { column: "created", formats: ["local_iso"] },
  closedAt: { column: "closed", formats: ["local_iso"] },
  lng: "lng",
  lat: "lat",
  address: ["address"],
  description: ["words"],
  category: { column: "kind", rules: [{ matches: "litter", code: MINI.categories.litter }] },
  catalogue: [],
  subTasks: {
    column: "unit",
    departments: [{ unitCode: "PARKS", name: "Parks", nets: ["city_management"] }],
  },
  agreement: { column: "street", level: 1, ignore: ["-"] },
});

const CSV = [
  "id,created,closed,lng,lat,address,words,kind,street,unit",
  "a,2026-11-02T09:30,2026-11-02T11:00,107.05,30.05,East Road,Bags,litter,nowhere,PARKS",
  "b,2026-11-03T09:30,,107.15,30.05,,Bags,litter,-,",
  "c,2026-11-04T09:30,,110,40,Far away,Bags,litter,-,",
  "d,2026-11-04T09:30,2026-11-01T09:30,107.05,30.05,,Bags,litter,-,",
  "e,2026-11-04T09:30,,107.05,30.05,,Meteor,space,-,",
  "a,2026-11-05T09:30,,107.05,30.05,,Twice,litter,-,",
  // Six days: past the working day of its grid, and the three of the community after it.
  "f,2026-11-05T09:30,2026-11-12T11:00,107.05,30.05,,Long,litter,-,NOBODY",
].join("\n");

const replay = async () => {
  const refused: RefusedRow[] = [];
  const account = await replayFile(ctx, {
    csv: Readable.from([CSV]),
    mapping,
    width: 4,
    perSecond: Infinity,
    onRefused: (row) => refused.push(row),
    onProgress: () => {},
  });
  return { account, refused };
};

const stored = async () => {
  const { rows } = await app.owner.query(
    `SELECT c.grid_code, c.state, c.reported_at, c.closed_at, count(*)::int AS events
     FROM cases c JOIN case_event e USING (county_code, case_id)
     GROUP BY c.county_code, c.case_id ORDER BY c.reported_at`,
  );
  return rows as Record<string, unknown>[];
};

describe("replayFile", () => {
  it("plays each request at its own time, and its account adds up", async () => {
    const { account, refused } = await replay();
    expect(account).toMatchObject({
      read: 7,
      refused: 3,
      reported: 4,
      located: 3,
      outside: 1,
      closed: 2,
      stillOpen: 2,
      disagree: 1,
      silent: 3,
    });
    expect(imbalance(account)).toEqual([]);
    expect(refused.map((row) => [row.line, row.code]).toSorted()).toEqual([
      [5, "replay.closed_before_reported"],
      [6, "replay.unknown_category"],
      [7, "replay.id_twice"],
    ]);
    expect(await stored()).toEqual([
      {
        grid_code: MINI.grid1,
        state: "closed",
        reported_at: new Date("2026-11-02T01:30:00Z"),
        closed_at: new Date("2026-11-02T03:00:00Z"),
        // Three of its sub-task among them.
        events: 10,
      },
      expect.objectContaining({ grid_code: MINI.grid2, state: "dispatched", events: 3 }),
      expect.objectContaining({ grid_code: MINI.county, state: "dispatched", events: 3 }),
      expect.objectContaining({ grid_code: MINI.grid1, state: "closed", events: 10 }),
    ]);
  });

  it("lets what took too long go up by its clocks, at the moment when they ran out", async () => {
    const { rows } = await app.owner.query(
      `SELECT e.kind, e.occurred_at, e.data->>'tier' AS tier FROM case_event e
       JOIN cases c USING (county_code, case_id) WHERE c.description = 'Long'
         AND e.kind IN ('sign', 'escalate') ORDER BY e.seq`,
    );
    expect(rows).toEqual([
      { kind: "sign", occurred_at: new Date("2026-11-05T01:30:00Z"), tier: null },
      { kind: "escalate", occurred_at: new Date("2026-11-06T01:30:00Z"), tier: "level2" },
      { kind: "escalate", occurred_at: new Date("2026-11-11T01:30:00Z"), tier: "level1" },
      { kind: "sign", occurred_at: new Date("2026-11-12T03:00:00Z"), tier: null },
    ]);
  });

  it("comes to the same rate on time from the events as on the board", async () => {
    const fromLog = await onTimeFromLog(ctx);
    expect(fromLog).toMatchObject({ due: 4, onTime: 1 });
    expect(await onTimeOnBoard(ctx, fromLog)).toEqual({ due: 4, onTime: 1 });
  });

  it("changes nothing when it is run again", async () => {
    const before = await stored();
    const { account } = await replay();
    expect(account).toMatchObject({ reported: 4, repeated: 4, closed: 2 });
    expect(await stored()).toEqual(before);
    expect(await checkFolds(ctx.db, MINI.county)).toEqual([]);
  });
});
