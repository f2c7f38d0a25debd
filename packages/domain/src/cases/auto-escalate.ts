import { isGridTier } from "../grids/code.ts";
import { isSuspended, type Case } from "./case.ts";
import type { CaseContext, Decided } from "./command.ts";
import { nextTier, stageLimits } from "./targets.ts";

/** Which of a stage's clocks ran out. */
export type EscalationRule = "clock.hold_ran_out" | "clock.sign_ran_out";

/**
 * 自动上报: the event that takes a case up when the clock of a tier's turn has run out; null where
 * nothing is to be done: it is with a department or the county, being fed back, or suspended. That
 * nobody signed takes up only an emergency; other cases wait for their tier's own limit.
 */
export const autoEscalate = (
  c: Case,
  rule: EscalationRule,
  context: Pick<CaseContext, "levelLengths" | "rules" | "now">,
): Decided | null => {
  if (!context.rules.autoEscalation || !isGridTier(c.tier) || c.tier === "county") return null;
  if (c.state !== "dispatched" && c.state !== "signed") return null;
  if (rule === "clock.sign_ran_out" && !(c.emergency && c.state === "dispatched")) return null;
  if (isSuspended(c, context.now)) return null;
  const holder = nextTier(c, context.levelLengths);
  return {
    kind: "escalate",
    data: { ...holder, note: null, rule, stage: stageLimits(holder.tier, c, context.rules) },
    by: "system",
  };
};
