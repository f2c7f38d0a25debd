import type {
  Category,
  Department,
  RuleConditions,
  RuleTarget,
  TimeWindow,
} from "@onegrid/contract";
import type { TFunction } from "i18next";

/** Minutes after midnight as the clock shows them: 1320 → 22:00, 1800 → 06:00. */
export const clockWords = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export const windowWords = ({ startMinute, endMinute }: TimeWindow): string =>
  `${clockWords(startMinute)}–${clockWords(endMinute)}`;

export type Names = {
  categories: readonly Category[];
  departments: readonly Department[];
  gridName: (code: string) => string;
};

const unitName = ({ departments }: Names, code: string): string =>
  departments.find((unit) => unit.unitCode === code)?.name ?? code;

const categoryName = ({ categories }: Names, prefix: string): string => {
  const exact = categories.find((category) => category.categoryCode === prefix);
  return exact?.name ?? `${prefix}…`;
};

/** Where a rule sends a case, in words. */
export const targetWords = (t: TFunction, target: RuleTarget, names: Names): string => {
  if (target.to === "grid") return t(`tier>${target.tier}`);
  if (target.to === "component_owner") return t("dispatching>toOwner");
  return unitName(names, target.unitCode);
};

/** A rule's conditions in words, one phrase each; [] for a rule that always holds. */
export const conditionWords = (t: TFunction, when: RuleConditions, names: Names): string[] => {
  const some = (values: readonly string[], condition: string) =>
    values.length === 0 ? [] : [`${condition}：${values.join("、")}`];
  const days = [when.fromDay ?? "…", when.untilDay ?? "…"];
  return [
    ...some(
      when.categoryPrefixes.map((prefix) => categoryName(names, prefix)),
      t("dispatching>if_category"),
    ),
    ...some(
      when.nets.map((net) => t(`net>${net}`)),
      t("dispatching>if_net"),
    ),
    ...some(
      when.kinds.map((kind) => t(`dispatching>kind_${kind}`)),
      t("dispatching>if_kind"),
    ),
    ...some(when.gridCodes.map(names.gridName), t("dispatching>if_grid")),
    ...some(
      when.componentOwners.map((code) => unitName(names, code)),
      t("dispatching>if_component_owner"),
    ),
    ...some(
      when.sources.map((source) => t(`source>${source}`)),
      t("dispatching>if_source"),
    ),
    ...(when.emergency === null ? [] : [t(`dispatching>emergency_${String(when.emergency)}`)]),
    ...(when.workingTime === null
      ? []
      : [t(`dispatching>workingTime_${String(when.workingTime)}`)]),
    ...some(
      when.weekdays.map((day) => t(`calendar>weekday${day}`)),
      t("dispatching>if_weekday"),
    ),
    ...some(when.windows.map(windowWords), t("dispatching>if_window")),
    ...(when.fromDay === null && when.untilDay === null
      ? []
      : [`${t("dispatching>if_days")}：${days.join("–")}`]),
  ];
};
