import type { ReceiptFeedback, ReopenReason } from "@onegrid/contract";
import { everywhere, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { reopenAsResident } from "../cases/index.ts";
import { notReporter, reopenNotPossible } from "./problems.ts";
import { getFeedback, requireHolder, type FeedbackConfig } from "./receipt-feedback.ts";

/** Whether this very command is in the case's log: sent again, it is answered as the first time. */
const isDone = async (ctx: Ctx, caseId: string, commandId: string): Promise<boolean> => {
  const row = await inScope(ctx.db, everywhere(ctx.county.countyCode), (trx) =>
    trx
      .selectFrom("case_event")
      .select("case_id")
      .where("county_code", "=", ctx.county.countyCode)
      .where("event_id", "=", commandId)
      .where("kind", "=", "reopen")
      .executeTakeFirst(),
  );
  return row?.case_id === caseId;
};

/**
 * The reporter says that a closed case is not solved: it goes back to work, through the lifecycle's
 * own action. Throws `feedback.not_reporter`, `feedback.reopen_not_possible`.
 */
export const reopenCase = async (
  ctx: Ctx,
  config: FeedbackConfig,
  typedCode: string,
  { commandId, reason, words }: { commandId: string; reason: ReopenReason; words: string },
): Promise<ReceiptFeedback> => {
  const holder = await inScope(ctx.db, everywhere(ctx.county.countyCode), (trx) =>
    requireHolder(trx, ctx, typedCode),
  );
  if (holder.origin !== "reporter") throw new ProblemError(notReporter);
  if (await isDone(ctx, holder.caseId, commandId)) return getFeedback(ctx, config, typedCode);
  try {
    await reopenAsResident(ctx, { receiptCode: typedCode, commandId, reason, note: words });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.refusal.status >= 500) throw error;
    throw new ProblemError(reopenNotPossible);
  }
  return getFeedback(ctx, config, typedCode);
};
