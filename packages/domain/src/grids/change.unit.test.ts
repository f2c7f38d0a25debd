import { describe, expect, it } from "vitest";
import type { Actor } from "../cases/actor.ts";
import { decideGridChange, gridChangeActions, newGridCodes, type DecidedChange } from "./change.ts";

const LENGTHS = [6, 9, 12, 15] as const;
const COMMUNITY = "500231001001";
const actor = (role: Actor["role"], scopeCode: string, accountId: string): Actor => ({
  role,
  accountId,
  scopeCode,
  unitCode: null,
});
const communityHead = actor("head", COMMUNITY, "head");
const street = actor("street", "500231001", "street");
const streetHead = actor("head", "500231001", "street-head");
const otherStreet = actor("street", "500231002", "other");

const change = (more: Partial<DecidedChange> = {}) => ({
  state: "proposed" as const,
  parentCode: COMMUNITY,
  writtenBy: "head",
  proposedBy: "head",
  effectiveOn: "2026-12-01",
  ...more,
});
const decide = (
  by: Actor,
  action: Parameters<typeof decideGridChange>[1]["action"],
  of: ReturnType<typeof change> | DecidedChange = change(),
  note: string | null = null,
) =>
  decideGridChange({ effectiveOn: "2026-12-01", ...of }, { action, note }, by, {
    levelLengths: LENGTHS,
    today: "2026-11-24",
  });

describe("a change of grids", () => {
  it("is proposed by who arranges the place and approved by its street", () => {
    expect(decide(communityHead, "propose", change({ state: "draft" }))).toBe("proposed");
    expect(decide(street, "approve")).toBe("approved");
    expect(decide(streetHead, "approve")).toBe("approved");
    expect(decide(actor("county_centre", "500231", "centre"), "approve")).toBe("approved");
    expect(gridChangeActions(change(), street, LENGTHS)).toEqual(["approve", "refuse", "withdraw"]);
    expect(gridChangeActions(change(), communityHead, LENGTHS)).toEqual(["withdraw"]);
  });

  it.each([
    ["grid_changes.not_in_charge", otherStreet, "approve", change()],
    [
      "grid_changes.not_in_charge",
      communityHead,
      "approve",
      change({ writtenBy: "x", proposedBy: "y" }),
    ],
    ["grid_changes.not_in_charge", actor("worker", COMMUNITY, "w"), "withdraw", change()],
    ["grid_changes.four_eyes", street, "approve", change({ proposedBy: "street" })],
    ["grid_changes.four_eyes", street, "refuse", change({ writtenBy: "street" })],
    ["grid_changes.not_possible", street, "approve", change({ state: "draft" })],
    ["grid_changes.not_possible", street, "withdraw", change({ state: "in_effect" })],
    ["grid_changes.note_required", street, "refuse", change()],
    ["grid_changes.day_is_past", street, "approve", { ...change(), effectiveOn: "2026-11-23" }],
  ] as const)("refuses: %s", (code, by, action, of) => {
    expect(decide(by, action, of)).toMatchObject({ refused: { code } });
  });

  it("is refused and taken back with a reason", () => {
    expect(decide(street, "refuse", change(), "界线不清")).toBe("refused");
    expect(decide(street, "withdraw", change({ state: "approved" }), "改期")).toBe("withdrawn");
  });
});

describe("codes of new grids", () => {
  it("are the lowest that never were", () => {
    const ever = [`${COMMUNITY}001`, `${COMMUNITY}003`];
    expect(newGridCodes(COMMUNITY, ever, 2, LENGTHS)).toEqual([
      `${COMMUNITY}002`,
      `${COMMUNITY}004`,
    ]);
  });
  it("end with the digits", () => {
    expect(newGridCodes("3BK", ["3BK1"], 9, [1, 3, 4, 5])).toBeNull();
    expect(newGridCodes("500231001001001", [], 1, LENGTHS)).toBeNull();
  });
});
