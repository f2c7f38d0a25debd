import { SPOKEN_CONSENT, type CaseReport } from "@onegrid/contract";
import { isRefused, type Refused } from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import { CONTACT_KEPT_DAYS, sealContact } from "./contacts.ts";
import { addDays, countyDay } from "./county-days.ts";
import type { PreparedReport } from "./prepare-report.ts";
import { consentMissing } from "./problems.ts";
import { newReceiptCode } from "./receipt-code.ts";

/** A report without what must not be in its hash or its log, and the contact that was taken down. */
export type TakenDown = { report: CaseReport; contact: string | null };

/**
 * Parts a report from the contact of whoever phoned or came. Refusal: `cases.consent_missing` for a
 * contact whose owner has not agreed.
 */
export const takeDown = (sent: CaseReport): TakenDown | Refused => {
  if (sent.onBehalf === null || sent.onBehalf === undefined) return { report: sent, contact: null };
  const { contact = null, contactConsent = null, source, number } = sent.onBehalf;
  const leaves = contact !== null && contact !== "";
  if (leaves && contactConsent !== SPOKEN_CONSENT) return { refused: consentMissing };
  return {
    report: { ...sent, onBehalf: { source, number } },
    contact: leaves ? contact : null,
  };
};

/**
 * A person's report that a desk takes down gets what a resident's gets: a receipt, and the contact
 * sealed for as long.
 */
export const asTakenDown = (
  ctx: Ctx,
  dataKey: Uint8Array | null,
  prepared: PreparedReport | Refused,
  { report, contact }: TakenDown,
): PreparedReport | Refused => {
  const source = report.onBehalf?.source;
  if (isRefused(prepared) || source === undefined) return prepared;
  if (contact !== null && dataKey === null) throw new RangeError("no key to seal a contact with");
  const { countyCode, timeZone } = ctx.county;
  return {
    ...prepared,
    receiptCode: source === "department" ? null : newReceiptCode(),
    contact:
      contact === null || dataKey === null
        ? null
        : {
            ...sealContact(dataKey, countyCode, report.caseId, contact),
            deleteAfter: addDays(countyDay(ctx.clock.now(), timeZone), CONTACT_KEPT_DAYS),
            consentVersion: SPOKEN_CONSENT,
          },
  };
};
