import type { ConditionName, RuleConditions, TimeWindow } from "@onegrid/contract";
import { isWithin } from "../grids/code.ts";
import type { DispatchFacts, DispatchRuleSpec } from "./rule.ts";

const MINUTES_A_DAY = 1440;

const among = <T>(allowed: readonly T[], value: T): boolean =>
  allowed.length === 0 || allowed.includes(value);

/** Within the window, which may have begun the evening before. */
const isIn = ({ startMinute, endMinute }: TimeWindow, minute: number): boolean =>
  (minute >= startMinute && minute < endMinute) || minute + MINUTES_A_DAY < endMinute;

const CONDITIONS: Record<ConditionName, (when: RuleConditions, facts: DispatchFacts) => boolean> = {
  category: ({ categoryPrefixes: prefixes }, { categoryCode }) =>
    prefixes.length === 0 || prefixes.some((prefix) => categoryCode.startsWith(prefix)),
  net: ({ nets }, { net }) => among(nets, net),
  kind: ({ kinds }, { kind }) => among(kinds, kind),
  grid: ({ gridCodes }, { gridCode }) =>
    gridCodes.length === 0 || gridCodes.some((code) => isWithin(gridCode, code)),
  component_owner: ({ componentOwners: owners }, { componentOwner }) =>
    owners.length === 0 || (componentOwner !== null && owners.includes(componentOwner)),
  source: ({ sources }, { source }) => among(sources, source),
  emergency: (when, { emergency }) => when.emergency === null || when.emergency === emergency,
  working_time: (when, { workingTime }) =>
    when.workingTime === null || when.workingTime === workingTime,
  weekday: ({ weekdays }, { weekday }) => among<number>(weekdays, weekday),
  window: ({ windows }, { minute }) =>
    windows.length === 0 || windows.some((window) => isIn(window, minute)),
  days: ({ fromDay, untilDay }, { day }) =>
    (fromDay === null || day >= fromDay) && (untilDay === null || day <= untilDay),
};

/** The conditions of a rule that a case does not meet; [] when the rule takes it. */
export const unmetConditions = (
  { when, target }: DispatchRuleSpec,
  facts: DispatchFacts,
): ConditionName[] => {
  const unmet = (Object.keys(CONDITIONS) as ConditionName[]).filter(
    (name) => !CONDITIONS[name](when, facts),
  );
  const isUnowned = target.to === "component_owner" && facts.componentOwner === null;
  return isUnowned && !unmet.includes("component_owner") ? [...unmet, "component_owner"] : unmet;
};
