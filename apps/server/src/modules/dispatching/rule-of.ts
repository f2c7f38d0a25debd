import type { CategoryKind } from "@onegrid/contract";
import {
  dispatchByRules,
  localMoment,
  type CheckedRule,
  type CompiledCalendar,
  type LevelLengths,
  type RuledFacts,
} from "@onegrid/domain";

/**
 * Where a county's rules send a case that is filed `now`; null when none takes it. The clock on the
 * wall is only worked out where there are rules: most counties' hot path has none.
 */
export const ruleOf = (
  rules: readonly CheckedRule[],
  of: {
    case: RuledFacts;
    kind: CategoryKind;
    /** Department that owns the component the case names. */
    componentOwner: string | null;
    calendar: CompiledCalendar;
    levelLengths: LevelLengths;
    now: Date;
  },
): ReturnType<typeof dispatchByRules> => {
  if (rules.length === 0) return null;
  const { kind, componentOwner } = of;
  const facts = { ...of.case, kind, componentOwner, ...localMoment(of.calendar, of.now) };
  return dispatchByRules(rules, facts, of.levelLengths);
};
