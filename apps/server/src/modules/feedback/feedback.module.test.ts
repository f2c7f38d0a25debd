import { CONSENT_VERSION } from "@onegrid/contract";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MINI } from "../../../test/support/mini-county.ts";
import { NO_MESSAGING } from "../../platform/messaging-config.ts";
import { tellingWorld, type TellingWorld } from "../notifications/test/telling-world.ts";
import { isDrawn } from "./draw-sample.ts";
import { feedbackTasks } from "./index.ts";
import { tilesAround } from "./nearby.ts";

let world: TellingWorld;
beforeAll(async () => {
  world = await tellingWorld(NO_MESSAGING);
});
afterAll(() => world.close());

/** A resident's case, worked on the spot and so ended. */
const ended = async (over: Record<string, unknown> = {}) => {
  const reported = await world.report(over);
  await world.act("street1", reported.caseId, "file");
  await world.act("worker1", reported.caseId, "self_handle", { note: "已清走" });
  return reported;
};

const rate = (receiptCode: string, score: number, resolved = score >= 4) =>
  world.anonymous.post(`/api/v1/public/receipts/${receiptCode}/rating`, {
    score,
    resolved,
    words: null,
  });

describe("rating", () => {
  test("is taken of a closed case, once, from whoever reported it", async () => {
    const open = await world.report();
    expect((await rate(open.receiptCode, 5)).json().code).toBe("feedback.not_closed");
    const { receiptCode, caseId } = await ended();
    const answer = await rate(receiptCode.toLowerCase(), 2);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ rating: { score: 2, resolved: false }, mayRate: false });
    expect((await rate(receiptCode, 5)).json().code).toBe("feedback.already_rated");
    const both = await Promise.all([ended(), ended()]);
    const [one] = both;
    const twice = await Promise.all([rate(one.receiptCode, 5), rate(one.receiptCode, 1)]);
    expect(twice.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409]);
    const { rows } = await world.owner.query(
      "SELECT count(*)::int AS n FROM case_event WHERE case_id = $1 AND data::text LIKE '%score%'",
      [caseId],
    );
    // The log is read by the rated unit, so the answer is not in it.
    expect(rows).toEqual([{ n: 0 }]);
  });

  test("a dissatisfied reporter reopens, once, and sent twice it is once", async () => {
    const { receiptCode, caseId } = await ended();
    const url = `/api/v1/public/receipts/${receiptCode}/reopening`;
    const body = { commandId: uuidv7(), reason: "not_done", words: "还在那里" };
    const first = await world.anonymous.post(url, body);
    expect([first.statusCode, first.json().mayReopen]).toEqual([200, false]);
    expect((await world.anonymous.post(url, body)).statusCode).toBe(200);
    const { rows } = await world.owner.query("SELECT state FROM cases WHERE case_id = $1", [
      caseId,
    ]);
    expect(rows).toEqual([{ state: expect.not.stringMatching(/closed|self_handled/) }]);
    const again = await world.anonymous.post(url, { ...body, commandId: uuidv7() });
    expect(again.json().code).toBe("feedback.reopen_not_possible");
  });
});

describe("totals", () => {
  const month = { from: "2026-01", to: "2026-12" };
  const totals = async (login: Parameters<TellingWorld["as"]>[0]) =>
    (
      await (await world.as(login)).get(`/api/v1/satisfaction?from=${month.from}&to=${month.to}`)
    ).json();

  test("show nothing of a month that runs, then at least five answers, counted from the rows", async () => {
    await world.owner.query("DELETE FROM satisfaction_tally");
    await world.owner.query("DELETE FROM case_rating");
    for (const score of [5, 4, 2, 5]) await rate((await ended()).receiptCode, score);
    expect((await totals("street1")).satisfied.denominator).toBe(0);
    world.clock.set(new Date("2026-12-02T02:00:00Z"));
    // Four answers would tell too much.
    expect((await totals("street1")).satisfied.denominator).toBe(0);
    world.clock.set(new Date("2026-11-26T02:00:00Z"));
    await rate((await ended()).receiptCode, 1);
    world.clock.set(new Date("2026-12-02T02:00:00Z"));
    const shown = await totals("street1");
    expect(shown.satisfied).toEqual({ numerator: 3, denominator: 5, value: 0.6 });
    const { rows } = await world.owner.query(
      "SELECT count(*) FILTER (WHERE score >= 4)::int AS good, count(*)::int AS n FROM case_rating",
    );
    expect(rows).toEqual([{ good: 3, n: 5 }]);
    expect((await totals("street2")).satisfied.denominator).toBe(0);
    expect((await totals("city-management")).satisfied.denominator).toBe(0);
    expect((await totals("centre")).satisfied.denominator).toBe(5);
    world.clock.set(new Date("2026-11-26T02:00:00Z"));
  });

  test("single answers are out of sight of every scope but the county's", async () => {
    const client = await world.services.database.pool.connect();
    try {
      await client.query("BEGIN");
      await client.query(
        `SELECT set_config('onegrid.county', $1, true), set_config('onegrid.scope', $2, true)`,
        [MINI.county, MINI.street1],
      );
      const { rows } = await client.query("SELECT count(*)::int AS n FROM case_rating");
      expect(rows).toEqual([{ n: 0 }]);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});

describe("call-backs", () => {
  test("are drawn by a key, the same each time, in about the share", () => {
    const key = new Uint8Array(32).fill(3);
    const ids = Array.from({ length: 4000 }, () => uuidv7());
    const drawn = ids.filter((id) => isDrawn(key, id, 0.1));
    expect(drawn.length).toBeGreaterThan(300);
    expect(drawn.length).toBeLessThan(500);
    expect(ids.filter((id) => isDrawn(key, id, 0.1))).toEqual(drawn);
    const other = ids.filter((id) => isDrawn(new Uint8Array(32).fill(4), id, 0.1));
    expect(other).not.toEqual(drawn);
    // A larger share keeps those of the smaller.
    expect(drawn.every((id) => isDrawn(key, id, 0.2))).toBe(true);
  });

  test("wait for the county centre; an answer is the reporter's rating, three tries are enough", async () => {
    const centre = await world.as("centre");
    const rules = (await centre.get("/api/v1/case-rules")).json();
    await centre.put("/api/v1/case-rules", {
      baseVersion: rules.version,
      rules: { ...rules.rules, callBackShare: 1 },
    });
    const [one, two] = [
      await ended({ contact: "13800001111" }),
      await ended({ contact: "13800002222" }),
    ];
    await feedbackTasks["feedback.draw_sample"](world.worker);
    await feedbackTasks["feedback.draw_sample"](world.worker);
    const { callbacks } = (await centre.get("/api/v1/callbacks")).json();
    const mine = (caseId: string) =>
      callbacks.find((each: { caseId: string }) => each.caseId === caseId);
    expect(callbacks).toHaveLength(2);
    expect(mine(one.caseId).maskedContact).toBe("138****11");
    expect(JSON.stringify(callbacks)).not.toContain("13800001111");
    const opened = await centre.post(`/api/v1/cases/${one.caseId}/contact`, {
      reason: "call_back",
    });
    expect(opened.json()).toEqual({ contact: "13800001111" });
    const answer = (callbackId: string, body: object) =>
      centre.post(`/api/v1/callbacks/${callbackId}/answers`, {
        score: null,
        resolved: null,
        words: null,
        ...body,
      });
    const first = mine(one.caseId).callbackId;
    expect((await answer(first, { result: "answered" })).json().code).toBe(
      "feedback.answer_incomplete",
    );
    const done = await answer(first, { result: "answered", score: 5, resolved: true });
    expect(done.json()).toEqual({ done: true, attempts: 1 });
    expect((await rate(one.receiptCode, 1)).json().code).toBe("feedback.already_rated");
    for (const attempts of [1, 2, 3]) {
      const tried = await answer(mine(two.caseId).callbackId, { result: "not_reached" });
      expect(tried.json()).toEqual({ done: attempts === 3, attempts });
    }
    const { rows } = await world.owner.query(
      "SELECT subject, detail FROM audit_event WHERE action = 'contact.open'",
    );
    expect(rows).toEqual([{ subject: one.caseId, detail: { reason: "call_back" } }]);
    expect((await (await world.as("street1")).get("/api/v1/callbacks")).statusCode).toBe(403);
  });
});

describe("me too", () => {
  const at = { lng: 107.051, lat: 30.051 };
  const near = async (place: { lng: number; lat: number }, code: string = MINI.categories.litter) =>
    (
      await world.anonymous.get(
        `/api/v1/public/cases/nearby?lng=${place.lng}&lat=${place.lat}&categoryCode=${code}`,
      )
    ).json();

  test("shows accepted open cases of the kind within reach, and no word that was written", async () => {
    const { caseId } = await world.report({ location: at, description: "我家门口，张三乱倒" });
    expect((await near(at)).cases).toEqual([]);
    const staff = await (
      await world.as("worker1")
    ).get(
      `/api/v1/cases/nearby?lng=${at.lng}&lat=${at.lat}&categoryCode=${MINI.categories.litter}`,
    );
    expect(staff.json().cases.map((each: { caseId: string }) => each.caseId)).toContain(caseId);
    await world.act("street1", caseId, "file");
    const shown = await near(at);
    expect(shown.cases).toHaveLength(1);
    expect(shown.cases[0]).toMatchObject({ caseId, distanceM: 0, followers: 0 });
    expect(JSON.stringify(shown)).not.toContain("张三");
    expect((await near({ lng: at.lng + 0.0009, lat: at.lat })).cases[0].distanceM).toBe(87);
    expect((await near({ lng: at.lng + 0.0012, lat: at.lat })).cases).toEqual([]);
    expect((await near(at, MINI.categories.streetLight)).cases).toEqual([]);
  });

  test("reaches as far and as long as the category says; staff join what is not accepted yet", async () => {
    const place = { lng: 107.0525, lat: 30.0525 };
    const code = MINI.categories.streetLight;
    const { caseId } = await world.report({ location: place, categoryCode: code });
    const [centre, worker] = [await world.as("centre"), await world.as("worker1")];
    /** Some 145 m to the east: beyond the county's 100 m. */
    const seen = async () => {
      const query = `lng=${place.lng + 0.0015}&lat=${place.lat}&categoryCode=${code}`;
      return (await worker.get(`/api/v1/cases/nearby?${query}`)).json();
    };
    const reach = async (meToo: { distanceM: number; hours: number } | null) => {
      const { categories } = (await centre.get("/api/v1/categories")).json();
      const before = categories.find(
        ({ categoryCode }: { categoryCode: string }) => categoryCode === code,
      );
      const { net, kind, name, words, ownerUnitCode, startTier, limit, emergency } = before;
      const answer = await centre.put(`/api/v1/categories/${code}`, {
        net,
        kind,
        name,
        words,
        ownerUnitCode,
        startTier,
        limit,
        emergency,
        standardClass: null,
        active: true,
        baseVersion: before.version,
        meToo,
      });
      expect(answer.statusCode, answer.payload).toBe(200);
      expect(answer.json().meToo).toEqual(meToo);
    };
    expect(await seen()).toMatchObject({ cases: [], withinM: 100 });
    await reach({ distanceM: 200, hours: 3 });
    expect(await seen()).toMatchObject({ cases: [{ caseId, distanceM: 145 }], withinM: 200 });

    const followerId = uuidv7();
    const join = () => worker.post(`/api/v1/cases/${caseId}/followers`, { followerId });
    expect((await join()).statusCode).toBe(201);
    expect((await join()).statusCode).toBe(201);
    expect((await seen()).cases).toMatchObject([{ followers: 1 }]);
    // Whoever is not of the place does not learn that the case exists.
    const stranger = await world.as("worker2");
    const foreign = await stranger.post(`/api/v1/cases/${caseId}/followers`, {
      followerId: uuidv7(),
    });
    expect(foreign.json().code).toBe("feedback.case_not_open");

    await world.owner.query(
      "UPDATE cases SET reported_at = reported_at - interval '4 hours' WHERE case_id = $1",
      [caseId],
    );
    expect((await seen()).cases).toEqual([]);
    await reach(null);
    expect((await seen()).withinM).toBe(100);
  });

  test("who joins has a receipt of their own and sees the progress, not the other's words", async () => {
    const place = { lng: 107.06, lat: 30.06 };
    const { caseId } = await world.report({ location: place, description: "秘密的话" });
    await world.act("street1", caseId, "file");
    const join = (followerId: string) =>
      world.anonymous.post(`/api/v1/public/cases/${caseId}/followers`, {
        followerId,
        messages: { channel: "page" },
      });
    const id = uuidv7();
    const joined = await join(id);
    expect(joined.statusCode).toBe(201);
    expect((await join(id)).json()).toEqual(joined.json());
    const { receiptCode } = joined.json();
    expect((await near(place)).cases[0].followers).toBe(1);
    const receipt = await world.anonymous.get(`/api/v1/public/receipts/${receiptCode}`);
    expect(receipt.statusCode).toBe(200);
    expect(receipt.json()).toMatchObject({ caseId, description: null, address: null });
    expect(receipt.payload).not.toContain("秘密");
    await world.act("worker1", caseId, "self_handle", { note: "好了" });
    const feedback = (
      await world.anonymous.get(`/api/v1/public/receipts/${receiptCode}/feedback`)
    ).json();
    expect(feedback).toMatchObject({ origin: "joined", mayRate: false, mayReopen: false });
    expect((await rate(receiptCode, 1)).json().code).toBe("feedback.not_reporter");
    expect((await join(uuidv7())).json().code).toBe("feedback.case_not_open");
    const wish = { channel: "email", address: "a@example.org", language: "en" };
    const refused = await world.anonymous.put(`/api/v1/public/receipts/${receiptCode}/messages`, {
      ...wish,
      consentVersion: CONSENT_VERSION,
    });
    expect(refused.json().code).toBe("feedback.channel_not_offered");
  });

  test("asks the index for at most four ranges that hold the whole circle", () => {
    for (const radiusM of [0, 20, 100, 5_000]) {
      for (const place of [
        { lng: 107, lat: 30 },
        { lng: -179.9999, lat: 84 },
        { lng: 0, lat: 0 },
      ]) {
        const tiles = tilesAround(place, radiusM);
        expect(tiles.length).toBeGreaterThanOrEqual(1);
        expect(tiles.length).toBeLessThanOrEqual(4);
      }
    }
  });
});
