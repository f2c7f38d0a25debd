import type { CaseAction, CaseDetail, CaseState, Tier } from "@onegrid/contract";
import type { Who } from "./case-world.ts";

/** Everybody there is; most meet cases that are none of theirs. */
const EVERYBODY: readonly Who[] = [
  "worker1",
  "worker2",
  "head-grid1",
  "head-community1",
  "head-street1",
  "street1",
  "centre",
  "city-management",
  "emergency",
];

const HOLDERS: Record<Tier, readonly Who[]> = {
  level3: ["worker1", "worker1", "head-grid1"],
  level2: ["head-community1"],
  level1: ["head-street1", "street1"],
  county: ["centre"],
  department: ["city-management", "emergency"],
};

/** Those whose turn it probably is. */
const likely = ({ state, tier }: { state: CaseState; tier: Tier }): readonly Who[] => {
  switch (state) {
    case "checking":
    case "dispatched":
    case "signed":
    case "handled":
      return HOLDERS[tier];
    case "fed_back":
      return ["head-grid1", "head-community1", "street1"];
    default:
      return ["street1", "head-street1", "centre"];
  }
};

const pick = <T>(from: readonly T[], next: () => number): T | undefined =>
  from[Math.floor(next() * from.length)];

/** Who tries next: mostly somebody whose turn it is, now and then anybody. */
export const nextActor = (seen: { state: CaseState; tier: Tier } | null, next: () => number): Who =>
  pick(seen === null || next() < 0.2 ? EVERYBODY : likely(seen), next) ?? "street1";

/** How gladly a step is taken, so that most cases come to their end by way of many by-roads. */
const GLADLY: Partial<Record<CaseAction, number>> = {
  void: 0.02,
  merge: 0.05,
  refuse: 0.05,
  self_handle: 0.1,
  return: 0.3,
  rework: 0.3,
  escalate: 0.2,
  mark_no_owner: 0.2,
  check: 0.5,
  ask_suspension: 0.2,
  ask_extension: 0.4,
  supervise: 0.3,
  call_whistle: 0.3,
  assign_sub_task: 0.4,
  dispatch: 2,
  sign: 3,
  handle: 3,
  feed_back: 4,
  verify: 4,
  close: 6,
};

/** One of the steps that are allowed, by how gladly each is taken; undefined when there is none. */
export const nextStep = (
  allowed: CaseDetail["allowed"],
  state: CaseState,
  next: () => number,
): CaseDetail["allowed"][number] | undefined => {
  // Sent on again from where it lies is a by-road too.
  const weight = ({ action }: { action: CaseAction }) =>
    action === "dispatch" && state !== "filed" ? 0.2 : (GLADLY[action] ?? 1);
  let left = next() * allowed.reduce((sum, one) => sum + weight(one), 0);
  return allowed.find((one) => (left -= weight(one)) < 0) ?? allowed.at(-1);
};
