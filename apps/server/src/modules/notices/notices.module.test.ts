import { createHash } from "node:crypto";
import type { Notice, Problem, PublicNotice } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";

let app: TestApp;
let street1: TestClient;
const [ZHAO, QIAN] = [newId(), newId()];
const NOTICE = newId();

beforeAll(async () => {
  app = await testApp();
  await app.owner.query(
    `INSERT INTO post_template (county_code, template_code, name, grid_level, account_role, rank)
     VALUES ($1, 'L3W', '网格员', 3, 'worker', 6)`,
    [MINI.county],
  );
  await app.owner.query(
    `INSERT INTO post (county_code, post_code, template_code, grid_code, opened_on) VALUES
       ($1, 'GW-1', 'L3W', $2, '2026-01-01'), ($1, 'GW-2', 'L3W', $3, '2026-01-01')`,
    [MINI.county, MINI.grid1, MINI.grid2],
  );
  await app.owner.query(
    `INSERT INTO person (county_code, person_id, name, grid_code) VALUES
       ($1, $2, '赵一', $4), ($1, $3, '钱二', $4)`,
    [MINI.county, ZHAO, QIAN, MINI.grid1],
  );
  street1 = await app.as("street1");
});
afterAll(() => app.close());

const DRAFT = {
  baseVersion: 0,
  kind: "appointment",
  gridCode: MINI.street1,
  title: "网格员上岗公示",
  body: "经择优选聘，拟任以下岗位，现予公示。意见请致电 023-74510001。",
  termDays: 5,
  nominees: [
    { postCode: "GW-1", personId: ZHAO },
    { postCode: "GW-2", personId: QIAN },
  ],
};
const put = (change: object = {}, id: string = NOTICE) =>
  street1.put(`/api/v1/notices/${id}`, { ...DRAFT, ...change });
const codeOf = async (answer: Promise<{ json<T>(): T }>) => (await answer).json<Problem>().code;
const appoint = (client: TestClient, postCode: string, personId: string) =>
  client.post("/api/v1/appointments", {
    appointmentId: newId(),
    postCode,
    personId,
    beginsOn: "2026-12-10",
  });

describe("a notice", () => {
  it("is refused while its words hold what is private", async () => {
    const refused = await put({ body: "赵一，身份证 11010519491231002X，电话 13812345678" });
    expect(refused.json<Problem>()).toMatchObject({
      code: "notices.personal_data",
      fields: [
        { field: "/body/body", code: "notices.id_number" },
        { field: "/body/body", code: "notices.private_phone" },
      ],
    });
    expect(await codeOf(put({ nominees: [] }))).toBe("notices.nominees_missing");
    expect(await codeOf(put({ gridCode: MINI.street2 }))).toBe("notices.outside_scope");
    expect(await codeOf(put({ nominees: [{ postCode: "NO", personId: ZHAO }] }))).toBe(
      "notices.unknown_nominee",
    );
    expect((await put({ termDays: 4 })).statusCode).toBe(422);
  });

  it("is published for five working days, its text frozen with a sum anybody can check", async () => {
    expect((await put()).json<Notice>()).toMatchObject({ state: "draft", version: 1 });
    expect((await app.anonymous.get(`/api/v1/public/notices/${NOTICE}`)).statusCode).toBe(404);
    const published = (
      await street1.post(`/api/v1/notices/${NOTICE}/publication`, { baseVersion: 1 })
    ).json<Notice>();
    // Published on Tuesday 24 November: Wednesday to the next Tuesday, to the close of work.
    expect(published.termEndsAt).toBe("2026-12-01T10:00:00.000Z");
    expect(await codeOf(put({ baseVersion: 2 }))).toBe("notices.not_a_draft");

    const seen = (await app.anonymous.get(`/api/v1/public/notices/${NOTICE}`)).json<PublicNotice>();
    expect(seen.nominees.map(({ name }) => name)).toEqual(["赵一", "钱二"]);
    expect(JSON.stringify(seen)).not.toContain(ZHAO);
    expect(
      createHash("sha256")
        .update(seen.publishedText ?? "")
        .digest("hex"),
    ).toBe(seen.sha256);
    await expect(
      app.owner.query("UPDATE notice SET published_text = 'x' WHERE notice_id = $1", [NOTICE]),
    ).rejects.toThrow("does not change");
  });

  it("takes objections with a receipt; while one is open nobody is appointed", async () => {
    const objection = {
      objectionId: newId(),
      postCode: "GW-1",
      words: "长期不在本地居住",
      contact: "微信 abc",
    };
    const url = `/api/v1/public/notices/${NOTICE}/objections`;
    const { receiptCode } = (await app.anonymous.post(url, objection)).json<{
      receiptCode: string;
    }>();
    const again = await app.anonymous.post(url, objection);
    expect(again.json<{ receiptCode: string }>().receiptCode).toBe(receiptCode);
    expect(await codeOf(app.anonymous.post(url, { ...objection, words: "别的话" }))).toBe(
      "notices.id_taken",
    );
    const elsewhere = { ...objection, objectionId: newId(), postCode: "NO" };
    expect(await codeOf(app.anonymous.post(url, elsewhere))).toBe("notices.not_in_notice");

    // The term runs, so nobody is appointed; after it the objection alone stands in the way.
    expect(await codeOf(appoint(street1, "GW-2", QIAN))).toBe("posts.objection_open");
    app.clock.set(new Date("2026-12-01T10:00:00Z"));
    const street = await app.as("street1");
    const late = { ...objection, objectionId: newId() };
    expect(await codeOf(app.anonymous.post(url, late))).toBe("notices.term_over");
    expect((await appoint(street, "GW-2", QIAN)).statusCode).toBe(201);
    expect(await codeOf(appoint(street, "GW-1", ZHAO))).toBe("posts.objection_open");

    const stored = await app.owner.query("SELECT o::text AS row FROM objection o");
    expect(JSON.stringify(stored.rows)).not.toContain("微信");
    const answer = { outcome: "dismissed", answer: "经核实，居住在本社区。" };
    const other = await app.as("street2");
    const answerUrl = `/api/v1/objections/${objection.objectionId}/answer`;
    expect(await codeOf(other.post(answerUrl, answer))).toBe("notices.outside_scope");
    expect((await street.post(answerUrl, answer)).statusCode).toBe(200);
    expect(await codeOf(street.post(answerUrl, answer))).toBe("notices.objection_answered");
    const followed = await app.anonymous.get(`/api/v1/public/objections/${receiptCode}`);
    expect(followed.json()).toMatchObject({ state: "dismissed", answer: answer.answer });
    expect((await appoint(street, "GW-1", ZHAO)).statusCode).toBe(201);
  });
});
