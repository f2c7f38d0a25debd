import type { OwnData } from "@onegrid/contract";
import { everywhere, residentActor, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { audit } from "../audit/index.ts";
import { getReceiptCase, openContact, removeContact } from "../cases/index.ts";
import { setAddress } from "../notifications/index.ts";
import {
  selectKeptAddress,
  selectKeptContact,
  selectLooks,
  selectOwnRating,
  type KeptRow,
} from "./own-data-queries.ts";
import { clearRatingWords } from "./rating-store.ts";
import { requireHolder, type FeedbackConfig } from "./receipt-feedback.ts";

const kept = ({ dataKey }: FeedbackConfig, countyCode: string, ownerId: string, row: KeptRow) => ({
  value: openContact(dataKey, countyCode, ownerId, row),
  consentVersion: row.consentVersion,
  consentedAt: row.consentedAt.toISOString(),
  deleteAfter: row.deleteAfter,
});

/**
 * Everything that is kept about whoever holds a receipt, for them alone (PIPL art. 45): also who
 * looked at their contact. On record. Throws `cases.receipt_not_found`.
 */
export const exportOwnData = async (
  anyCtx: Ctx,
  config: FeedbackConfig,
  typedCode: string,
  address: string,
): Promise<OwnData> => {
  const { countyCode } = anyCtx.county;
  const ctx: Ctx = { ...anyCtx, actor: residentActor(countyCode) };
  const told = await getReceiptCase(ctx, typedCode);
  return inScope(ctx.db, everywhere(countyCode), async (trx) => {
    const { caseId, followerId, origin } = await requireHolder(trx, ctx, typedCode);
    const isReporter = origin === "reporter";
    const contact = isReporter ? await selectKeptContact(trx, countyCode, caseId) : undefined;
    const messages = await selectKeptAddress(trx, countyCode, followerId);
    const rating = await selectOwnRating(trx, countyCode, caseId, followerId);
    const looks = isReporter ? await selectLooks(trx, countyCode, caseId) : [];
    const subject = caseId;
    await audit(trx, ctx, { action: "own_data.export", outcome: "done", subject, address });
    return {
      toldAt: ctx.clock.now().toISOString(),
      number: told.number,
      origin,
      report: isReporter
        ? { description: told.description, address: told.address, at: told.reportedAt }
        : null,
      contact: contact ? kept(config, countyCode, caseId, contact) : null,
      messages: messages
        ? { ...kept(config, countyCode, followerId, messages), channel: messages.channel }
        : null,
      rating: rating ? { ...rating, at: rating.at.toISOString() } : null,
      looks: looks.map((look) => ({ ...look, at: look.at.toISOString() })),
    };
  });
};

/**
 * Deletes at once what reaches or names the holder of a receipt: the contact, the address for
 * messages, the words of the rating (PIPL art. 47). The case and the mark stay, as nobody's. Again
 * it changes nothing. On record. Throws `cases.receipt_not_found`.
 */
export const removeOwnData = (anyCtx: Ctx, typedCode: string, address: string): Promise<void> => {
  const { countyCode } = anyCtx.county;
  const ctx: Ctx = { ...anyCtx, actor: residentActor(countyCode) };
  return inScope(ctx.db, everywhere(countyCode), async (trx) => {
    const { caseId, followerId, origin } = await requireHolder(trx, ctx, typedCode);
    if (origin === "reporter") await removeContact(trx, countyCode, caseId);
    await setAddress(trx, countyCode, followerId, null);
    await clearRatingWords(trx, countyCode, caseId, followerId);
    const subject = caseId;
    await audit(trx, ctx, { action: "own_data.remove", outcome: "done", subject, address });
  });
};
