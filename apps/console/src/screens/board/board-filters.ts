import type { Board, Net, Tier } from "@onegrid/contract";
import type { CaseSearch } from "../../shared/case-search.ts";

type Looked = Pick<Board, "from" | "to" | "gridCode"> & { net?: string | undefined };

/** Cases the board looks at, whatever the period; the county itself needs no filter. */
const place = ({ gridCode, net }: Looked, countyCode: string): CaseSearch => ({
  ...(gridCode !== countyCode && { grid: gridCode }),
  ...(net !== undefined && { net }),
});

/**
 * For each figure of a board the filters of the list that counts the same cases
 * (packages/domain/src/cases/tally.ts says what each counts).
 */
export const boardFilters = (looked: Looked, countyCode: string) => {
  const { from, to } = looked;
  const base = place(looked, countyCode);
  const due: CaseSearch = { ...base, dueFrom: from, dueTo: to, sort: "due" };
  return {
    /** 应处置: became due in the period. Adding `disposedOnTime` gives 按期处置. */
    due,
    reported: { ...base, reportedFrom: from, reportedTo: to } satisfies CaseSearch,
    // A refused report ends too, but is not counted as closed.
    closed: {
      ...base,
      closedFrom: from,
      closedTo: to,
      state: "closed,self_handled",
    } satisfies CaseSearch,
    open: { ...base, open: "true" } satisfies CaseSearch,
    overdue: { ...base, overdue: "true" } satisfies CaseSearch,
    openAtTier: (tier: Tier): CaseSearch => ({ ...base, open: "true", tier }),
    ofNet: (net: Net) => boardFiltersOf({ ...looked, net }, countyCode),
    ofGrid: (gridCode: string) => boardFiltersOf({ ...looked, gridCode }, countyCode),
  };
};

type Simple = { due: CaseSearch; reported: CaseSearch; open: CaseSearch };
const boardFiltersOf = (looked: Looked, countyCode: string): Simple => {
  const { due, reported, open } = boardFilters(looked, countyCode);
  return { due, reported, open };
};

/** The day `days` before another, both `YYYY-MM-DD`. */
export const daysBefore = (day: string, days: number): string => {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
};

/** Today in a time zone, `YYYY-MM-DD`. */
export const todayIn = (timeZone: string, now: Date): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);

export const PERIODS = ["days7", "days30", "month", "quarter", "year"] as const;
export type Period = (typeof PERIODS)[number];

/** First and last day of a named period that ends today. */
export const periodOf = (period: Period, today: string): { from: string; to: string } => {
  const [year = "", month = ""] = today.split("-");
  const quarterMonth = String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, "0");
  const from: Record<Period, string> = {
    days7: daysBefore(today, 6),
    days30: daysBefore(today, 29),
    month: `${year}-${month}-01`,
    quarter: `${year}-${quarterMonth}-01`,
    year: `${year}-01-01`,
  };
  return { from: from[period], to: today };
};
