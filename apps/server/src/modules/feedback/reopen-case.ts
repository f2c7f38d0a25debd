import type { CaseCommand, ReceiptFeedback, ReopenReason } from "@onegrid/contract";
import { residentActor, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { actOnCases } from "../cases/index.ts";
import { notReporter, reopenNotPossible } from "./problems.ts";
import {
  getFeedback,
  requireHolder,
  wholeCounty,
  type FeedbackConfig,
} from "./receipt-feedback.ts";

/** Whether this very command is in the case's log: sent again, it is answered as the first time. */
const isDone = async (ctx: Ctx, caseId: string, commandId: string): Promise<boolean> => {
  const row = await inScope(ctx.db, wholeCounty(ctx), (trx) =>
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
  staffCtx: Ctx,
  config: FeedbackConfig,
  typedCode: string,
  { commandId, reason, words }: { commandId: string; reason: ReopenReason; words: string },
): Promise<ReceiptFeedback> => {
  const ctx: Ctx = { ...staffCtx, actor: residentActor(staffCtx.county.countyCode) };
  const holder = await inScope(ctx.db, wholeCounty(ctx), (trx) =>
    requireHolder(trx, ctx, typedCode),
  );
  if (holder.origin !== "reporter") throw new ProblemError(notReporter);
  if (await isDone(ctx, holder.caseId, commandId)) return getFeedback(ctx, config, typedCode);
  const command: CaseCommand = {
    commandId,
    caseId: holder.caseId,
    action: "reopen",
    baseVersion: holder.version,
    deviceSeq: 0,
    capturedAt: null,
    note: words,
    target: null,
    attachmentIds: [],
    details: { action: "reopen", reason },
  };
  const { results } = await actOnCases(ctx, [command]);
  if (results[0]?.outcome !== "applied") throw new ProblemError(reopenNotPossible);
  return getFeedback(ctx, config, typedCode);
};
