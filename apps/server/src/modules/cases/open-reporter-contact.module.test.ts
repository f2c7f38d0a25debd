import { CONSENT_VERSION } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestLogin } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { caseTasks, CONTACT_KEPT_DAYS } from "./index.ts";

let app: TestApp;
const caseId = newId();
const CONTACT = "13800001234";

const report = (id: string, contact: string | null) =>
  app.anonymous.post("/api/v1/public/cases", {
    caseId: id,
    categoryCode: MINI.categories.litter,
    description: "Rubbish beside the bus stop",
    location: { lng: 107.05, lat: 30.05 },
    accuracyM: 8,
    address: null,
    attachmentIds: [],
    contact,
    contactConsent: CONSENT_VERSION,
    componentCode: null,
  });

beforeAll(async () => {
  app = await testApp();
  const reported = await report(caseId, CONTACT);
  if (reported.statusCode >= 300) throw new Error(reported.payload);
});
afterAll(() => app?.close());

const ask = async (login: TestLogin, id = caseId) => {
  const answer = await (
    await app.as(login)
  ).post(`/api/v1/cases/${id}/contact`, {
    reason: "ask_place",
  });
  return answer.json() as { contact?: string; code?: string };
};
const looks = async () => {
  const { rows } = await app.owner.query(
    `SELECT a.login, e.outcome, e.subject, e.detail, e.address IS NOT NULL AS addressed
       FROM audit_event e JOIN account a USING (county_code, account_id)
      WHERE e.action = 'contact.open' ORDER BY e.audit_id`,
  );
  return rows;
};

describe("a reporter's contact", () => {
  it("is told to whoever has the case in sight and says why, and every look is recorded", async () => {
    expect(await ask("street1")).toEqual({ contact: CONTACT });
    expect(await ask("centre")).toEqual({ contact: CONTACT });
    const line = { outcome: "done", subject: caseId, detail: { reason: "ask_place" } };
    expect(await looks()).toEqual([
      { login: "street1", ...line, addressed: true },
      { login: "centre", ...line, addressed: true },
    ]);
    const { rows } = await app.owner.query(
      "SELECT row_to_json(e)::text AS line FROM audit_event e",
    );
    for (const { line: text } of rows) expect(text).not.toContain(CONTACT);
  });

  it("stays closed to a sibling street, another county, the administrators and strangers", async () => {
    expect((await ask("street2")).code).toBe("cases.not_found");
    expect((await ask("head-grid1")).code).not.toBe("access.not_permitted");
    for (const login of ["admin", "security", "auditor", "worker1"] as const) {
      expect([login, (await ask(login)).code]).toEqual([login, "access.not_permitted"]);
    }
    const abroad = await (
      await app.as("other-centre")
    ).call(
      "POST",
      `/api/v1/cases/${caseId}/contact`,
      { reason: "ask_place" },
      { host: "other.test" },
    );
    expect(abroad.json().code).toBe("cases.not_found");
    const stranger = await app.anonymous.post(`/api/v1/cases/${caseId}/contact`, {
      reason: "ask_place",
    });
    expect(stranger.json().code).toBe("identity.not_signed_in");
    expect((await ask("centre", newId())).code).toBe("cases.not_found");
  });

  it("is gone when its term is over, and was never asked for where none was left", async () => {
    const anonymous = newId();
    const reported = await report(anonymous, null);
    expect(reported.statusCode).toBe(201);
    expect((await ask("centre", anonymous)).code).toBe("cases.no_contact");
    const services = { ...app.services, config: app.config };
    await caseTasks["cases.remove_expired_contacts"](services);
    expect(await ask("centre")).toEqual({ contact: CONTACT });
    app.clock.set(new Date(app.clock.now().getTime() + (CONTACT_KEPT_DAYS + 2) * 86_400_000));
    await caseTasks["cases.remove_expired_contacts"](services);
    expect((await ask("centre")).code).toBe("cases.no_contact");
  });

  it("is not told without a reason", async () => {
    const client = await app.as("centre");
    const answer = await client.post(`/api/v1/cases/${caseId}/contact`, { reason: "curious" });
    expect(answer.json().code).toBe("request.invalid");
  });
});
