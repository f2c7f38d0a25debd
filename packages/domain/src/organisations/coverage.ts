/**
 * 党组织覆盖率 = subjects with a living Party organisation of their own ÷ all subjects, on one day.
 * A county says which subjects it publishes; the article's county publishes the estates' rate. Null
 * (shown as —) when there is nothing to cover, never 100 %.
 */
export const coverageRate = ({ covered, all }: { covered: number; all: number }): number | null =>
  all === 0 ? null : covered / all;

export type RenewalState = "overdue" | "due" | "later";

/** 换届提醒: `due` within `aheadDays` of the end of the term, `overdue` from the day after it. */
export const renewalState = (
  termEndsOn: string,
  today: string,
  aheadDays: number,
): RenewalState => {
  if (termEndsOn < today) return "overdue";
  const left = (Date.parse(termEndsOn) - Date.parse(today)) / 86_400_000;
  return left <= aheadDays ? "due" : "later";
};
