import { formatCaseNumber } from "@onegrid/domain";
import { countyDay } from "./county-days.ts";

/** 案件编号 as people read it: the day of the report and a running number, `20261124-000042`. */
export const caseNumber = (reportedAt: Date, number: string, timeZone: string): string =>
  formatCaseNumber(countyDay(reportedAt, timeZone), number);

/** The running number in what somebody typed into a search, or undefined when it is no number. */
export const runningNumberOf = (typed: string): string | undefined => {
  const found = /^(?:\d{8}-)?0*(\d{1,18})$/.exec(typed.trim());
  return found?.[1];
};
