import type { Grid, GridChange, OutlinedGrid, Problem } from "@onegrid/contract";
import { foldCase, type CaseEvent } from "@onegrid/domain";
import { splitByLine, mergeAreas, type Area } from "@onegrid/geo/edit";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { checkFolds } from "../cases/index.ts";
import { aReport, reportOne } from "../cases/test/case-world.ts";
import { takeEffect } from "./index.ts";

let app: TestApp;
let community: TestClient;
let street: TestClient;
const at = { west: { lng: 107.02, lat: 30.05 }, east: { lng: 107.08, lat: 30.05 } };
/** Reported before anything changes: open in the west and the east of grid 1, one closed. */
const CASES = { west: newId(), east: newId(), closed: newId() };
const COUNT = "SELECT grid_code, grid_version, holder_code FROM cases WHERE case_id = $1";

const report = async (caseId: string, location: { lng: number; lat: number }) => {
  const answer = await reportOne(app.ctx("worker1"), aReport({ caseId, location }));
  expect(answer).toMatchObject({ outcome: "accepted" });
};

beforeAll(async () => {
  app = await testApp();
  community = await app.as("head-community1");
  street = await app.as("street1");
  await report(CASES.west, at.west);
  await report(CASES.east, at.east);
  await report(CASES.closed, at.east);
});
afterAll(() => app.close());

const outlines = async (on?: string) =>
  (
    await community.get(`/api/v1/grid-outlines?parent=${MINI.community1}${on ? `&on=${on}` : ""}`)
  ).json<{ grids: OutlinedGrid[] }>().grids;

const put = async (changeId: string, body: object, client = community) =>
  client.put(`/api/v1/grid-changes/${changeId}`, {
    baseVersion: 0,
    parentCode: MINI.community1,
    effectiveOn: "2026-11-24",
    note: "网格过大，分为两个",
    ...body,
  });
const decide = (
  client: TestClient,
  changeId: string,
  baseVersion: number,
  action: string,
  note?: string,
) =>
  client.post(`/api/v1/grid-changes/${changeId}/decision`, {
    baseVersion,
    action,
    ...(note && { note }),
  });
const codeOf = async (answer: Promise<{ json<T>(): T }>) => (await answer).json<Problem>().code;
const effect = (changeId: string) =>
  takeEffect(
    {
      config: app.config,
      database: app.services.database,
      clock: app.clock,
      jobs: app.services.jobs,
    },
    { countyCode: MINI.county, changeId },
  );
const caseRow = async (caseId: string) => (await app.owner.query(COUNT, [caseId])).rows[0];

/** Grid 1 in two: the larger west keeps its code. */
const halves = async () => {
  const [grid1] = await outlines();
  const split = splitByLine(grid1?.outline as Area, [
    [107.06, 29],
    [107.06, 31],
  ]);
  if (grid1 === undefined || "refused" in split) throw new Error("cannot be split");
  const [west, east] = split.pieces;
  return {
    replaces: [{ gridCode: grid1.gridCode, version: grid1.version }],
    grids: [
      { gridCode: grid1.gridCode, name: "南门第一网格", outline: west },
      { gridCode: null, name: "南门第三网格", outline: east },
    ],
  };
};
const SPLIT = newId();
const NEW_CODE = `${MINI.community1}003`;

describe("a change of grids", () => {
  it("is written by who arranges the community, on the grids as they are", async () => {
    const drawn = await halves();
    expect(await codeOf(put(SPLIT, drawn, await app.as("street2")))).toBe(
      "grid_changes.outside_scope",
    );
    expect((await put(SPLIT, drawn, await app.as("worker1"))).statusCode).toBe(403);
    const stale = { ...drawn, replaces: [{ gridCode: MINI.grid1, version: 7 }] };
    expect(await codeOf(put(SPLIT, stale))).toBe("grid_changes.outdated");
    const foreign = { ...drawn, replaces: [] };
    expect(await codeOf(put(SPLIT, foreign))).toBe("grid_changes.codes_do_not_match");
    const draft = (await put(SPLIT, drawn)).json<GridChange>();
    expect(draft).toMatchObject({ state: "draft", version: 1, findings: [], openCases: 3 });
    expect(draft.actions).toEqual(["propose", "withdraw"]);
    expect(draft.ties.map(({ kind, vanishing }) => [kind, vanishing])).toEqual([
      ["account", false],
      ["account", false],
    ]);
    expect(await codeOf(put(SPLIT, drawn))).toBe("grid_changes.version_conflict");
  });

  it("that leaves a gap or overlaps can be drawn, not proposed", async () => {
    const drawn = await halves();
    const gappy = newId();
    const draft = (
      await put(gappy, { ...drawn, grids: drawn.grids.slice(0, 1) })
    ).json<GridChange>();
    expect(draft.findings).toMatchObject([{ kind: "gap" }]);
    expect(draft.findings[0]?.areaM2).toBeGreaterThan(1e6);
    expect(await codeOf(decide(community, gappy, 1, "propose"))).toBe("grid_changes.does_not_fit");
    expect((await decide(community, gappy, 1, "withdraw")).json()).toMatchObject({
      state: "withdrawn",
    });
  });

  it("is approved by the street and by another person", async () => {
    expect((await decide(community, SPLIT, 1, "propose")).json()).toMatchObject({
      state: "proposed",
    });
    expect(await codeOf(decide(community, SPLIT, 2, "approve"))).toBe("grid_changes.not_in_charge");
    expect((await decide(await app.as("street2"), SPLIT, 2, "approve")).statusCode).toBe(404);
    await app.owner.query("UPDATE grid_change SET written_by = $1 WHERE change_id = $2", [
      app.ctx("street1").actor.accountId,
      SPLIT,
    ]);
    expect(await codeOf(decide(street, SPLIT, 2, "approve"))).toBe("grid_changes.four_eyes");
    const approved = await decide(await app.as("head-street1"), SPLIT, 2, "approve");
    expect(approved.json()).toMatchObject({ state: "approved", version: 3 });
  });

  it("takes effect in one go: versions, open cases, and what closed stays", async () => {
    const closed = await app.owner.query(
      "UPDATE cases SET state = 'closed', closed_at = now(), holder_code = NULL WHERE case_id = $1",
      [CASES.closed],
    );
    expect(closed.rowCount).toBe(1);
    await effect(SPLIT);
    expect((await community.get(`/api/v1/grid-changes/${SPLIT}`)).json()).toMatchObject({
      state: "in_effect",
      actions: [],
    });
    expect(
      (await outlines()).map(({ gridCode, version, openCases }) => [gridCode, version, openCases]),
    ).toEqual([
      [MINI.grid1, 2, 1],
      [MINI.grid2, 1, 0],
      [NEW_CODE, 1, 1],
    ]);
    expect(await caseRow(CASES.west)).toEqual({
      grid_code: MINI.grid1,
      grid_version: 2,
      holder_code: MINI.grid1,
    });
    expect(await caseRow(CASES.east)).toEqual({
      grid_code: NEW_CODE,
      grid_version: 1,
      holder_code: NEW_CODE,
    });
    expect(await caseRow(CASES.closed)).toMatchObject({ grid_code: MINI.grid1, grid_version: 1 });
    const log = await app.owner.query("SELECT * FROM case_event WHERE case_id = $1 ORDER BY seq", [
      CASES.east,
    ]);
    expect(log.rows.at(-1)).toMatchObject({
      kind: "relocate",
      actor_role: "system",
      data: { gridCode: NEW_CODE, gridVersion: 1 },
    });
    const located = await app.anonymous.get(`/api/v1/locate?lng=${at.east.lng}&lat=${at.east.lat}`);
    expect(located.json()).toMatchObject({ grid: { gridCode: NEW_CODE } });
    const words = await app.owner.query("SELECT grid_code FROM case_words WHERE case_id = $1", [
      CASES.east,
    ]);
    expect(words.rows).toEqual([{ grid_code: NEW_CODE }]);
  });

  it("moves what came in meanwhile at the second look, and nothing twice", async () => {
    const late = newId();
    await report(late, at.east);
    await app.owner.query(
      "UPDATE cases SET grid_code = $1, grid_version = 1, holder_code = $1 WHERE case_id = $2",
      [MINI.grid1, late],
    );
    await app.owner.query(
      `UPDATE case_event SET data = data || jsonb_build_object('gridCode', $1::text, 'holderCode', $1::text)
       WHERE case_id = $2`,
      [MINI.grid1, late],
    );
    const events = () => app.owner.query("SELECT count(*)::integer AS n FROM case_event");
    const before = (await events()).rows[0].n;
    await effect(SPLIT);
    expect((await caseRow(late)).grid_code).toBe(NEW_CODE);
    expect((await events()).rows[0].n).toBe(before + 1);
  });

  it("is refused while something stands on a grid that goes away, and merges when nothing does", async () => {
    const grids = await outlines();
    const pair = grids.filter(({ gridCode }) => gridCode !== MINI.grid1);
    const merged = mergeAreas(
      pair.map(({ outline }) => outline as Area),
      1,
    );
    if ("refused" in merged) throw new Error(merged.refused);
    const change = newId();
    await put(change, {
      replaces: pair.map(({ gridCode, version }) => ({ gridCode, version })),
      grids: [{ gridCode: NEW_CODE, name: "南门东网格", outline: merged.area }],
    });
    await decide(community, change, 1, "propose");
    const refused = (await decide(street, change, 2, "approve")).json<Problem>();
    expect(refused).toMatchObject({ code: "grid_changes.to_decide", params: { count: 1 } });
    expect(refused.params?.["ties"]).toMatchObject([{ kind: "account", gridCode: MINI.grid2 }]);
    await app.owner.query("UPDATE account SET scope_code = $1 WHERE login = 'worker2'", [NEW_CODE]);
    expect((await decide(street, change, 2, "approve")).json()).toMatchObject({
      state: "approved",
    });
    await effect(change);
    expect((await outlines()).map(({ gridCode, name }) => [gridCode, name])).toEqual([
      [MINI.grid1, "南门第一网格"],
      [NEW_CODE, "南门东网格"],
    ]);
  });

  it("whose grids were changed by others meanwhile is overtaken on its day", async () => {
    const change = newId();
    const grids = (await outlines()).map(({ gridCode, name, outline }) => ({
      gridCode,
      name: `${name}甲`,
      outline,
    }));
    const replaces = (await outlines()).map(({ gridCode, version }) => ({ gridCode, version }));
    await put(change, { replaces, grids, effectiveOn: "2026-11-26" });
    await decide(community, change, 1, "propose");
    await decide(street, change, 2, "approve");
    await effect(change);
    const state = async () =>
      (await street.get(`/api/v1/grid-changes/${change}`)).json<GridChange>().state;
    // Its day has not come.
    expect(await state()).toBe("approved");
    await app.owner.query(
      "UPDATE grid_change SET replaces = jsonb_set(replaces, '{0,version}', '1') WHERE change_id = $1",
      [change],
    );
    app.clock.set(new Date("2026-11-26T02:00:00Z"));
    [community, street] = [await app.as("head-community1"), await app.as("street1")];
    await effect(change);
    expect(await state()).toBe("overtaken");
  });

  it("leaves a log that folds to every row", async () => {
    const differences = await checkFolds(app.services.database.db, MINI.county);
    // The test closed this one by hand, past its log.
    expect(differences.map(({ caseId }) => caseId)).toEqual([CASES.closed]);
    const { rows } = await app.owner.query(
      "SELECT * FROM case_event WHERE case_id = $1 ORDER BY seq",
      [CASES.east],
    );
    const log = rows.map((row) => ({
      caseId: row.case_id,
      seq: row.seq,
      kind: row.kind,
      occurredAt: row.occurred_at,
      actorRole: row.actor_role,
      actorAccountId: row.actor_account_id,
      data: row.data,
    })) as CaseEvent[];
    expect(foldCase(log)).toMatchObject({ gridCode: NEW_CODE });
  });

  it("time travel: lists, outlines and tiles of a past day are those of that day", async () => {
    const list = async (on: string) =>
      (await app.anonymous.get(`/api/v1/grids?parent=${MINI.community1}${on}`))
        .json<{ grids: Grid[] }>()
        .grids.map(({ name }) => name);
    expect(await list("&on=2026-11-23")).toEqual(["南门第一网格", "南门第二网格"]);
    expect(await list("")).toEqual(["南门第一网格", "南门东网格"]);
    expect((await app.anonymous.get(`/api/v1/grids/${MINI.grid2}?on=2026-11-23`)).statusCode).toBe(
      200,
    );
    expect((await app.anonymous.get(`/api/v1/grids/${MINI.grid2}`)).statusCode).toBe(404);
    expect((await app.anonymous.get("/api/v1/grids?on=2025-12-31")).json()).toMatchObject({
      grids: [],
    });
    const past = await outlines("2026-11-23");
    expect(past.map(({ gridCode, openCases }) => [gridCode, openCases])).toEqual([
      [MINI.grid1, null],
      [MINI.grid2, null],
    ]);
    const tile = async (on: string) =>
      (await app.anonymous.get(`/tiles/grids/10/816/422.mvt${on}`)).headers["etag"];
    expect(await tile("?on=2026-11-23")).not.toBe(await tile(""));
    expect(await tile("?on=2026-11-26")).toBe(await tile(""));
  });
});
