import type { EndpointParsed, ReceiptFeedback, rateCase as endpoint } from "@onegrid/contract";
import { everywhere, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { caseRulesOf, countyDay } from "../cases/index.ts";
import { alreadyRated, notClosed, notReporter } from "./problems.ts";
import { insertRating } from "./rating-store.ts";
import {
  feedbackView,
  RATED_STATES,
  requireHolder,
  type FeedbackConfig,
} from "./receipt-feedback.ts";

/**
 * Takes a reporter's rating of a closed case, once. Throws `feedback.not_closed`,
 * `feedback.already_rated`, `feedback.not_reporter`.
 */
export const rateCase = async (
  ctx: Ctx,
  config: FeedbackConfig,
  typedCode: string,
  { score, resolved, words }: EndpointParsed<typeof endpoint>["body"],
): Promise<ReceiptFeedback> => {
  const { countyCode, timeZone } = ctx.county;
  const { rules } = await caseRulesOf(ctx.db, countyCode);
  const now = ctx.clock.now();
  return inScope(ctx.db, everywhere(ctx.county.countyCode), async (trx) => {
    const holder = await requireHolder(trx, ctx, typedCode);
    if (holder.origin !== "reporter") throw new ProblemError(notReporter);
    if (!RATED_STATES.includes(holder.state)) throw new ProblemError(notClosed);
    const taken = await insertRating(trx, countyCode, {
      caseId: holder.caseId,
      followerId: holder.followerId,
      source: "receipt",
      score,
      resolved,
      words: words === "" ? null : words,
      ratedAt: now,
      month: countyDay(now, timeZone).slice(0, 7),
      gridCode: holder.gridCode,
      unitCode: holder.unitCode,
    });
    if (!taken) throw new ProblemError(alreadyRated);
    return feedbackView(trx, ctx, config, holder, rules.reopenDays);
  });
};
