import { SCOPE_HEADER } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";

let app: TestApp;
let worker1: TestClient;
let street: TestClient;
beforeAll(async () => {
  app = await testApp();
  [worker1, street] = await Promise.all([app.as("worker1"), app.as("street1")]);
});
afterAll(() => app.close());

const idOf = (login: Parameters<TestApp["ctx"]>[0]) => app.ctx(login).actor.accountId;
const leave = (more: Record<string, unknown> = {}) => ({
  kind: "leave",
  accountId: idOf("worker1"),
  forAccountId: idOf("worker2"),
  scopeCode: null,
  reason: null,
  startsOn: "2026-11-24",
  endsOn: "2026-11-26",
  ...more,
});
const put = (body: unknown, id = newId(), as = street) =>
  as.put(`/api/v1/substitutions/${id}`, body);

const inGrid = (
  client: TestClient,
  grid: string,
  method: "GET" | "POST",
  url: string,
  body?: unknown,
) => client.call(method, url, body, { [SCOPE_HEADER]: grid });

/** A case in grid 2 that waits for its worker. */
const reportInGrid2 = async (): Promise<string> => {
  const caseId = newId();
  const report = {
    caseId,
    categoryCode: MINI.categories.litter,
    description: "垃圾",
    location: { lng: 107.15, lat: 30.05 },
    accuracyM: 5,
    address: null,
    capturedAt: null,
    attachmentIds: [],
    selfHandledNote: null,
  };
  const worker2 = await app.as("worker2");
  const answer = await worker2.post("/api/v1/cases", { reports: [report] });
  expect(answer.json().results[0]).toMatchObject({ outcome: "accepted", gridCode: MINI.grid2 });
  return caseId;
};

describe("standing in", () => {
  it("shows and lets do the absent worker's tasks, from the first to the last day only", async () => {
    const caseId = await reportInGrid2();
    const mine = () => inGrid(worker1, MINI.grid2, "GET", "/api/v1/cases?mine=true");
    expect((await mine()).json()).toMatchObject({ status: 403, code: "identity.scope_not_held" });
    const id = newId();
    expect((await put(leave(), id)).json()).toMatchObject({
      state: "running",
      scopeCode: MINI.grid2,
    });
    expect((await put(leave(), id)).statusCode).toBe(200);
    expect((await put(leave({ endsOn: "2026-11-30" }), id)).json()).toMatchObject({
      code: "substitutions.id_taken",
    });
    const cases = (await mine()).json().cases as { caseId: string; version: number }[];
    const task = cases.find((each) => each.caseId === caseId);
    expect(task).toBeDefined();
    // Without naming the grid the account is itself: its own grid, nobody else's.
    expect((await worker1.get(`/api/v1/cases/${caseId}`)).statusCode).toBe(404);
    const sign = {
      commandId: newId(),
      caseId,
      action: "sign",
      baseVersion: task?.version,
      deviceSeq: 1,
      capturedAt: null,
      note: null,
      target: null,
      attachmentIds: [],
    };
    const signed = await inGrid(worker1, MINI.grid2, "POST", "/api/v1/case-commands", {
      commands: [sign],
    });
    expect(signed.json().results[0]).toMatchObject({ outcome: "applied", state: "signed" });
    const { rows } = await app.owner.query(
      "SELECT actor_account_id FROM case_event WHERE case_id = $1 AND kind = 'sign'",
      [caseId],
    );
    expect(rows).toEqual([{ actor_account_id: idOf("worker1") }]);
    app.clock.set(new Date("2026-11-26T17:00:00Z"));
    const late = await app.as("worker1");
    expect((await inGrid(late, MINI.grid2, "GET", "/api/v1/cases?mine=true")).statusCode).toBe(403);
    app.clock.set(new Date("2026-11-24T02:00:00Z"));
  });

  it("is ended at once by whoever arranges, and told to the substitute and the arranger", async () => {
    const id = newId();
    await put(leave({ accountId: idOf("worker2"), forAccountId: idOf("worker1") }), id);
    const worker2 = await app.as("worker2");
    const list = async (as: TestClient) =>
      (await as.get("/api/v1/substitutions"))
        .json()
        .substitutions.find((each: { substitutionId: string }) => each.substitutionId === id);
    expect(await list(worker2)).toMatchObject({ mine: true, state: "running" });
    expect(await list(street)).toMatchObject({ mine: false });
    expect(await list(await app.as("worker4"))).toBeUndefined();
    expect(
      (await (await app.as("street2")).call("DELETE", `/api/v1/substitutions/${id}`)).statusCode,
    ).toBe(404);
    expect((await street.call("DELETE", `/api/v1/substitutions/${id}`)).statusCode).toBe(204);
    expect(await list(worker2)).toMatchObject({ state: "ended" });
    expect((await inGrid(worker2, MINI.grid1, "GET", "/api/v1/cases")).statusCode).toBe(403);
  });
});

describe("borrowing", () => {
  const borrow = leave.bind(null, {});
  it("is the street's, with a reason, within its own grids", async () => {
    const plan = { ...borrow(), kind: "borrow", forAccountId: null, scopeCode: MINI.grid3 };
    expect((await put(plan)).json()).toMatchObject({ code: "substitutions.reason_required" });
    const head = await app.as("head-community1");
    const withReason = { ...plan, reason: "汛期值守" };
    expect(
      (await put({ ...withReason, scopeCode: MINI.grid2 }, newId(), head)).json(),
    ).toMatchObject({ code: "substitutions.street_borrows" });
    expect((await put({ ...withReason, scopeCode: MINI.grid4 })).json()).toMatchObject({
      code: "substitutions.outside_scope",
    });
    expect((await put(withReason)).json()).toMatchObject({ reason: "汛期值守", kind: "borrow" });
    expect((await put(withReason, newId(), worker1)).statusCode).toBe(403);
    expect((await put({ ...withReason, accountId: newId() })).json()).toMatchObject({
      code: "substitutions.unknown_account",
    });
  });

  it("is decided by what waits: open cases of each grid", async () => {
    const staff = (await street.get("/api/v1/grid-staff")).json().staff as {
      accountId: string;
      openCases: number;
    }[];
    expect(staff.find((one) => one.accountId === idOf("worker2"))?.openCases).toBeGreaterThan(0);
    expect(staff.some((one) => one.accountId === idOf("worker4"))).toBe(false);
  });
});
