export { actOnCases, type CommandResult } from "./act-on-cases.ts";
export { mountCases } from "./case-routes.ts";
export { checkFolds, type FoldDifference } from "./check-folds.ts";
export { addDays, countyDay, dayEnd, dayStart } from "./county-days.ts";
export { getCase } from "./get-case.ts";
export { listCases } from "./list-cases.ts";
export { getReceiptCase, listPublicCases } from "./public-cases.ts";
export { reportAsResident } from "./report-as-resident.ts";
export { reportCases, type ReportResult } from "./report-cases.ts";
