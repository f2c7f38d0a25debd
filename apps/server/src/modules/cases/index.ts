export { actOnCases, type CommandResult } from "./act-on-cases.ts";
export { caseChangeCounter, caseTile, publicCaseTile } from "./case-tiles.ts";
export { mountCases } from "./case-routes.ts";
export { checkFolds, type FoldDifference } from "./check-folds.ts";
export { countCases } from "./case-count-queries.ts";
export { addDays, countyDay, daysBetween } from "./county-days.ts";
export { caseNumber } from "./case-number.ts";
export { CONTACT_KEPT_DAYS, contactOwner, openContact, sealContact } from "./contacts.ts";
export { getCase } from "./get-case.ts";
export { caseRulesOf, type CaseRulesHistory } from "./case-rules-cache.ts";
export { countEvents } from "./event-counts.ts";
export { fireMilestones, fireMilestonesOf, type Fired } from "./fire-milestones.ts";
export { listCases } from "./list-cases.ts";
export { getReceiptCase, listPublicCases } from "./public-cases.ts";
export { removeContact } from "./remove-contacts.ts";
export { reportAsResident } from "./report-as-resident.ts";
export { reopenAsResident, type Reopening } from "./reopen-as-resident.ts";
export { refoldCases } from "./refold-cases.ts";
export { relocateCases } from "./relocate-cases.ts";
export { reportCases, type ReportResult } from "./report-cases.ts";
import { milestoneTasks } from "./fire-milestones.ts";
import { recalendarTasks } from "./recalendar.ts";
import { contactTasks } from "./remove-contacts.ts";

/** Jobs of this module. */
export const caseTasks = { ...contactTasks, ...milestoneTasks, ...recalendarTasks };
export { readToldCase, type ToldCase } from "./told-case.ts";
export { canonicalReceiptCode, newReceiptCode } from "./receipt-code.ts";
export { receiptNotFound } from "./problems.ts";
