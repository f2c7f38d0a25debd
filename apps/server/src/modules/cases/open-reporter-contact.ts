import type { ContactReason } from "@onegrid/contract";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { openContact } from "./contacts.ts";
import { noContact, notFound } from "./problems.ts";

/**
 * The contact of whoever reported a case, for one who has the case in sight and says why. Written
 * to the audit log in the same transaction, also when there is none to show: without the line
 * nothing is told. Throws `cases.not_found`, `cases.no_contact`.
 */
export const openReporterContact = async (
  ctx: StaffCtx,
  dataKey: Uint8Array,
  caseId: string,
  { reason, address }: { reason: ContactReason; address: string },
): Promise<string> => {
  const { countyCode } = ctx.county;
  const sealed = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const seen = await trx
      .selectFrom("cases")
      .select("case_id")
      .where("county_code", "=", countyCode)
      .where("case_id", "=", caseId)
      .executeTakeFirst();
    const row = await trx
      .selectFrom("reporter_contact")
      .select(["key_id as keyId", "ciphertext"])
      .where("county_code", "=", countyCode)
      .where("case_id", "=", caseId)
      .executeTakeFirst();
    await audit(trx, ctx, {
      action: "contact.open",
      outcome: row === undefined ? "refused" : "done",
      subject: caseId,
      address,
      detail: { reason },
    });
    return { isSeen: seen !== undefined, row };
  });
  if (!sealed.isSeen) throw new ProblemError(notFound(caseId));
  if (sealed.row === undefined) throw new ProblemError(noContact(caseId));
  return openContact(dataKey, countyCode, caseId, sealed.row);
};
