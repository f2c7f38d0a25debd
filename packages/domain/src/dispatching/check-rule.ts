import type { RuleFault, RuleFaultCode, TimeWindow } from "@onegrid/contract";
import type { CheckedRule, DispatchReferences, DispatchRuleSpec } from "./rule.ts";

const MINUTES_A_DAY = 1440;

/** A window has a length, and not more than a day. */
const isWindow = ({ startMinute, endMinute }: TimeWindow): boolean =>
  Number.isInteger(startMinute) &&
  Number.isInteger(endMinute) &&
  startMinute >= 0 &&
  startMinute < MINUTES_A_DAY &&
  endMinute > startMinute &&
  endMinute - startMinute <= MINUTES_A_DAY;

const missing = (
  field: string,
  code: RuleFaultCode,
  values: readonly string[],
  has: (value: string) => boolean,
): RuleFault[] => values.filter((value) => !has(value)).map((found) => ({ field, code, found }));

/**
 * Everything that makes a rule broken: departments, grids and categories the county does not have,
 * windows without a length or longer than a day, days that end before they begin.
 */
export const ruleFaults = (
  rule: Pick<DispatchRuleSpec, "when" | "target">,
  county: DispatchReferences,
): RuleFault[] => {
  const { when, target } = rule;
  const targetUnits = target.to === "department" ? [target.unitCode] : [];
  const { fromDay, untilDay } = when;
  const endsBefore = fromDay !== null && untilDay !== null && untilDay < fromDay;
  return [
    ...missing("target/unitCode", "unknown_unit", targetUnits, county.hasUnit),
    ...missing("when/componentOwners", "unknown_unit", when.componentOwners, county.hasUnit),
    ...missing("when/gridCodes", "unknown_grid", when.gridCodes, county.hasGrid),
    ...missing(
      "when/categoryPrefixes",
      "unknown_category",
      when.categoryPrefixes,
      county.hasCategory,
    ),
    ...when.windows
      .filter((window) => !isWindow(window))
      .map(({ startMinute, endMinute }): RuleFault => ({
        field: "when/windows",
        code: "invalid_window",
        found: `${startMinute}-${endMinute}`,
      })),
    ...(endsBefore
      ? [
          {
            field: "when/untilDay",
            code: "invalid_days" as const,
            found: `${fromDay}/${untilDay}`,
          },
        ]
      : []),
  ];
};

/** The rules in their order, each with its faults. None is dropped. */
export const checkRules = (
  rules: readonly DispatchRuleSpec[],
  county: DispatchReferences,
): CheckedRule[] => rules.map((rule) => ({ rule, faults: ruleFaults(rule, county) }));
