import type { CaseRules } from "@onegrid/contract";

export type { CaseRules } from "@onegrid/contract";

const hours = (amount: number) => ({ amount, unit: "working_hour" as const });
const days = (amount: number) => ({ amount, unit: "working_day" as const });
const urgent = (amount: number) => ({ amount, unit: "urgent_hour" as const });

/**
 * What a county follows until it decides otherwise, from the practice of several cities: two
 * extensions of one original limit each, one suspension of at most a year, tiers of 1, 3 and 5
 * working days, 30 minutes to sign an emergency, arrival within 30 minutes of an urgent whistle.
 */
export const DEFAULT_CASE_RULES: CaseRules = {
  reopenDays: 15,
  extensionMax: 2,
  suspensionMax: 1,
  suspensionMaxDays: 365,
  appealDays: 15,
  amberRatio: 0.75,
  milestones: [
    { key: "amber", ratio: 0.75 },
    { key: "due", ratio: 1 },
    { key: "overdue_half", ratio: 1.5 },
  ],
  checkLimit: hours(4),
  signLimit: hours(4),
  emergencySignLimit: urgent(0.5),
  tierLimits: { level3: days(1), level2: days(3), level1: days(5) },
  autoEscalation: true,
  supervisionLimits: { ordinary: days(3), key: days(2), listed: days(1) },
  whistleLimits: { urgent: urgent(0.5), enforcement: urgent(1), coordination: hours(7) },
  subTaskLimit: days(3),
  meTooDistanceM: 100,
  meTooHours: 72,
  callBackShare: 0.1,
};
