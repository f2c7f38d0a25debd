import { figureFilters, type BoardCell, type BoardFigure } from "@onegrid/domain";
import type { CaseSearch } from "../../shared/case-search.ts";

/** The list behind a figure of a cell, as it stands in an address. */
export const figureSearch = (figure: BoardFigure, cell: BoardCell): CaseSearch =>
  Object.fromEntries(
    Object.entries(figureFilters(figure, cell)).map(([name, value]) => [name, String(value)]),
  );

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
