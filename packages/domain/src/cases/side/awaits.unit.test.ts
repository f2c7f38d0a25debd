import { expect, test } from "vitest";
import { awaitsOf } from "./awaits.ts";
import { EMPTY_SIDE } from "./side.ts";

test("a case without an owner waits for the centre's decision, also after closing, not once it is merged", () => {
  const side = {
    ...EMPTY_SIDE,
    noOwner: { markedAt: "2026-11-24T02:00:00.000Z", decision: null },
  };
  expect(awaitsOf(side, "signed")).toEqual(["county_centre"]);
  expect(awaitsOf(side, "closed")).toEqual(["county_centre"]);
  for (const state of ["merged", "voided", "not_accepted"] as const) {
    expect([state, awaitsOf(side, state)]).toEqual([state, []]);
  }
});
