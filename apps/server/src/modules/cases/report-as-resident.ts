import { CaseReport, CONSENT_VERSION, type Receipt, type ResidentReport } from "@onegrid/contract";
import { isRefused } from "@onegrid/domain";
import { residentActor, type Ctx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import { componentsNamed } from "../components/index.ts";
import { unnameableBefore } from "./attachment-queries.ts";
import { CONTACT_KEPT_DAYS, sealContact } from "./contacts.ts";
import { addDays, countyDay } from "./county-days.ts";
import { countyRules } from "./county-rules.ts";
import { prepareReport } from "./prepare-report.ts";
import { consentMissing, unknownAttachment } from "./problems.ts";
import { newReceiptCode } from "./receipt-code.ts";
import { takeCase } from "./report-cases.ts";

/**
 * Takes a resident's report and answers with a receipt; sent again, it answers with the same one.
 * The contact is sealed before it goes anywhere and is not part of the log.
 * Throws the refusals of `reportCases`, and `cases.consent_missing` for a contact whose owner has not
 * agreed to the present text.
 */
export const reportAsResident = async (
  staffCtx: Ctx,
  dataKey: Uint8Array,
  { contact, contactConsent, ...sent }: ResidentReport,
): Promise<Receipt> => {
  const { countyCode, timeZone } = staffCtx.county;
  const leavesContact = contact !== null && contact !== "";
  if (leavesContact && (contactConsent ?? null) === null) throw new ProblemError(consentMissing);
  // A signed-in account that uses the residents' page reports as a resident.
  const ctx: Ctx = { ...staffCtx, actor: residentActor(countyCode) };
  const rules = await countyRules(ctx);
  const report = CaseReport.parse({
    ...sent,
    attachmentIds: [...new Set(sent.attachmentIds)],
    capturedAt: null,
    selfHandledNote: null,
  });
  const strange = await unnameableBefore(ctx.db, countyCode, null, [report]);
  if (strange.size > 0) throw new ProblemError(unknownAttachment([...strange]));
  const components = await componentsNamed(
    ctx.db,
    countyCode,
    report.componentCode === null ? [] : [report.componentCode],
  );
  const now = ctx.clock.now();
  const prepared = prepareReport(report, ctx.actor, rules, now, components);
  if (isRefused(prepared)) throw new ProblemError(prepared.refused);
  const taken = await takeCase(ctx, {
    ...prepared,
    receiptCode: newReceiptCode(),
    contact: leavesContact
      ? {
          ...sealContact(dataKey, countyCode, report.caseId, contact),
          deleteAfter: addDays(countyDay(now, timeZone), CONTACT_KEPT_DAYS),
          consentVersion: CONSENT_VERSION,
        }
      : null,
  });
  if (isRefused(taken)) throw new ProblemError(taken.refused);
  if (taken.receiptCode === null) throw new RangeError(`case ${taken.caseId} has no receipt`);
  const grid = rules.gridName(taken.gridCode);
  return {
    receiptCode: taken.receiptCode,
    number: taken.number,
    gridName: grid ?? taken.gridCode,
    dueAt: taken.dueAt,
  };
};
