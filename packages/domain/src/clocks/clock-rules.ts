/** A named share of the limit at which somebody is told, e.g. 75 %, 100 %, half a limit too late. */
export type MilestoneRule = { readonly key: string; readonly ratio: number };

/** What a county decides about clocks. Versioned there and frozen on the case. */
export type ClockRules = {
  /** Share of the limit at which a light turns amber. */
  readonly amberRatio: number;
  /** 延期 granted at most so many times. */
  readonly maxExtensions: number;
  /** 挂账 granted at most so many times. */
  readonly maxPauses: number;
  /** Longest pause; null allows pauses without an end. */
  readonly maxPauseMs: number | null;
  readonly milestones: readonly MilestoneRule[];
};

/**
 * Defaults from the practice of several cities: warning at 75 % of the limit, at most two
 * extensions before the deadline, one suspension of at most a year.
 */
export const DEFAULT_CLOCK_RULES: ClockRules = {
  amberRatio: 0.75,
  maxExtensions: 2,
  maxPauses: 1,
  maxPauseMs: 366 * 86_400_000,
  milestones: [
    { key: "amber", ratio: 0.75 },
    { key: "due", ratio: 1 },
    { key: "overdue_half", ratio: 1.5 },
  ],
};
