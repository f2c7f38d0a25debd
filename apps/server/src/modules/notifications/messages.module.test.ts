import { CONSENT_VERSION } from "@onegrid/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MINI } from "../../../test/support/mini-county.ts";
import { NO_MESSAGING } from "../../platform/messaging-config.ts";
import { inScope } from "../../platform/database.ts";
import { confirmFollower } from "./follower-store.ts";
import { startHttpReceiver, startMailServer, wordsOf } from "./test/receivers.ts";
import { tellingWorld, type TellingWorld } from "./test/telling-world.ts";

let world: TellingWorld;
let mail: Awaited<ReturnType<typeof startMailServer>>;
let gateway: Awaited<ReturnType<typeof startHttpReceiver>>;
beforeAll(async () => {
  [mail, gateway] = await Promise.all([startMailServer(), startHttpReceiver()]);
  world = await tellingWorld({
    ...NO_MESSAGING,
    publicUrl: "https://grid.example.org",
    email: { smtpUrl: mail.url, from: "OneGrid <no-reply@grid.example.org>" },
    sms: { kind: "gateway", url: gateway.url, token: "sesame" },
  });
});
afterAll(async () => {
  await world.close();
  await mail.close();
  await gateway.close();
});
beforeEach(() => {
  mail.mails.length = 0;
  gateway.calls.length = 0;
  mail.behaviour.refuse = null;
  gateway.behaviour.status = 204;
});

const email = (address: string) => ({
  channel: "email",
  address,
  language: "zh-CN",
  consentVersion: CONSENT_VERSION,
});

const subscribe = async (receiptCode: string, wish: object) => {
  const answer = await world.anonymous.put(`/api/v1/public/receipts/${receiptCode}/messages`, wish);
  expect(answer.statusCode).toBe(200);
  return answer.json();
};

const confirm = (followerId: string) =>
  inScope(
    world.services.database.db,
    { countyCode: MINI.county, scopeCode: MINI.county, unitCode: "" },
    (trx) => confirmFollower(trx, MINI.county, followerId, world.clock.now()),
  );

const deliveries = async () => {
  const { rows } = await world.owner.query(
    "SELECT purpose, state, attempts, last_error FROM message_delivery ORDER BY created_at, purpose",
  );
  return rows;
};

describe("e-mail through a real mail server", () => {
  test("asks first, tells each step after the yes, and nothing after the no", async () => {
    const { caseId, receiptCode } = await world.report();
    expect(await world.waiting()).toEqual([]);
    const view = await subscribe(receiptCode, email("li.hua@example.org"));
    expect(view.messages).toMatchObject({ address: "l***@example.org", confirmed: false });
    await world.work();
    expect(mail.mails.map(({ to }) => to)).toEqual([["li.hua@example.org"]]);
    expect(wordsOf(mail.mails[0]!)).toContain("请打开下面的链接确认");
    expect(wordsOf(mail.mails[0]!)).not.toContain(receiptCode);

    // Whoever did not say yes hears nothing more.
    await world.act("street1", caseId, "file");
    await world.work();
    expect(mail.mails).toHaveLength(1);

    await confirm(caseId);
    await world.act("worker1", caseId, "sign");
    expect(await world.work()).toBe(1);
    expect(mail.mails).toHaveLength(1);
    await world.act("worker1", caseId, "feed_back", { note: "已清走" });
    await world.work();
    expect(mail.mails).toHaveLength(2);
    const words = wordsOf(mail.mails[1]!);
    expect(words).toContain("已处理，结果：已清走");
    expect(words).toContain(`https://grid.example.org/receipts/${receiptCode}`);
    expect(mail.mails[1]!.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);

    await subscribe(receiptCode, { channel: "page" });
    const { rows } = await world.owner.query(
      "SELECT channel, ciphertext, key_id, delete_after FROM case_follower WHERE case_id = $1",
      [caseId],
    );
    expect(rows).toEqual([{ channel: "page", ciphertext: null, key_id: null, delete_after: null }]);
    await world.act("worker2", caseId, "verify").catch(() => {});
    await world.act("street1", caseId, "verify").catch(() => {});
    await world.work();
    expect(mail.mails).toHaveLength(2);
  });

  test("says honestly that it cannot be done, and why", async () => {
    const { caseId, receiptCode } = await world.report();
    await subscribe(receiptCode, email("wang@example.org"));
    await world.work();
    await confirm(caseId);
    await world.act("street1", caseId, "file");
    await world.act("worker1", caseId, "sign");
    await world.act("worker1", caseId, "feed_back", {
      note: "这里在等市政改造",
      details: { action: "feed_back", result: "cannot_be_done", nextDay: null },
    });
    await world.work();
    const said = mail.mails.map(wordsOf);
    // Accepted and given away in one step: one letter.
    expect(said[1]).toContain("已受理");
    expect(said[1]).toContain("已交给");
    expect(said.at(-1)).toContain("目前不能办，原因：这里在等市政改造");
    expect(said).toHaveLength(3);
  });

  test("goes on when the case was merged into another: by its own receipt, to the end", async () => {
    const mine = await world.report();
    const other = await world.report();
    await subscribe(mine.receiptCode, email("sun@example.org"));
    await world.work();
    await confirm(mine.caseId);
    await world.act("street1", other.caseId, "file");
    await world.act("worker1", other.caseId, "sign");
    await world.act("street1", mine.caseId, "merge", {
      details: { action: "merge", intoCaseId: other.caseId },
    });
    await world.work();
    mail.mails.length = 0;
    await world.act("worker1", other.caseId, "feed_back", { note: "两处一并清走" });
    await world.work();
    const said = mail.mails.map(wordsOf);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("已处理，结果：两处一并清走");
    expect(said[0]).toContain(`https://grid.example.org/receipts/${mine.receiptCode}`);
    expect(said[0]).not.toContain(other.receiptCode);
    const page = await world.anonymous.get(`/api/v1/public/receipts/${mine.receiptCode}`);
    const { state, steps } = page.json<{ state: string; steps: { kind: string }[] }>();
    expect(state).toBe("fed_back");
    // What happened to the other one before is not this reporter's.
    expect(steps.map(({ kind }) => kind)).toEqual(["report", "merge", "feed_back"]);
  });

  test("is one letter however often the process dies, at whatever point", async () => {
    const { caseId, receiptCode } = await world.report();
    await subscribe(receiptCode, email("zhao@example.org"));
    await world.work();
    await confirm(caseId);
    mail.mails.length = 0;
    await world.act("street1", caseId, "file");
    // Died after handing out, before the queue heard of it: the same job comes again.
    const [tellJob] = (await world.owner.query("SELECT payload FROM graphile_worker._private_jobs"))
      .rows;
    const { notificationTasks } = await import("./index.ts");
    await notificationTasks["notifications.tell"](world.worker, tellJob.payload);
    await notificationTasks["notifications.tell"](world.worker, tellJob.payload);
    const { rows } = await world.owner.query(
      "SELECT delivery_id FROM message_delivery WHERE follower_id = $1 AND purpose = 'progress'",
      [caseId],
    );
    expect(rows).toHaveLength(1);
    const payload = { countyCode: MINI.county, deliveryId: rows[0].delivery_id };
    // Died after the mail server said yes, before we wrote it down.
    await notificationTasks["notifications.send"](world.worker, payload);
    await world.owner.query(
      "UPDATE message_delivery SET state = 'queued', sent_at = NULL WHERE delivery_id = $1",
      [payload.deliveryId],
    );
    await world.work();
    await notificationTasks["notifications.send"](world.worker, payload);
    // At least once on the wire, and the same letter to every program that looks at its name.
    expect(mail.mails).toHaveLength(2);
    expect(new Set(mail.mails.map(({ messageId }) => messageId)).size).toBe(1);
  });

  test("waits while the server is busy, gives up an address that does not exist", async () => {
    await world.owner.query("DELETE FROM message_delivery");
    const { receiptCode } = await world.report();
    mail.behaviour.refuse = "busy";
    await subscribe(receiptCode, email("busy@example.org"));
    await world.work();
    expect(await deliveries()).toEqual([
      { purpose: "greet", state: "queued", attempts: 1, last_error: "not sent: EENVELOPE 451" },
    ]);
    mail.behaviour.refuse = "no mailbox";
    await world.work();
    const [line] = await deliveries();
    expect(line).toMatchObject({ state: "failed", attempts: 2 });
    expect(JSON.stringify(line)).not.toContain("busy@example.org");
    expect(await world.waiting()).toEqual([]);
  });
});

describe("text messages through a gateway", () => {
  test("carry what matters, under an id that stays the same", async () => {
    const { caseId, receiptCode } = await world.report();
    const view = await subscribe(receiptCode, {
      channel: "sms",
      address: "138 1234-5678",
      language: "en",
      consentVersion: CONSENT_VERSION,
    });
    expect(view.messages.address).toBe("138****78");
    await world.work();
    await world.act("street1", caseId, "file");
    gateway.behaviour.status = 500;
    await world.act("worker1", caseId, "sign");
    await world.act("worker1", caseId, "feed_back", { note: "cleared" });
    await world.work();
    gateway.behaviour.status = 200;
    await world.work();
    const bodies = gateway.calls.map(({ body }) => JSON.parse(body));
    // Greeting, then the result: tried, then taken. Being accepted costs no text message.
    expect(bodies.map(({ to }) => to)).toEqual(Array(3).fill("13812345678"));
    expect(bodies[1]).toEqual(bodies[2]);
    expect(bodies[2].text).toContain("Result: cleared");
    expect(gateway.calls[0]?.headers.authorization).toBe("Bearer sesame");
    expect(gateway.calls[2]?.headers["idempotency-key"]).toBe(bodies[2].id);
  });
});

test("addresses go when their term ends, and the receipt goes on", async () => {
  const { caseId, receiptCode } = await world.report();
  await subscribe(receiptCode, email("later@example.org"));
  await world.owner.query(
    "UPDATE case_follower SET delete_after = '2026-11-23' WHERE case_id = $1",
    [caseId],
  );
  const { notificationTasks } = await import("./index.ts");
  await notificationTasks["notifications.remove_expired"](world.worker);
  const answer = await world.anonymous.get(`/api/v1/public/receipts/${receiptCode}/feedback`);
  expect(answer.json().messages).toEqual({
    channel: "page",
    address: null,
    confirmed: true,
    deleteAfter: null,
  });
});

test("a channel that is not set up is refused by name", async () => {
  const { receiptCode } = await world.report();
  const bare = await tellingWorld(NO_MESSAGING);
  try {
    const own = await bare.report();
    const url = `/api/v1/public/receipts/${own.receiptCode}/messages`;
    const answer = await bare.anonymous.put(url, email("a@example.org"));
    expect(answer.json().code).toBe("feedback.channel_not_offered");
    const strange = await bare.anonymous.get(`/api/v1/public/receipts/${receiptCode}/feedback`);
    expect(strange.json().code).toBe("cases.receipt_not_found");
  } finally {
    await bare.close();
  }
});
