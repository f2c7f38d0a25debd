import type { Grid, GridChange } from "@onegrid/contract";
import { foldCase, type CaseEvent } from "@onegrid/domain";
import { mergeAreas, type Area } from "@onegrid/geo/edit";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MINI } from "../../../test/support/mini-county.ts";
import { checkFolds } from "../cases/index.ts";
import { aReport, reportOne } from "../cases/test/case-world.ts";
import { changeWorld } from "./test/change-world.ts";

let world: Awaited<ReturnType<typeof changeWorld>>;
const at = { west: { lng: 107.02, lat: 30.05 }, east: { lng: 107.08, lat: 30.05 } };
/** Reported before anything changes: open in the west and the east of grid 1, one closed. */
const CASES = { west: newId(), east: newId(), closed: newId() };
const COUNT = "SELECT grid_code, grid_version, holder_code FROM cases WHERE case_id = $1";

const report = async (caseId: string, location: { lng: number; lat: number }) => {
  const { app } = world;
  const answer = await reportOne(app.ctx("worker1"), aReport({ caseId, location }));
  expect(answer).toMatchObject({ outcome: "accepted" });
};
beforeAll(async () => {
  world = await changeWorld();
  await report(CASES.west, at.west);
  await report(CASES.east, at.east);
  await report(CASES.closed, at.east);
});
afterAll(() => world.app.close());

const caseRow = async (caseId: string) => (await world.app.owner.query(COUNT, [caseId])).rows[0];
/** Days on which the changes below take effect: split, merge, overtaken. */
const DAYS = { split: "2026-12-07", merge: "2026-12-21", late: "2026-12-31" };
const SPLIT = newId();
const NEW_CODE = `${MINI.community1}003`;

describe("a change of grids", () => {
  it("is written by who arranges the community, on the grids as they are", async () => {
    const { app, put, codeOf } = world;
    const drawn = { ...(await world.halves()), effectiveOn: DAYS.split };
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
    expect(draft.ties.map(({ kind, vanishing, way }) => [kind, vanishing, way])).toEqual([
      ["account", false, "stays"],
      ["account", false, "stays"],
    ]);
    expect(await codeOf(put(SPLIT, drawn))).toBe("grid_changes.version_conflict");
  });

  it("that leaves a gap or overlaps, or leaves no room for its term, is not proposed", async () => {
    const { put, decide, codeOf, community } = world;
    const drawn = { ...(await world.halves()), effectiveOn: DAYS.split };
    const gappy = newId();
    const draft = (
      await put(gappy, { ...drawn, grids: drawn.grids.slice(0, 1) })
    ).json<GridChange>();
    expect(draft.findings).toMatchObject([{ kind: "gap" }]);
    expect(draft.findings[0]?.areaM2).toBeGreaterThan(1e6);
    expect(await codeOf(decide(community, gappy, 1, "propose"))).toBe("grid_changes.does_not_fit");
    await put(gappy, { ...drawn, effectiveOn: "2026-12-01", baseVersion: 1 });
    expect(await codeOf(decide(community, gappy, 2, "propose"))).toBe("grid_changes.day_in_term");
    expect((await decide(community, gappy, 2, "withdraw")).json()).toMatchObject({
      state: "withdrawn",
    });
  });

  it("is published for its term by the street, and waits while an objection stands", async () => {
    const { app, publish, decide, codeOf, community } = world;
    expect((await decide(community, SPLIT, 1, "propose")).json()).toMatchObject({
      state: "proposed",
      hold: "not_published",
    });
    expect(await codeOf(decide(world.streetHead, SPLIT, 2, "approve"))).toBe(
      "grid_changes.notice_missing",
    );
    expect(await codeOf(publish(SPLIT, {}, community))).toBe("grid_changes.not_in_charge");
    expect(await codeOf(publish(SPLIT, { termDays: 9 }))).toBe("grid_changes.day_in_term");
    expect(await codeOf(publish(SPLIT, { body: "电话 13812345678" }))).toBe(
      "notices.personal_data",
    );
    const noticeId = newId();
    const published = (await publish(SPLIT, { noticeId })).json<GridChange>();
    expect(published).toMatchObject({
      version: 3,
      hold: "term_runs",
      notice: { noticeId, state: "published", openObjections: 0 },
    });
    expect((await publish(SPLIT, { noticeId })).json<GridChange>().version).toBe(3);
    const told = await app.anonymous.get(`/api/v1/public/notices?grid=${MINI.grid1}`);
    expect(told.json()).toMatchObject({ notices: [{ noticeId, kind: "grid_change" }] });
    expect(await codeOf(decide(world.streetHead, SPLIT, 3, "approve"))).toBe(
      "grid_changes.term_runs",
    );
    const objectionId = newId();
    await app.anonymous.post(`/api/v1/public/notices/${noticeId}/objections`, {
      objectionId,
      postCode: null,
      words: "离新网格的服务点太远",
      contact: null,
    });
    await world.pass("2026-12-02");
    expect(await codeOf(decide(world.streetHead, SPLIT, 3, "approve"))).toBe(
      "grid_changes.objection_stands",
    );
    const answered = { outcome: "dismissed", answer: "服务点不变" };
    await world.street.post(`/api/v1/objections/${objectionId}/answer`, answered);
  });

  it("is approved by the street and by another person", async () => {
    const { app, decide, codeOf } = world;
    expect(await codeOf(decide(world.community, SPLIT, 3, "approve"))).toBe(
      "grid_changes.not_in_charge",
    );
    expect((await decide(await app.as("street2"), SPLIT, 3, "approve")).statusCode).toBe(404);
    await app.owner.query("UPDATE grid_change SET written_by = $1 WHERE change_id = $2", [
      app.ctx("street1").actor.accountId,
      SPLIT,
    ]);
    expect(await codeOf(decide(world.street, SPLIT, 3, "approve"))).toBe("grid_changes.four_eyes");
    const approved = await decide(world.streetHead, SPLIT, 3, "approve");
    expect(approved.json()).toMatchObject({ state: "approved", version: 4 });
  });

  it("takes effect in one go: versions, open cases, and what closed stays", async () => {
    const { app, effect, outlines } = world;
    await effect(SPLIT);
    expect(await caseRow(CASES.east)).toMatchObject({ grid_code: MINI.grid1 });
    await world.pass(DAYS.split);
    const closed = await app.owner.query(
      "UPDATE cases SET state = 'closed', closed_at = now(), holder_code = NULL WHERE case_id = $1",
      [CASES.closed],
    );
    expect(closed.rowCount).toBe(1);
    await effect(SPLIT);
    expect((await world.community.get(`/api/v1/grid-changes/${SPLIT}`)).json()).toMatchObject({
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
    const { app, effect } = world;
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

  it("merges two, and the accounts of what is gone serve what is there", async () => {
    const { app, outlines } = world;
    const grids = await outlines();
    const pair = grids.filter(({ gridCode }) => gridCode !== MINI.grid1);
    const merged = mergeAreas(
      pair.map(({ outline }) => outline as Area),
      1,
    );
    if ("refused" in merged) throw new Error(merged.refused);
    const change = newId();
    const draft = await world.put(change, {
      replaces: pair.map(({ gridCode, version }) => ({ gridCode, version })),
      grids: [{ gridCode: NEW_CODE, name: "南门东网格", outline: merged.area }],
      effectiveOn: DAYS.merge,
    });
    expect(draft.json<GridChange>().ties).toMatchObject([
      { kind: "account", gridCode: MINI.grid2, vanishing: true, way: "middle", to: 0 },
    ]);
    expect(await world.carry(change, "2026-12-15")).toMatchObject({ state: "approved" });
    await world.pass(DAYS.merge);
    await world.effect(change);
    expect((await outlines()).map(({ gridCode, name }) => [gridCode, name])).toEqual([
      [MINI.grid1, "南门第一网格"],
      [NEW_CODE, "南门东网格"],
    ]);
    const { rows } = await app.owner.query(
      "SELECT scope_code FROM account WHERE login = 'worker2'",
    );
    expect(rows).toEqual([{ scope_code: NEW_CODE }]);
  });

  it("waits when its notice was taken back, and takes its notice back when it is withdrawn", async () => {
    const { app, outlines, effect, decide } = world;
    const change = newId();
    const drawn = await outlines();
    const grids = drawn.map(({ gridCode, name, outline }) => ({ gridCode, name, outline }));
    const replaces = drawn.map(({ gridCode, version }) => ({ gridCode, version }));
    await world.put(change, { replaces, grids, effectiveOn: DAYS.late });
    const approved = await world.carry(change, "2026-12-29");
    expect(approved.state).toBe("approved");
    const noticeId = approved.notice?.noticeId ?? "";
    await app.owner.query(
      "UPDATE notice SET state = 'withdrawn', withdraw_reason = '误发' WHERE notice_id = $1",
      [noticeId],
    );
    await world.pass(DAYS.late);
    await effect(change);
    expect((await outlines())[0]?.version).toBe(2);
    await app.owner.query(
      "UPDATE notice SET state = 'published', withdraw_reason = NULL WHERE notice_id = $1",
      [noticeId],
    );
    const withdrawn = await decide(world.street, change, 4, "withdraw", "改期");
    expect(withdrawn.json()).toMatchObject({
      state: "withdrawn",
      notice: { state: "withdrawn" },
    });
    const told = await app.anonymous.get(`/api/v1/public/notices/${noticeId}`);
    expect(told.json()).toMatchObject({ withdrawReason: "改期" });
  });

  it("whose grids were changed by others meanwhile is overtaken on its day", async () => {
    const { app, outlines, effect } = world;
    const change = newId();
    const before = await outlines();
    const grids = before.map(({ gridCode, name, outline }) => ({
      gridCode,
      name: `${name}甲`,
      outline,
    }));
    const replaces = before.map(({ gridCode, version }) => ({ gridCode, version }));
    await world.put(change, { replaces, grids, effectiveOn: "2027-01-18" });
    await world.carry(change, "2027-01-12");
    await effect(change);
    const state = async () =>
      (await world.street.get(`/api/v1/grid-changes/${change}`)).json<GridChange>().state;
    // Its day has not come.
    expect(await state()).toBe("approved");
    await app.owner.query(
      "UPDATE grid_change SET replaces = jsonb_set(replaces, '{0,version}', '1') WHERE change_id = $1",
      [change],
    );
    await world.pass("2027-01-18");
    await effect(change);
    expect(await state()).toBe("overtaken");
  });

  it("leaves a log that folds to every row", async () => {
    const { app } = world;
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
    const { app, outlines } = world;
    const list = async (on: string) =>
      (await app.anonymous.get(`/api/v1/grids?parent=${MINI.community1}${on}`))
        .json<{ grids: Grid[] }>()
        .grids.map(({ name }) => name);
    expect(await list("&on=2026-12-06")).toEqual(["南门第一网格", "南门第二网格"]);
    expect(await list("")).toEqual(["南门第一网格", "南门东网格"]);
    expect((await app.anonymous.get(`/api/v1/grids/${MINI.grid2}?on=2026-12-06`)).statusCode).toBe(
      200,
    );
    expect((await app.anonymous.get(`/api/v1/grids/${MINI.grid2}`)).statusCode).toBe(404);
    expect((await app.anonymous.get("/api/v1/grids?on=2025-12-31")).json()).toMatchObject({
      grids: [],
    });
    const past = await outlines("2026-12-06");
    expect(past.map(({ gridCode, openCases }) => [gridCode, openCases])).toEqual([
      [MINI.grid1, null],
      [MINI.grid2, null],
    ]);
    const tile = async (on: string) =>
      (await app.anonymous.get(`/tiles/grids/10/816/422.mvt${on}`)).headers["etag"];
    expect(await tile("?on=2026-12-06")).not.toBe(await tile(""));
    expect(await tile("?on=2027-01-18")).toBe(await tile(""));
  });
});
