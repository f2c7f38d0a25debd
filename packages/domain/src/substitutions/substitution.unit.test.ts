import { describe, expect, it } from "vitest";
import { isRefused } from "../refused.ts";
import { arrange, substitutionState, type Arrangement } from "./substitution.ts";

const TODAY = "2026-11-24";
const street = { role: "street", scopeCode: "500231001" } as const;
const head = { role: "head", scopeCode: "500231001001" } as const;
const worker = (accountId: string, scopeCode: string) =>
  ({ accountId, role: "worker", scopeCode }) as const;
const leave: Arrangement = {
  kind: "leave",
  serves: worker("a", "500231001001001"),
  away: worker("b", "500231001001002"),
  scopeCode: null,
  reason: null,
  startsOn: "2026-11-25",
  endsOn: "2026-11-30",
};
const borrow: Arrangement = {
  ...leave,
  kind: "borrow",
  away: null,
  scopeCode: "500231001002001",
  reason: "汛期值守",
};

const outcome = (...[arranger, plan]: [Parameters<typeof arrange>[0], Arrangement]) => {
  const made = arrange(arranger, plan, TODAY);
  return isRefused(made) ? made.refused.code : made.scopeCode;
};

describe("an arrangement", () => {
  it("lets somebody of the same post stand in, arranged by a head or a street", () => {
    expect(outcome(head, leave)).toBe("500231001001002");
    expect(outcome(street, leave)).toBe("500231001001002");
  });
  it.each([
    ["lies in the own scope", { ...head, scopeCode: "500231001002" }, leave, "outside_scope"],
    ["borrows by the street alone", { ...head, scopeCode: "500231001" }, borrow, "street_borrows"],
    ["borrows with a reason", street, { ...borrow, reason: null }, "reason_required"],
    ["ends after it begins", street, { ...leave, endsOn: "2026-11-24" }, "days"],
    ["is no appointment", street, { ...leave, endsOn: "2027-09-01" }, "days"],
    ["needs somebody else", street, { ...leave, away: leave.serves }, "role_differs"],
    [
      "keeps worker and head apart",
      street,
      { ...leave, away: { ...worker("b", "500231001001002"), role: "head" as const } },
      "role_differs",
    ],
  ])("%s", (_rule, arranger, plan, code) => {
    expect(outcome(arranger, plan)).toBe(`substitutions.${code}`);
  });
  it("borrows by the street with a reason", () => {
    expect(outcome(street, borrow)).toBe("500231001002001");
  });
  it("runs from its first to its last day", () => {
    expect(substitutionState(leave, "2026-11-24")).toBe("planned");
    expect(substitutionState(leave, "2026-11-25")).toBe("running");
    expect(substitutionState(leave, "2026-11-30")).toBe("running");
    expect(substitutionState(leave, "2026-12-01")).toBe("ended");
  });
});
