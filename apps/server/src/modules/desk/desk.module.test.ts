import type {
  CaseDetail,
  EndpointAnswer,
  getCaseActions,
  getDuty,
  listSavedFilters,
  Problem,
} from "@onegrid/contract";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";

let app: TestApp;
const statements: string[] = [];
beforeAll(async () => {
  app = await testApp({ onStatement: (text) => statements.push(text) });
});
afterAll(() => app.close());

const aReport = (over: Record<string, unknown> = {}) => ({
  caseId: uuidv7(),
  categoryCode: MINI.categories.litter,
  description: "seen",
  location: { lng: 107.05, lat: 30.05 },
  accuracyM: null,
  address: null,
  capturedAt: null,
  attachmentIds: [],
  selfHandledNote: null,
  ...over,
});

const report = async (login: Parameters<TestApp["as"]>[0], ...reports: { caseId: string }[]) =>
  (await (await app.as(login)).post("/api/v1/cases", { reports })).json<{
    results: { outcome: string; problem?: Problem; receiptCode?: string }[];
  }>().results;

describe("what many cases allow", () => {
  test("is one statement, and says the same as each case", async () => {
    const reports = Array.from({ length: 20 }, () => aReport());
    await report("worker1", ...reports);
    const hidden = aReport({ location: { lng: 107.3, lat: 30.1 } });
    await report("worker4", hidden);
    const street = await app.as("street1");
    const ids = [...reports, hidden].map(({ caseId }) => caseId);
    statements.length = 0;
    const answer = await street.get(`/api/v1/case-actions?caseIds=${ids.join(",")}`);
    expect(statements.filter((text) => text.includes('"cases"'))).toHaveLength(1);
    const { cases } = answer.json<EndpointAnswer<typeof getCaseActions>>();
    expect(cases.map(({ caseId }) => caseId)).toEqual(ids.slice(0, 20));
    const [first] = cases;
    const one = await street.get(`/api/v1/cases/${first?.caseId}`);
    expect(first?.allowed).toEqual(one.json<CaseDetail>().allowed);
    expect(first?.allowed.length).toBeGreaterThan(0);
    expect((await street.get("/api/v1/case-actions?caseIds=x")).statusCode).toBe(422);
  });
});

describe("duty", () => {
  const silent = async (login: Parameters<TestApp["as"]>[0]) =>
    (await (await app.as(login)).get("/api/v1/duty")).json<EndpointAnswer<typeof getDuty>>().silent;

  test("names those who let cases lie unsigned past the limit, in the own scope", async () => {
    const before = app.clock.now();
    await report("worker1", aReport({ categoryCode: MINI.categories.streetLight }));
    expect((await silent("street1")).map((s) => s.holderCode)).toEqual([]);
    app.clock.set(new Date("2026-12-08T02:00:00Z"));
    const found = await silent("street1");
    expect(found[0]?.unsigned).toBeGreaterThanOrEqual(found.at(-1)?.unsigned ?? 0);
    expect(found.find((s) => s.tier === "department")).toMatchObject({
      holderCode: MINI.departments.cityManagement,
      unsigned: 1,
    });
    expect((await silent("street2")).map((s) => s.holderCode)).not.toContain(
      MINI.departments.cityManagement,
    );
    app.clock.set(before);
  });
});

describe("named lists", () => {
  type Answer = EndpointAnswer<typeof listSavedFilters>;
  const filter = { name: "南门垃圾", search: { open: "true", q: "垃圾" } };

  test("are the account's own: named, changed, forgotten", async () => {
    const street = await app.as("street1");
    const url = `/api/v1/saved-filters/${uuidv7()}`;
    expect((await street.put(url, filter)).json<Answer>().filters).toMatchObject([filter]);
    await street.put(url, { ...filter, name: "南门" });
    const read = await street.get("/api/v1/saved-filters");
    expect(read.json<Answer>().filters).toMatchObject([{ ...filter, name: "南门" }]);
    const centre = await app.as("centre");
    expect((await centre.get("/api/v1/saved-filters")).json<Answer>().filters).toEqual([]);
    expect((await centre.put(url, filter)).json<Problem>().code).toBe("saved_filters.id_taken");
    await centre.call("DELETE", url);
    expect((await street.get("/api/v1/saved-filters")).json<Answer>().filters).toHaveLength(1);
    expect((await street.call("DELETE", url)).json<Answer>().filters).toEqual([]);
  });

  test("are fifty at most", async () => {
    const head = await app.as("head-grid1");
    for (let n = 0; n < 50; n += 1) await head.put(`/api/v1/saved-filters/${uuidv7()}`, filter);
    const more = await head.put(`/api/v1/saved-filters/${uuidv7()}`, filter);
    expect(more.json<Problem>().code).toBe("saved_filters.too_many");
  });
});

describe("a report on behalf", () => {
  const onBehalf = { source: "hotline", number: "12345-20261124-0088" };

  test("keeps its source and number, and is found by the number", async () => {
    const one = aReport({ onBehalf });
    expect(await report("street1", one)).toMatchObject([{ outcome: "accepted" }]);
    const street = await app.as("street1");
    const detail = (await street.get(`/api/v1/cases/${one.caseId}`)).json<CaseDetail>();
    expect(detail).toMatchObject({ source: "hotline", sourceNumber: onBehalf.number });
    const list = await street.get("/api/v1/cases?q=12345-20261124-0088");
    expect(list.json<{ cases: { caseId: string }[] }>().cases.map((c) => c.caseId)).toEqual([
      one.caseId,
    ]);
  });

  test("takes down how the caller is reached: sealed, agreed to in words, with a receipt", async () => {
    const called = { ...onBehalf, number: "12345-20261124-0099", contact: "13812345678" };
    const silent = aReport({ onBehalf: called });
    expect((await report("street1", silent))[0]?.problem?.code).toBe("cases.consent_missing");
    const one = aReport({ onBehalf: { ...called, contactConsent: "spoken" } });
    const [first] = await report("street1", one);
    const [again] = await report("street1", one);
    expect(again).toEqual({ ...first, repeated: true });
    const receipt = await app.anonymous.get(`/api/v1/public/receipts/${first?.receiptCode}`);
    expect(receipt.json()).toMatchObject({ caseId: one.caseId, steps: expect.any(Array) });
    const street = await app.as("street1");
    const opened = await street.post(`/api/v1/cases/${one.caseId}/contact`, {
      reason: "call_back",
    });
    expect(opened.json()).toEqual({ contact: called.contact });
    const { rows } = await app.owner.query(
      `SELECT r.consent_version, encode(r.ciphertext, 'escape') LIKE '%138%' AS open,
         EXISTS (SELECT FROM case_event e WHERE e.case_id = r.case_id
           AND e.data::text LIKE '%' || $2 || '%') AS logged
       FROM reporter_contact r WHERE r.case_id = $1`,
      [one.caseId, called.contact],
    );
    expect(rows).toEqual([{ consent_version: "spoken", open: false, logged: false }]);
    const unit = aReport({ onBehalf: { source: "department", number: null } });
    expect((await report("street1", unit))[0]).not.toHaveProperty("receiptCode");
  });

  test("is a desk's work", async () => {
    expect((await report("worker1", aReport({ onBehalf })))[0]?.problem?.code).toBe(
      "cases.on_behalf_not_allowed",
    );
  });
});
