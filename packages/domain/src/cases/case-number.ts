const DIGITS = 6;

/**
 * 案件编号 as people read it: the day of the report in the county (`YYYY-MM-DD`) and a running
 * number, `20261124-000042`.
 */
export const formatCaseNumber = (reportedOn: string, number: string): string =>
  `${reportedOn.replaceAll("-", "")}-${number.padStart(DIGITS, "0")}`;
