import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { checkFolds } from "../../modules/cases/index.ts";
import { systemActor, type Ctx } from "../../platform/context.ts";
import { imbalance } from "./account.ts";
import { Mapping } from "./mapping.ts";
import { replayFile } from "./replay-file.ts";
import type { RefusedRow } from "./read-rows.ts";

let app: TestApp;
let ctx: Ctx;
beforeAll(async () => {
  app = await testApp();
  const staff = app.ctx("centre");
  ctx = { ...staff, actor: systemActor(MINI.county) };
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
  agreement: { column: "street", level: 1, ignore: ["-"] },
});

const CSV = [
  "id,created,closed,lng,lat,address,words,kind,street",
  "a,2026-11-02T09:30,2026-11-02T11:00,107.05,30.05,East Road,Bags,litter,nowhere",
  "b,2026-11-03T09:30,,107.15,30.05,,Bags,litter,-",
  "c,2026-11-04T09:30,,110,40,Far away,Bags,litter,-",
  "d,2026-11-04T09:30,2026-11-01T09:30,107.05,30.05,,Bags,litter,-",
  "e,2026-11-04T09:30,,107.05,30.05,,Meteor,space,-",
  "a,2026-11-05T09:30,,107.05,30.05,,Twice,litter,-",
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
      read: 6,
      refused: 3,
      reported: 3,
      located: 2,
      outside: 1,
      closed: 1,
      stillOpen: 2,
      disagree: 1,
      silent: 2,
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
        events: 7,
      },
      expect.objectContaining({ grid_code: MINI.grid2, state: "dispatched", events: 3 }),
      expect.objectContaining({ grid_code: MINI.county, state: "dispatched", events: 3 }),
    ]);
  });

  it("changes nothing when it is run again", async () => {
    const before = await stored();
    const { account } = await replay();
    expect(account).toMatchObject({ reported: 3, repeated: 3, closed: 1 });
    expect(await stored()).toEqual(before);
    expect(await checkFolds(ctx.db, MINI.county)).toEqual([]);
  });
});
