import type { CalledPost, Problem, PublicNotice, Reassignment } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";

let app: TestApp;
let street: TestClient;
const ID = newId();
const URL = `/api/v1/reassignments/${ID}`;

beforeAll(async () => {
  app = await testApp();
  await app.owner.query(
    `INSERT INTO post_template (county_code, template_code, name, grid_level, account_role, rank)
     VALUES ($1, 'L3W', '网格员', 3, 'worker', 6)`,
    [MINI.county],
  );
  await app.owner.query(
    `INSERT INTO duty_list (county_code, template_code, version, duties, published_at)
     VALUES ($1, 'L3W', 1, '{巡查走访}', '2026-01-01')`,
    [MINI.county],
  );
  await app.owner.query(
    `INSERT INTO former_post (county_code, code, person_name, net, role, grid_code) VALUES
       ($1, 'YS-1', '赵一', 'city_management', '城管协管员', $2),
       ($1, 'YS-2', '钱二', 'comprehensive_governance', '综治专干', $3),
       ($1, 'YS-3', '孙三', 'party_building', '党建指导员', $3),
       ($1, 'YS-9', '外人', 'illegal_construction', '控违队员', $4)`,
    [MINI.county, MINI.grid1, MINI.grid2, MINI.grid4],
  );
  street = await app.as("street1");
});
afterAll(() => app.close());

const read = async () => (await street.get(URL)).json<Reassignment>();
const send = async (path: string, body: object) => {
  const answer = await street.post(`${URL}/${path}`, body);
  return answer.json<Reassignment & Problem>();
};
const move = async (name: string, more: object = {}) =>
  send("moves", { move: name, baseVersion: (await read()).version, ...more });
const offered = ({ posts }: Reassignment, gridCode: string) => {
  const found = posts.find((post) => post.gridCode === gridCode);
  if (found === undefined) throw new Error(`no post in ${gridCode}`);
  return found;
};
const enter = (postCode: string, formerCode: string) =>
  send("candidacies", {
    candidacyId: newId(),
    postCode,
    formerCode,
    way: "applied",
    words: "熟悉情况",
  });
const publish = (noticeId: string = newId()) =>
  send("publication", { noticeId, title: "上岗公示", body: "现予公示。", termDays: 5 });
const appoint = (beginsOn: string) => send("appointments", { beginsOn });

/** Somebody applies from the own account: not before the list of people knows them, and once. */
const applyAsWorker = async (postCode: string) => {
  const worker = await app.as("worker2");
  const called = async () =>
    (await worker.get("/api/v1/my/called-posts")).json<{
      isListed: boolean;
      posts: CalledPost[];
    }>();
  const application = { reassignmentId: ID, candidacyId: newId(), postCode, words: "熟悉情况" };
  const apply = (more: object = {}) =>
    worker.post("/api/v1/my/applications", { ...application, ...more });
  expect((await called()).isListed).toBe(false);
  expect((await apply()).json<Problem>().code).toBe("reassignment.not_listed");
  await street.post("/api/v1/people", {
    personId: newId(),
    name: "吴八",
    gridCode: MINI.grid2,
    phone: null,
    idNumber: null,
    login: "worker2",
  });
  expect((await apply({ words: "电话 13812345678" })).json<Problem>().code).toBe(
    "notices.personal_data",
  );
  expect((await apply()).statusCode).toBe(200);
  expect((await apply()).statusCode).toBe(200);
  expect((await apply({ candidacyId: newId() })).json<Problem>().code).toBe(
    "reassignment.already_candidate",
  );
  const { isListed, posts } = await called();
  expect(isListed).toBe(true);
  expect(posts.find((post) => post.postCode === postCode)?.own).toMatchObject({
    way: "applied",
    state: "entered",
  });
};

/** Somebody holds a post of this system under the code of an old one. */
const holdFormer = async (postCode: string) => {
  const personId = newId();
  const [dutyPhone, serviceHours, openedOn] = [null, null, "2026-01-01"];
  const post = { postCode, templateCode: "L3W", gridCode: MINI.grid1 };
  const person = { personId, name: "郑九", gridCode: MINI.grid1, phone: null, idNumber: null };
  const appointment = { appointmentId: newId(), postCode, personId, beginsOn: "2026-11-24" };
  await street.post("/api/v1/posts", { ...post, dutyPhone, serviceHours, openedOn });
  await street.post("/api/v1/people", { ...person, login: "head-grid1" });
  const appointed = await street.post("/api/v1/appointments", appointment);
  expect(appointed.statusCode).toBe(201);
};

describe("归零整合 of a street", () => {
  it("begins once in the own street, and ends every old post on one day, which can be undone", async () => {
    const start = (reassignmentId: string, streetCode: string) =>
      street.post("/api/v1/reassignments", { reassignmentId, streetCode });
    expect((await start(newId(), MINI.street2)).json<Problem>().code).toBe(
      "reassignment.outside_scope",
    );
    expect((await start(newId(), MINI.community1)).json<Problem>().code).toBe(
      "reassignment.not_a_street",
    );
    expect((await start(ID, MINI.street1)).statusCode).toBe(201);
    expect((await start(ID, MINI.street1)).json<Reassignment>().version).toBe(1);
    expect((await start(newId(), MINI.street1)).json<Problem>().code).toBe("reassignment.one_runs");
    expect((await move("end_former")).code).toBe("reassignment.day_missing");
    // YS-1 is a post of this system as well: who holds it goes on until the day of all others.
    const held = async () =>
      (
        await app.owner.query(
          `SELECT ends_on::text, scope_code FROM appointment a JOIN person p USING (person_id)
           JOIN account c ON c.account_id = p.account_id WHERE post_code = 'YS-1'`,
        )
      ).rows;
    await holdFormer("YS-1");
    const ended = await move("end_former", { endsOn: "2026-12-01" });
    expect(ended).toMatchObject({ state: "opening", former: { listed: 3, ended: 3 } });
    expect(await held()).toEqual([{ ends_on: "2026-12-01", scope_code: MINI.grid1 }]);
    const restored = await move("restore_former");
    expect(await held()).toEqual([{ ends_on: null, scope_code: MINI.grid1 }]);
    expect(restored).toMatchObject({ state: "listing", endsOn: null, former: { ended: 0 } });
    await move("end_former", { endsOn: "2026-12-02" });
    const elsewhere = await app.owner.query(
      "SELECT code FROM former_post WHERE ended_on IS NULL ORDER BY code",
    );
    expect(elsewhere.rows).toEqual([{ code: "YS-9" }]);
    const stale = await send("moves", { move: "call", baseVersion: 1 });
    expect(stale.code).toBe("reassignment.version_conflict");
  });

  it("goes on step by step and says what is missing before each", async () => {
    expect(await move("call")).toMatchObject({
      code: "reassignment.step_incomplete",
      params: { missing: [{ gap: "no_posts" }] },
    });
    const offer = {
      templateCode: "L3W",
      perGrid: 1,
      dutyPhone: "023-74510001",
      serviceHours: null,
    };
    expect((await send("posts", { ...offer, gridCodes: [MINI.grid4] })).code).toBe(
      "posts.outside_scope",
    );
    const opened = await send("posts", { ...offer, gridCodes: [MINI.grid1, MINI.grid2] });
    expect(opened.posts.map(({ state }) => state)).toEqual(["vacant", "vacant"]);
    await move("call");
    const first = offered(opened, MINI.grid1).postCode;
    const second = offered(opened, MINI.grid2).postCode;
    await enter(first, "YS-1");
    await applyAsWorker(first);
    expect((await enter(first, "YS-1")).code).toBe("reassignment.already_candidate");
    expect((await enter(first, "YS-9")).code).toBe("reassignment.unknown_former");
    expect(await move("close_call")).toMatchObject({
      params: { missing: [{ gap: "posts_without_candidates", postCodes: [second] }] },
    });
    await enter(second, "YS-2");
    const called = await enter(second, "YS-3");
    await move("close_call");
    const ids = called.posts.flatMap(({ candidacies }) =>
      candidacies.map(({ candidacyId }) => candidacyId),
    );
    for (const id of ids) {
      await send(`candidacies/${id}/review`, { outcome: "eligible", reason: "" });
    }
    const noReason = await street.post(`${URL}/candidacies/${ids[0]}/review`, {
      outcome: "refused",
      reason: "",
    });
    expect(noReason.statusCode).toBe(422);
    expect(await move("finish_review")).toMatchObject({ state: "selecting", step: "selecting" });
    expect(await publish()).toMatchObject({
      params: { missing: [{ gap: "posts_unselected", count: 2 }] },
    });
  });

  it("publishes, and while an objection stands nobody is appointed to what it is about", async () => {
    const selecting = await read();
    for (const post of selecting.posts) {
      await send(`posts/${post.postCode}/selection`, {
        candidacyId: post.candidacies[0]?.candidacyId,
        reason: "综合比选",
      });
    }
    const noticeId = newId();
    const published = await publish(noticeId);
    expect(published).toMatchObject({ state: "published", step: "publishing" });
    expect((await publish(noticeId)).version).toBe(published.version);
    expect((await move("restore_former")).code).toBe("reassignment.act_not_allowed");
    const page = await app.anonymous.get(`/api/v1/public/notices/${noticeId}`);
    expect(page.json<PublicNotice>().nominees.map(({ name }) => name)).toEqual(["赵一", "钱二"]);
    expect(await appoint("2026-12-02")).toMatchObject({
      params: { missing: [{ gap: "nobody_free" }] },
    });
    const second = offered(published, MINI.grid2).postCode;
    const objectionId = newId();
    await app.anonymous.post(`/api/v1/public/notices/${noticeId}/objections`, {
      objectionId,
      postCode: second,
      words: "与本网格施工单位有利害关系",
      contact: null,
    });
    app.clock.set(new Date("2026-12-02T01:00:00Z"));
    street = await app.as("street1");
    const over = await read();
    expect(over.posts.map(({ state }) => state)).toEqual(["free", "objected"]);
    expect((await appoint("2026-12-01")).code).toBe("reassignment.begins_too_early");
    const appointed = await appoint("2026-12-02");
    expect(appointed.posts.map(({ state }) => state)).toEqual(["appointed", "objected"]);
    expect((await move("finish_appointing")).code).toBe("reassignment.step_incomplete");
    await street.post(`/api/v1/objections/${objectionId}/answer`, {
      outcome: "upheld",
      answer: "情况属实，重新择优。",
    });
  });

  it("gives the post back to selection when the objection is upheld, and appoints the next", async () => {
    const returned = await read();
    expect(returned.step).toBe("selecting");
    const post = offered(returned, MINI.grid2);
    expect(post.state).toBe("returned");
    expect(post.candidacies.map(({ barred }) => barred)).toEqual([true, false]);
    const select = (index: number) =>
      send(`posts/${post.postCode}/selection`, {
        candidacyId: post.candidacies[index]?.candidacyId,
        reason: "递补",
      });
    expect((await select(0)).code).toBe("reassignment.not_eligible");
    expect((await select(1)).step).toBe("publishing");
    await publish();
    expect((await appoint("2026-12-10")).code).toBe("reassignment.step_incomplete");
    app.clock.set(new Date("2026-12-10T01:00:00Z"));
    street = await app.as("street1");
    const done = await appoint("2026-12-10");
    expect(done.posts.map(({ state }) => state)).toEqual(["appointed", "appointed"]);
    const { rows } = await app.owner.query(
      `SELECT p.name, a.begins_on FROM appointment a
       JOIN person p ON p.person_id = a.person_id ORDER BY a.begins_on`,
    );
    expect(rows).toEqual([
      { name: "郑九", begins_on: "2026-11-24" },
      { name: "赵一", begins_on: "2026-12-02" },
      { name: "孙三", begins_on: "2026-12-10" },
    ]);
  });

  it("closes when open work is handed over and holders acknowledged their duties", async () => {
    await app.owner.query(
      `UPDATE person SET account_id = (SELECT account_id FROM account WHERE login = 'worker1')
       WHERE name = '赵一'`,
    );
    await move("finish_appointing");
    const { posts } = await read();
    const postCodes = posts.map(({ postCode }) => postCode);
    await send("handovers", { postCodes });
    expect(await move("close")).toMatchObject({
      params: { missing: [{ gap: "duties_unacknowledged", count: 1 }] },
    });
    const worker = await app.as("worker1");
    const { duties } = (await worker.get("/api/v1/my/duties")).json<{
      duties: { appointmentId: string }[];
    }>();
    await worker.post(`/api/v1/my/duties/${duties[0]?.appointmentId}/acknowledgement`, {
      version: 1,
    });
    const closed = await move("close");
    expect(closed).toMatchObject({ state: "closed", step: null, acts: [] });
    expect(
      closed.events
        .map(({ kind }) => kind)
        .toReversed()
        .slice(0, 4),
    ).toEqual(["start", "end_former", "restore_former", "end_former"]);
    expect((await move("cancel", { reason: "迟了" })).code).toBe("reassignment.act_not_allowed");
    await expect(
      app.owner.query("SET ROLE onegrid_app; UPDATE reassignment_event SET seq = 1"),
    ).rejects.toThrow("permission denied");
    await app.owner.query("RESET ROLE");
  });
});
