import {
  REASSIGNMENT_ACTS,
  type OfferedPostState,
  type ReassignmentAct,
  type ReassignmentEventKind,
  type ReassignmentState,
} from "@onegrid/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRefused } from "../refused.ts";
import {
  foldReassignment,
  offeredPostState,
  postsToOpen,
  REASSIGNMENT_LIFECYCLE,
  reassignmentActs,
  reassignmentStep,
  takeReassignmentAct,
  type ReassignmentFacts,
} from "./index.ts";

const post = (
  state: OfferedPostState,
  more: Partial<ReassignmentFacts["posts"][number]> = {},
): ReassignmentFacts["posts"][number] => ({
  postCode: "P1",
  state,
  candidates: 1,
  unreviewed: 0,
  eligible: 1,
  acknowledged: null,
  ...more,
});
const facts = (...posts: ReassignmentFacts["posts"]): ReassignmentFacts => ({
  former: { listed: 3, ended: 0 },
  posts,
});
const missing = (act: ReassignmentAct, state: ReassignmentState, of: ReassignmentFacts) =>
  reassignmentActs(state, of)
    .find((each) => each.act === act)
    ?.missing.map(({ gap, count }) => [gap, count]);

describe("a post on its way to a holder", () => {
  const NOTICE = { isRunning: false, openObjections: 0, upheldObjections: 0 };
  const OPEN = { isSelected: true, notice: null, isAppointed: false, isHandedOver: false };
  it.each([
    [{ ...OPEN, isSelected: false }, "vacant"],
    [OPEN, "selected"],
    [{ ...OPEN, notice: { ...NOTICE, isRunning: true } }, "in_term"],
    [{ ...OPEN, notice: { ...NOTICE, isRunning: true, openObjections: 1 } }, "objected"],
    [{ ...OPEN, notice: { ...NOTICE, openObjections: 1 } }, "objected"],
    [{ ...OPEN, notice: { ...NOTICE, openObjections: 1, upheldObjections: 1 } }, "returned"],
    [{ ...OPEN, notice: NOTICE }, "free"],
    [{ ...OPEN, notice: NOTICE, isAppointed: true }, "appointed"],
    [{ ...OPEN, notice: NOTICE, isAppointed: true, isHandedOver: true }, "handed_over"],
  ] as const)("%j is %s", (of, state) => {
    expect(offeredPostState(of)).toBe(state);
  });
});

describe("what is missing before the next step", () => {
  it("is named with how often and for which posts", () => {
    expect(
      missing("end_former", "listing", { ...facts(), former: { listed: 0, ended: 0 } }),
    ).toEqual([["no_former_posts", 1]]);
    expect(missing("call", "opening", facts())).toEqual([["no_posts", 1]]);
    const two = facts(post("vacant", { candidates: 0 }), post("vacant", { postCode: "P2" }));
    const refused = takeReassignmentAct("close_call", "calling", two);
    expect(isRefused(refused) && refused.refused).toMatchObject({
      code: "reassignment.step_incomplete",
      params: { missing: [{ gap: "posts_without_candidates", count: 1, postCodes: ["P1"] }] },
    });
    const unreviewed = facts(post("vacant", { unreviewed: 2, eligible: 0 }));
    expect(missing("finish_review", "reviewing", unreviewed)).toEqual([
      ["candidacies_unreviewed", 2],
      ["posts_without_eligible", 1],
    ]);
    expect(missing("publish", "selecting", facts(post("selected"), post("vacant")))).toEqual([
      ["posts_unselected", 1],
    ]);
    expect(missing("finish_appointing", "published", facts(post("objected")))).toEqual([
      ["posts_not_appointed", 1],
    ]);
    const silent = facts(post("appointed", { acknowledged: false }));
    expect(missing("close", "handing_over", silent)).toEqual([
      ["posts_not_handed_over", 1],
      ["duties_unacknowledged", 1],
    ]);
    // Who has no account acknowledges on paper, and holds nothing up.
    expect(missing("close", "handing_over", facts(post("handed_over")))).toEqual([]);
  });

  it("turns to a post that was given back before anything else", () => {
    const posts = [post("free"), post("returned"), post("in_term")];
    expect(reassignmentStep("published", facts(...posts))).toBe("selecting");
    expect(reassignmentStep("published", facts(post("free"), post("selected")))).toBe("publishing");
    expect(reassignmentStep("published", facts(post("free"), post("in_term")))).toBe("appointing");
    expect(reassignmentStep("published", facts(post("in_term")))).toBe("publishing");
    expect(reassignmentStep("published", facts(post("appointed")))).toBe("appointing");
    expect(reassignmentStep("closed", facts())).toBeNull();
  });
});

it("offers vacant posts first and gives new ones codes that nobody has", () => {
  const known = [
    { postCode: "G1-W", gridCode: "G1", templateCode: "W", isTaken: true },
    { postCode: "OLD", gridCode: "G2", templateCode: "W", isTaken: false },
    { postCode: "HEAD", gridCode: "G2", templateCode: "H", isTaken: false },
  ];
  expect(postsToOpen(["G1", "G2", "G1"], "W", 2, known)).toEqual([
    { postCode: "G1-W-2", gridCode: "G1", isNew: true },
    { postCode: "G1-W-3", gridCode: "G1", isNew: true },
    { postCode: "OLD", gridCode: "G2", isNew: false },
    { postCode: "G2-W", gridCode: "G2", isNew: true },
  ]);
  const [long] = postsToOpen(["500231001001001"], "A".repeat(32), 1, []);
  expect(long?.postCode.length).toBeLessThanOrEqual(32);
});

const someFacts: fc.Arbitrary<ReassignmentFacts> = fc.record({
  former: fc.record({ listed: fc.nat(2), ended: fc.nat(2) }),
  posts: fc.array(
    fc.record({
      postCode: fc.constantFrom("P1", "P2"),
      state: fc.constantFrom<OfferedPostState>(
        "vacant",
        "selected",
        "in_term",
        "objected",
        "returned",
        "free",
        "appointed",
        "handed_over",
      ),
      candidates: fc.nat(2),
      unreviewed: fc.nat(1),
      eligible: fc.nat(1),
      acknowledged: fc.constantFrom(true, false, null),
    }),
    { maxLength: 3 },
  ),
});

describe("however acts follow each other", () => {
  const walks = fc.array(fc.tuple(fc.constantFrom(...REASSIGNMENT_ACTS), someFacts), {
    maxLength: 60,
  });
  it("the record says the state, nothing published is undone, and nothing follows the end", () => {
    const reached = new Set<ReassignmentState>();
    fc.assert(
      fc.property(walks, (walk) => {
        let state: ReassignmentState = "listing";
        const record: ReassignmentEventKind[] = ["start"];
        for (const [act, of] of walk) {
          const next = takeReassignmentAct(act, state, of);
          const offered = reassignmentActs(state, of).find((each) => each.act === act);
          // What the guide offers without a gap is what the server takes.
          expect(isRefused(next)).toBe(offered === undefined || offered.missing.length > 0);
          if (isRefused(next)) continue;
          // Of what was taken: nothing after the end, no undoing of what is public, no post filled
          // or round closed before its time.
          const holds: Record<string, boolean> = {
            [act]: state !== "closed" && state !== "cancelled",
            restore_former: !record.includes("publish"),
            cancel: !record.includes("publish"),
            appoint: record.includes("publish") && of.posts.some((p) => p.state === "free"),
            close: of.posts.every((each) => each.state === "handed_over"),
          };
          expect([act, state, holds[act]]).toEqual([act, state, true]);
          record.push(act);
          state = next.state;
          reached.add(state);
          expect(foldReassignment(record)).toBe(state);
        }
      }),
      { numRuns: 400, seed: 20261124 },
    );
    expect(reached.size).toBeGreaterThan(4);
  });

  it("each state but the last two is left by some act, and is entered by some", () => {
    const ends: ReassignmentState[] = ["closed", "cancelled"];
    const left = new Set(
      REASSIGNMENT_LIFECYCLE.filter(({ to }) => to !== null).flatMap((e) => e.from),
    );
    const entered = new Set(REASSIGNMENT_LIFECYCLE.map(({ to }) => to));
    for (const state of left) expect(state === "listing" || entered.has(state)).toBe(true);
    for (const state of ends) expect(left.has(state)).toBe(false);
    const keys = REASSIGNMENT_LIFECYCLE.flatMap(({ act, from }) => from.map((s) => `${act} ${s}`));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
