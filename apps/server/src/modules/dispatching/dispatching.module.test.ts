import {
  NO_CONDITION,
  type CaseDetail,
  type DispatchRule,
  type RuleConditions,
  type RuleTarget,
} from "@onegrid/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { v7 as newId } from "uuid";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { actOne, aCommand, aReport, POINTS, reportOne } from "../cases/test/case-world.ts";

let app: TestApp;
let centre: TestClient;
beforeAll(async () => {
  app = await testApp();
  centre = await app.as("centre");
});
afterAll(() => app.close());

const { cityManagement, emergency } = MINI.departments;

type Edit = {
  name: string;
  when?: Partial<RuleConditions>;
  target?: RuleTarget;
  active?: boolean;
  baseVersion?: number;
  ruleId?: string;
};
const put = ({ ruleId = newId(), baseVersion = 0, active = true, name, when, target }: Edit) =>
  centre.put(`/api/v1/dispatch-rules/${ruleId}`, {
    baseVersion,
    name,
    active,
    when: { ...NO_CONDITION, ...when },
    target: target ?? { to: "department", unitCode: emergency },
  });
const added = async (edit: Edit): Promise<DispatchRule> => {
  const answer = await put(edit);
  expect([answer.statusCode, answer.body.slice(0, 200)]).toEqual([200, expect.anything()]);
  return answer.json();
};
const codeOf = (answer: Awaited<ReturnType<typeof put>>) => answer.json<{ code?: string }>().code;
const rules = async () =>
  (await centre.get("/api/v1/dispatch-rules")).json<{ version: number; rules: DispatchRule[] }>();
const order = (baseVersion: number, ruleIds: string[]) =>
  centre.put("/api/v1/dispatch-rule-order", { baseVersion, ruleIds });

/** Where a fresh report went and which rule sent it. */
const dispatched = async (over: Parameters<typeof aReport>[0] = {}) => {
  const report = aReport(over);
  const result = await reportOne(app.ctx("worker1"), report);
  expect(result.outcome).toBe("accepted");
  const { rows } = await app.owner.query<{ holder_code: string; rule: string }>(
    `SELECT c.holder_code, e.data->>'rule' AS rule FROM cases c
       JOIN case_event e ON e.county_code = c.county_code AND e.case_id = c.case_id
        AND e.kind = 'dispatch' WHERE c.case_id = $1`,
    [report.caseId],
  );
  return { caseId: report.caseId, ...rows[0] };
};

describe("dispatch rules", () => {
  it("send a report the way the first of them says, by name; else the authority line does", async () => {
    expect(await dispatched()).toMatchObject({ holder_code: MINI.grid1, rule: "category.tier" });
    const south = await added({ name: "South", when: { gridCodes: [MINI.community1] } });
    const litter = await added({
      name: "Litter",
      when: { categoryPrefixes: ["CG-1"] },
      target: { to: "grid", tier: "level1" },
    });
    expect(await dispatched()).toMatchObject({ holder_code: emergency, rule: "South" });
    expect(await dispatched({ location: POINTS.grid3 })).toMatchObject({
      holder_code: MINI.street1,
      rule: "Litter",
    });
    const { version } = await rules();
    const turned = await order(version, [litter.ruleId, south.ruleId]);
    expect(turned.json()).toMatchObject({ rules: [{ name: "Litter" }, { name: "South" }] });
    expect(await dispatched()).toMatchObject({ holder_code: MINI.street1, rule: "Litter" });
    const off = await put({ ...litter, active: false, baseVersion: 1 });
    expect(off.json()).toMatchObject({ version: 2, active: false });
    const sent = await dispatched();
    expect(sent).toMatchObject({ rule: "South" });
    // A later name does not reach back into the log.
    await put({ ...south, name: "Southern", baseVersion: 1 });
    const told = await centre.get(`/api/v1/cases/${sent.caseId}`);
    expect(told.json<CaseDetail>().events).toContainEqual(
      expect.objectContaining({
        kind: "dispatch",
        rule: null,
        dispatchRule: { ruleId: south.ruleId, version: 1, name: "South" },
      }),
    );
    await put({ ...south, baseVersion: 2 });
    const { rows } = await app.owner.query(
      "SELECT action FROM audit_event WHERE action LIKE 'dispatching.%' ORDER BY occurred_at",
    );
    expect(rows.map(({ action }) => action).toSorted()).toEqual([
      "dispatching.change",
      "dispatching.change",
      "dispatching.change",
      "dispatching.change",
      "dispatching.change",
      "dispatching.order",
    ]);
  });

  it("hold for a resident's report when a desk files it", async () => {
    const report = aReport({ location: POINTS.grid2 });
    const resident = { ...app.ctx("worker1"), actor: { ...app.ctx("worker1").actor } };
    await reportOne(
      {
        ...resident,
        actor: { role: "resident", accountId: null, scopeCode: MINI.county, unitCode: null },
      },
      report,
    );
    const filed = await actOne(app.ctx("street1"), aCommand(report.caseId, "file", 1));
    expect(filed).toMatchObject({ outcome: "applied", tier: "department" });
  });

  it("refuse what is broken, what was changed meanwhile and what is named twice", async () => {
    const [first] = (await rules()).rules;
    if (first === undefined) throw new Error("no rules");
    const nowhere = { when: { gridCodes: ["500231777"] } };
    expect(codeOf(await put({ name: "Nowhere", ...nowhere }))).toBe("dispatching.rule_broken");
    expect((await put({ name: "Nowhere", ...nowhere, active: false })).statusCode).toBe(200);
    expect(codeOf(await put({ name: "South" }))).toBe("dispatching.name_taken");
    expect(codeOf(await put({ ...first, baseVersion: 7 }))).toBe("dispatching.version_conflict");
    const { version, rules: all } = await rules();
    const ids = all.map(({ ruleId }) => ruleId);
    expect(codeOf(await order(version - 1, ids))).toBe("dispatching.order_conflict");
    for (const wrong of [ids.slice(1), [...ids.slice(1), newId()], [...ids, ids[0] as string]]) {
      expect(codeOf(await order(version, wrong))).toBe("dispatching.order_incomplete");
    }
    const worker = await app.as("worker1");
    const path = `/api/v1/dispatch-rules/${first.ruleId}`;
    const edit = { ...first, baseVersion: first.version };
    const { ruleId: _id, version: _v, faults: _f, changedAt: _at, ...body } = edit;
    expect((await worker.put(path, body)).statusCode).toBe(403);
  });

  it("step over one that broke later, and say so; no case is dropped", async () => {
    const doomed = await added({
      name: "Doomed",
      target: { to: "department", unitCode: "XX" },
      active: false,
    });
    expect(doomed.faults).toMatchObject([{ code: "unknown_unit", found: "XX" }]);
    // A department that is gone: as if it had been there when the rule was switched on.
    await app.owner.query("UPDATE dispatch_rule SET active = true WHERE rule_id = $1", [
      doomed.ruleId,
    ]);
    const { version, rules: all } = await rules();
    const ids = all.map(({ ruleId }) => ruleId).filter((id) => id !== doomed.ruleId);
    expect((await order(version, [doomed.ruleId, ...ids])).statusCode).toBe(200);
    expect(await dispatched()).toMatchObject({ rule: "South" });
  });

  it("tell in a dry run which takes a case and why not those before it", async () => {
    const { caseId } = await dispatched();
    const ofCase = await centre.post("/api/v1/dispatch-rules/dry-run", { caseId });
    expect(ofCase.json()).toMatchObject({
      takenBy: "South",
      target: { tier: "department", holderCode: emergency, holderName: "应急管理局" },
      verdicts: [
        { name: "Doomed", verdict: "broken", faults: [{ code: "unknown_unit" }] },
        { name: "Litter", verdict: "inactive" },
        { name: "South", verdict: "taken" },
        { name: "Nowhere", verdict: "not_asked" },
      ],
    });
    const draft = {
      categoryCode: MINI.categories.streetLight,
      location: POINTS.grid4,
      source: "worker",
      componentCode: null,
      at: null,
    };
    const elsewhere = await centre.post("/api/v1/dispatch-rules/dry-run", draft);
    expect(elsewhere.json()).toMatchObject({
      gridCode: MINI.grid4,
      takenBy: null,
      target: { tier: "department", holderCode: cityManagement },
    });
    expect(elsewhere.json<{ verdicts: unknown[] }>().verdicts).toContainEqual(
      expect.objectContaining({ name: "South", verdict: "not_met", unmet: ["grid"] }),
    );
    const worker4 = await app.as("worker4");
    const unseen = await worker4.post("/api/v1/dispatch-rules/dry-run", { caseId });
    expect(codeOf(unseen)).toBe("cases.not_found");
  });

  it("hold by the wall clock of the county and the owner of the component", async () => {
    await app.owner.query(
      `INSERT INTO component (county_code, component_code, category_code, name, owner_unit_code,
         condition, lng, lat, tile_key, grid_code, grid_version, recorded_on, changed_at)
       VALUES ($1, '50023101037000001', $2, 'Lamp 1', $3, 'intact', 107.05, 30.05, 1, $4, 1,
         '2026-01-01', now())`,
      [MINI.county, MINI.categories.streetLight, cityManagement, MINI.grid1],
    );
    const owner = await added({ name: "Owner", target: { to: "component_owner" } });
    const night = await added({
      name: "Night",
      when: { workingTime: false },
      target: { to: "grid", tier: "level1" },
    });
    const { version, rules: all } = await rules();
    const rest = all
      .map(({ ruleId }) => ruleId)
      .filter((id) => id !== owner.ruleId && id !== night.ruleId);
    await order(version, [owner.ruleId, night.ruleId, ...rest]);
    const lamp = "50023101037000001";
    expect(await dispatched({ componentCode: lamp, location: null })).toMatchObject({
      holder_code: cityManagement,
      rule: "Owner",
    });
    expect(await dispatched()).toMatchObject({ rule: "South" });
    app.clock.set(new Date("2026-11-24T14:00:00Z"));
    expect(await dispatched()).toMatchObject({ holder_code: MINI.street1, rule: "Night" });
    const strange = await reportOne(
      app.ctx("worker1"),
      aReport({ componentCode: "50023101037000009" }),
    );
    expect(strange).toMatchObject({ problem: { code: "cases.unknown_component" } });
  });
});
