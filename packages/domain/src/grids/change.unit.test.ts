import { describe, expect, it } from "vitest";
import type { Actor } from "../cases/actor.ts";
import { decideGridChange, gridChangeActions, newGridCodes, type DecidedChange } from "./change.ts";
import { holdOf } from "./hold.ts";

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
  hold: null,
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

  it.each([
    ["not_published", "grid_changes.notice_missing"],
    ["notice_withdrawn", "grid_changes.notice_missing"],
    ["term_runs", "grid_changes.term_runs"],
    ["objection_open", "grid_changes.objection_stands"],
    ["objection_upheld", "grid_changes.objection_stands"],
  ] as const)("waits: %s", (hold, code) => {
    expect(decide(street, "approve", change({ hold }))).toMatchObject({ refused: { code } });
    expect(gridChangeActions(change({ hold }), street, LENGTHS)).not.toContain("approve");
  });

  it("is published once, and taken back with a reason from then on", () => {
    expect(decide(street, "publish", change({ hold: "not_published" }))).toBe("proposed");
    expect(decide(communityHead, "publish", change({ hold: "not_published" }))).toMatchObject({
      refused: { code: "grid_changes.not_in_charge" },
    });
    expect(decide(street, "publish", change({ hold: "term_runs" }))).toMatchObject({
      refused: { code: "grid_changes.not_possible" },
    });
    expect(decide(communityHead, "withdraw", change({ hold: "not_published" }))).toBe("withdrawn");
    expect(decide(communityHead, "withdraw", change({ hold: "term_runs" }))).toMatchObject({
      refused: { code: "grid_changes.note_required" },
    });
  });

  it("is held up by its notice until the term is over and every objection dismissed", () => {
    const termEndsAt = new Date("2026-12-01T10:00:00Z");
    const notice = { state: "published" as const, termEndsAt, openObjections: 0 };
    const hold = (more: object, now = termEndsAt) =>
      holdOf({ ...notice, upheldObjections: 0, ...more }, now);
    expect(holdOf(null, termEndsAt)).toBe("not_published");
    expect(hold({ state: "withdrawn" })).toBe("notice_withdrawn");
    expect(hold({}, new Date(termEndsAt.getTime() - 1))).toBe("term_runs");
    expect(hold({ openObjections: 1 })).toBe("objection_open");
    expect(hold({ upheldObjections: 1, openObjections: 1 })).toBe("objection_upheld");
    expect(hold({})).toBeNull();
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
