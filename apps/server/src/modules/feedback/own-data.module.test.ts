import { CONSENT_VERSION } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NO_MESSAGING } from "../../platform/messaging-config.ts";
import { tellingWorld, type TellingWorld } from "../notifications/test/telling-world.ts";

let world: TellingWorld;
beforeAll(async () => {
  world = await tellingWorld({
    ...NO_MESSAGING,
    email: { smtpUrl: "smtp://127.0.0.1:9", from: "county@example.org" },
  });
});
afterAll(() => world?.close());

const CONTACT = "李女士 13800001111";
const ADDRESS = "li@example.org";
const urlOf = (receiptCode: string) => `/api/v1/public/receipts/${receiptCode}/data`;

const recorded = async (caseId: string) => {
  const { rows } = await world.owner.query(
    `SELECT action, address IS NOT NULL AS addressed FROM audit_event
      WHERE subject = $1 AND action LIKE 'own_data.%' ORDER BY audit_id`,
    [caseId],
  );
  return rows;
};

test("a contact is taken only with the present text agreed to, and that is kept with it", async () => {
  const body = {
    categoryCode: "CG-101",
    description: "门口堆了垃圾",
    address: "南门路",
    accuracyM: null,
  };
  const send = (contactConsent: string | null) =>
    world.anonymous.post("/api/v1/public/cases", {
      ...body,
      caseId: newId(),
      location: null,
      componentCode: null,
      attachmentIds: [],
      contact: CONTACT,
      contactConsent,
    });
  expect((await send(null)).json().code).toBe("cases.consent_missing");
  expect((await send("2026-11")).json().code).toBe("request.invalid");
  expect((await send(CONSENT_VERSION)).statusCode).toBe(201);
});

test("whoever holds the receipt gets everything that is kept, and has it deleted at once", async () => {
  const { caseId, receiptCode } = await world.report({ contact: CONTACT });
  const wish = { channel: "email", address: ADDRESS, language: "zh-CN" };
  const messages = `/api/v1/public/receipts/${receiptCode}/messages`;
  const chosen = await world.anonymous.put(messages, { ...wish, consentVersion: CONSENT_VERSION });
  expect(chosen.statusCode).toBe(200);
  await world.act("street1", caseId, "file");
  await world.act("worker1", caseId, "self_handle", { note: "已清走" });
  const rating = { score: 4, resolved: true, words: "谢谢小张" };
  await world.anonymous.post(`/api/v1/public/receipts/${receiptCode}/rating`, rating);
  await (
    await world.as("street1")
  ).post(`/api/v1/cases/${caseId}/contact`, { reason: "ask_place" });

  const told = await world.anonymous.post(urlOf(receiptCode));
  expect(told.statusCode).toBe(200);
  expect(told.headers["cache-control"]).toBe("no-store");
  const kept = { consentVersion: CONSENT_VERSION, consentedAt: expect.any(String) };
  expect(told.json()).toMatchObject({
    origin: "reporter",
    report: { description: "门口堆了垃圾" },
    contact: { value: CONTACT, deleteAfter: "2027-05-23", ...kept },
    messages: { value: ADDRESS, channel: "email", ...kept },
    rating,
    looks: [{ role: "street", reason: "ask_place" }],
  });

  const removal = `${urlOf(receiptCode)}/removal`;
  const unconfirmed = await world.anonymous.post(removal, { confirmed: false });
  expect(unconfirmed.json().code).toBe("request.invalid");
  expect((await world.anonymous.post(removal, { confirmed: true })).statusCode).toBe(204);
  expect((await world.anonymous.post(removal, { confirmed: true })).statusCode).toBe(204);
  const after = (await world.anonymous.post(urlOf(receiptCode))).json();
  expect(after).toMatchObject({
    contact: null,
    messages: null,
    rating: { score: 4, words: null },
    report: { description: "门口堆了垃圾" },
  });
  const asked = await (
    await world.as("street1")
  ).post(`/api/v1/cases/${caseId}/contact`, { reason: "ask_place" });
  expect(asked.json().code).toBe("cases.no_contact");
  // What was deleted is nowhere else: not in the log, the words, the audit log.
  const { rows } = await world.owner.query(
    `SELECT count(*)::int AS n FROM (
       SELECT row_to_json(e)::text AS line FROM case_event e UNION ALL
       SELECT row_to_json(c)::text FROM cases c UNION ALL
       SELECT row_to_json(a)::text FROM audit_event a UNION ALL
       SELECT row_to_json(f)::text FROM case_follower f) l
      WHERE line LIKE '%13800001111%' OR line LIKE '%li@example%' OR line LIKE '%谢谢小张%'`,
  );
  expect(rows[0].n).toBe(0);
  const line = (action: string) => ({ action: `own_data.${action}`, addressed: true });
  expect(await recorded(caseId)).toEqual([
    line("export"),
    line("remove"),
    line("remove"),
    line("export"),
  ]);
});

test("somebody else's code tells nothing, and who joined sees their own alone", async () => {
  const { caseId, receiptCode } = await world.report({ contact: CONTACT });
  await world.act("street1", caseId, "file");
  const joined = await world.anonymous.post(`/api/v1/public/cases/${caseId}/followers`, {
    followerId: newId(),
    messages: { channel: "page" },
  });
  const own = await world.anonymous.post(urlOf(joined.json().receiptCode));
  expect(own.json()).toMatchObject({ origin: "joined", report: null, contact: null, looks: [] });
  await world.anonymous.post(`${urlOf(joined.json().receiptCode)}/removal`, { confirmed: true });
  const reporter = await world.anonymous.post(urlOf(receiptCode));
  expect(reporter.json().contact.value).toBe(CONTACT);
  const stranger = await world.anonymous.post(urlOf("ABCD-EFGH-JKLM-NPQR"));
  expect(stranger.json().code).toBe("cases.receipt_not_found");
});
