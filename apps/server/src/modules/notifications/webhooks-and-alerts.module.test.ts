import { CASE_EVENT_KINDS } from "@onegrid/contract";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MINI } from "../../../test/support/mini-county.ts";
import { messagingFromEnvironment, NO_MESSAGING } from "../../platform/messaging-config.ts";
import { isPublicAddress } from "./channels/safe-request.ts";
import { startHttpReceiver } from "./test/receivers.ts";
import { tellingWorld, type TellingWorld } from "./test/telling-world.ts";
import { isWebhookSigned, signWebhook } from "./webhook-signature.ts";

let world: TellingWorld;
let receiver: Awaited<ReturnType<typeof startHttpReceiver>>;
const hook = uuidv7();
beforeAll(async () => {
  receiver = await startHttpReceiver();
  world = await tellingWorld({ ...NO_MESSAGING, privateHosts: ["127.0.0.1"] });
});
afterAll(async () => {
  await world.close();
  await receiver.close();
});
beforeEach(() => {
  receiver.calls.length = 0;
  receiver.behaviour.status = 204;
  delete receiver.behaviour.location;
});

const put = async (id: string, over: object = {}) =>
  (await world.as("centre")).put(`/api/v1/webhooks/${id}`, {
    url: receiver.url,
    eventKinds: [],
    active: true,
    ...over,
  });

const lines = async (id = hook) =>
  (await (await world.as("centre")).get(`/api/v1/webhooks/${id}/deliveries`)).json().deliveries;

describe("webhooks", () => {
  let secret: string;
  test("are called once an event, signed, and without a word that a person wrote", async () => {
    expect(await world.waiting()).toEqual([]);
    await world.report();
    // Nobody to tell: no job at all.
    expect(await world.waiting()).toEqual([]);
    const added = (await put(hook)).json();
    secret = added.secret;
    expect(secret.length).toBeGreaterThan(40);
    expect((await put(hook)).json().secret).toBeNull();
    const { caseId } = await world.report({ description: "张三家门口" });
    await world.act("street1", caseId, "file");
    await world.work();
    const said = receiver.calls.map(({ body }) => JSON.parse(body));
    expect(said.map(({ type }) => type).toSorted()).toEqual([
      "case.dispatch",
      "case.file",
      "case.report",
    ]);
    for (const { headers, body } of receiver.calls) {
      const signature = String(headers["onegrid-signature"]);
      expect(isWebhookSigned(secret, signature, body, world.clock.now())).toBe(true);
      expect(isWebhookSigned(secret, signature, `${body} `, world.clock.now())).toBe(false);
      expect(body).not.toContain("张三");
      expect(headers["onegrid-delivery"]).toBe(JSON.parse(body).id);
    }
    expect((await lines()).map(({ state }: { state: string }) => state)).toEqual(
      Array(3).fill("sent"),
    );
  });

  test("are tried again until they answer, and a redirect is no answer", async () => {
    await put(hook, { eventKinds: ["refuse"] });
    const { caseId } = await world.report();
    await world.act("street1", caseId, "refuse", { note: "不归我们管" });
    receiver.behaviour.status = 302;
    receiver.behaviour.location = "http://127.0.0.1:1/elsewhere";
    await world.work();
    receiver.behaviour.status = 503;
    await world.work();
    expect((await lines())[0]).toMatchObject({ state: "queued", attempts: 2, lastStatus: 503 });
    receiver.behaviour.status = 200;
    await world.work();
    expect((await lines())[0]).toMatchObject({ state: "sent", attempts: 3, lastStatus: 200 });
    expect(new Set(receiver.calls.map(({ headers }) => headers["onegrid-delivery"])).size).toBe(1);
    await put(hook, { active: false });
  });

  test("reach no neighbour of the server, by address or by name", async () => {
    for (const url of ["http://10.0.0.8/", "http://[::1]/", "http://169.254.169.254/latest"]) {
      expect((await put(uuidv7(), { url })).json().code).toBe("webhooks.address_not_allowed");
    }
    const byName = uuidv7();
    const { port } = new URL(receiver.url);
    expect((await put(byName, { url: `http://localhost:${port}/` })).statusCode).toBe(200);
    await world.report();
    await world.work();
    expect(receiver.calls).toEqual([]);
    expect((await lines(byName))[0]).toMatchObject({ state: "failed", attempts: 1 });
    await put(byName, { url: `http://localhost:${port}/`, active: false });
  });

  test("are tried out on demand, paused or not, and say what came of it", async () => {
    const centre = await world.as("centre");
    const ping = async (id = hook) =>
      (await centre.post(`/api/v1/webhooks/${id}/tests`, {})).json();
    expect(await ping()).toEqual({ taken: true, status: 204, error: null });
    const [call] = receiver.calls;
    expect(JSON.parse(call?.body ?? "")).toMatchObject({ type: "ping", countyCode: MINI.county });
    const signature = String(call?.headers["onegrid-signature"]);
    expect(isWebhookSigned(secret, signature, call?.body ?? "", world.clock.now())).toBe(true);
    receiver.behaviour.status = 500;
    expect(await ping()).toEqual({ taken: false, status: 500, error: null });
    const nobody = uuidv7();
    await put(nobody, { url: "http://127.0.0.1:1/", active: false });
    expect(await ping(nobody)).toEqual({ taken: false, status: null, error: "ECONNREFUSED" });
    expect((await ping(uuidv7())).code).toBe("webhooks.not_found");
  });

  test("are removed with what they were told, and are told no more", async () => {
    const centre = await world.as("centre");
    const gone = uuidv7();
    await put(gone);
    await world.report();
    const left = (await centre.call("DELETE", `/api/v1/webhooks/${gone}`)).json().webhooks;
    expect(left.map(({ webhookId }: { webhookId: string }) => webhookId)).not.toContain(gone);
    await world.work();
    expect(receiver.calls).toEqual([]);
    expect((await centre.get(`/api/v1/webhooks/${gone}/deliveries`)).statusCode).toBe(404);
    expect((await centre.call("DELETE", `/api/v1/webhooks/${gone}`)).statusCode).toBe(200);
  });

  test("a signature holds for its own time, secret and body", () => {
    const now = new Date("2026-11-24T02:00:00Z");
    const header = signWebhook("s", now, "{}");
    const later = (ms: number) => new Date(now.getTime() + ms);
    expect(isWebhookSigned("s", header, "{}", later(299_000))).toBe(true);
    expect(isWebhookSigned("s", header, "{}", later(301_000))).toBe(false);
    expect(isWebhookSigned("t", header, "{}", now)).toBe(false);
    expect(isWebhookSigned("s", "t=1,v1=zz", "{}", now)).toBe(false);
  });

  test("special networks are not public, in whatever spelling", () => {
    const closed = ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.1.1", "0.0.0.0"];
    for (const address of [
      ...closed,
      "::1",
      "fe80::1",
      "fd00::1",
      "::ffff:10.0.0.1",
      "100.64.0.1",
    ]) {
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
    }
    for (const address of ["8.8.8.8", "2400:3200::1"]) expect(isPublicAddress(address)).toBe(true);
  });
});

describe("the bell", () => {
  const bell = async (login: Parameters<TellingWorld["as"]>[0]) =>
    (await (await world.as(login)).get("/api/v1/alerts")).json();

  test("rings for the desks over the place at once when there is danger, once", async () => {
    const { caseId } = await world.report({ categoryCode: MINI.categories.gas });
    expect(await world.waiting()).toEqual(["notifications.tell"]);
    const { rows } = await world.owner.query("SELECT payload FROM graphile_worker._private_jobs");
    const { notificationTasks } = await import("./index.ts");
    await notificationTasks["notifications.tell"](world.worker, rows[0].payload);
    await world.work();
    for (const login of ["street1", "centre", "emergency"] as const) {
      const { alerts, unread } = await bell(login);
      expect([login, unread]).toEqual([login, 1]);
      expect(alerts[0]).toMatchObject({ kind: "emergency", caseId, readAt: null });
    }
    expect((await bell("street2")).unread).toBe(0);
    expect((await bell("worker4")).unread).toBe(0);
  });

  test("of others is neither seen nor silenced", async () => {
    const street = await world.as("street1");
    const centre = await world.as("centre");
    const [mine] = (await bell("street1")).alerts;
    const theirs = await centre.post("/api/v1/alerts/read", {
      what: "some",
      alertIds: [mine.alertId],
    });
    expect(theirs.json()).toEqual({ unread: 0 });
    expect((await bell("street1")).unread).toBe(1);
    expect((await street.post("/api/v1/alerts/read", { what: "all" })).json()).toEqual({
      unread: 0,
    });
    expect((await bell("street1")).alerts[0].readAt).not.toBeNull();
    const bad = await street.get("/api/v1/alerts?cursor=bm9uc2Vuc2U");
    expect(bad.json().code).toBe("alerts.bad_cursor");
  });

  test("rings for the holder when a case is supervised", async () => {
    const { caseId } = await world.report();
    await world.act("street1", caseId, "file");
    await world.act("centre", caseId, "supervise", {
      note: "请尽快",
      details: { action: "supervise", level: "key" },
    });
    await world.work();
    const { alerts } = await bell("worker1");
    expect(alerts[0]).toMatchObject({ kind: "supervision", caseId, params: { level: "key" } });
  });
});

test("kinds that SQL takes for alerting are kinds of the log", async () => {
  const { rows } = await world.owner.query(
    "SELECT prosrc FROM pg_proc WHERE proname = 'tell_of_events'",
  );
  const named = [...String(rows[0].prosrc).matchAll(/'([a-z_]+)'/g)].map(([, kind]) => kind);
  const alerting = named.filter((kind) => /whistle|supervise|reopen|report/.test(kind ?? ""));
  expect(alerting).toEqual(["supervise", "call_whistle", "approve_whistle", "reopen", "report"]);
  for (const kind of alerting) expect(CASE_EVENT_KINDS).toContain(kind);
});

describe("the environment", () => {
  test("names what is wrong and never its value", () => {
    const wrong = () =>
      messagingFromEnvironment({ ONEGRID_SMTP_URL: "smtp://user:hidden@mail" }, false);
    expect(wrong).toThrow(/ONEGRID_MAIL_FROM/);
    expect(wrong).not.toThrow(/hidden/);
  });

  test("keeps residents' messages out of the log in production", () => {
    expect(messagingFromEnvironment({ ONEGRID_SMS: "log" }, false).sms).toEqual({ kind: "log" });
    expect(() => messagingFromEnvironment({ ONEGRID_SMS: "log" }, true)).toThrow(/development/);
    expect(() =>
      messagingFromEnvironment({ ONEGRID_SMS: "log", NODE_ENV: "production" }, false),
    ).toThrow(/development/);
  });
});
