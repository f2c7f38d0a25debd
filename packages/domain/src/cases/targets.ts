import type { Limit, Tier } from "@onegrid/contract";
import {
  gridHolder,
  isGridTier,
  levelOfTier,
  tierOfLevel,
  type GridHolder,
  type GridLevel,
  type LevelLengths,
} from "../grids/code.ts";
import { refuse, type Refused } from "../refused.ts";
import type { Case } from "./case.ts";
import type { CaseRules } from "./case-rules.ts";
import type { MoveData, StageLimits } from "./event.ts";

/** What dispatch rules look at of a case. */
export type RuledFacts = Pick<
  Case,
  "gridCode" | "categoryCode" | "net" | "emergency" | "source" | "componentCode"
>;

/** What finding a holder needs of the county. */
export type TargetContext = {
  levelLengths: LevelLengths;
  /** Limit and owner of the case's category in its present version. */
  category: { limit: Limit; startTier: Tier; ownerUnitCode: string | null };
  /** 派遣规则: where the county's own rules send a case; null when none of them takes it. */
  ruleFor?: (c: RuledFacts) => MoveData | null;
};

/** 权责清单: where the authority line of its category sends a case. */
export const authorityTarget = (
  c: Pick<Case, "gridCode">,
  context: Pick<TargetContext, "category" | "levelLengths">,
): MoveData => {
  const { startTier, ownerUnitCode } = context.category;
  if (!isGridTier(startTier) && ownerUnitCode !== null) {
    return { tier: "department", holderCode: ownerUnitCode, note: null, rule: "category.owner" };
  }
  const tier = isGridTier(startTier) ? startTier : "county";
  return {
    ...gridHolder(tier, c.gridCode, context.levelLengths),
    note: null,
    rule: "category.tier",
  };
};

/**
 * 派遣规则: where a filed case goes by itself — the first of the county's rules that takes it, and
 * the authority line of its category when none does.
 */
export const ruleTarget = (c: RuledFacts, context: TargetContext): MoveData =>
  context.ruleFor?.(c) ?? authorityTarget(c, context);

/** The pool of whoever dispatches a place: its street, or the county where it has none. */
export const dispatcherPool = (gridCode: string, lengths: LevelLengths): GridHolder =>
  gridHolder("level1", gridCode, lengths);

/** The next tier up from where the case is; the county is the last. */
export const nextTier = (c: Pick<Case, "tier" | "gridCode">, lengths: LevelLengths): GridHolder => {
  const own = isGridTier(c.tier) ? levelOfTier(c.tier) : 0;
  return gridHolder(tierOfLevel(Math.max(0, own - 1) as GridLevel), c.gridCode, lengths);
};

/**
 * The holder that a person named. Refusals: `cases.target_required`, `cases.no_grid_at_tier`.
 */
export const namedHolder = (
  c: Pick<Case, "gridCode">,
  wanted: { tier: Tier; unitCode?: string } | null,
  lengths: LevelLengths,
): { tier: Tier; holderCode: string } | Refused => {
  if (wanted === null) {
    return refuse("cases.target_required", 422, "this step names a tier, or a department");
  }
  if (isGridTier(wanted.tier)) {
    const holder = gridHolder(wanted.tier, c.gridCode, lengths);
    return holder.tier === wanted.tier
      ? holder
      : refuse("cases.no_grid_at_tier", 422, "the place has no grid at this tier", {
          tier: wanted.tier,
          nearest: holder.tier,
        });
  }
  return wanted.unitCode === undefined
    ? refuse("cases.target_required", 422, "tier department names its unitCode")
    : { tier: "department", holderCode: wanted.unitCode };
};

/** Limits of a holder's turn, frozen in the event that begins it. */
export const stageLimits = (
  tier: Tier,
  { emergency }: Pick<Case, "emergency">,
  rules: CaseRules,
): StageLimits => ({
  sign: emergency ? rules.emergencySignLimit : rules.signLimit,
  // An emergency goes up when nobody signs; a tier's working days would come too late.
  hold: emergency || tier === "department" || tier === "county" ? null : rules.tierLimits[tier],
});
