import type { CaseState, MessageWish } from "@onegrid/contract";
import { everywhere, scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { caseNumber, newReceiptCode } from "../cases/index.ts";
import {
  addressOf,
  insertFollower,
  notificationProblems,
  selectFollower,
} from "../notifications/index.ts";
import { isJoinable } from "./nearby.ts";
import type { FeedbackConfig } from "./receipt-feedback.ts";

/**
 * Me too: enters a follower of an open case with a receipt of their own; residents follow public
 * cases, staff those of their scope. The same id again answers the same receipt. Throws `feedback.case_not_open`, `feedback.follower_id_taken`,
 * `feedback.channel_not_offered`.
 */
export const joinCase = (
  ctx: Ctx,
  config: FeedbackConfig,
  caseId: string,
  { followerId, messages }: { followerId: string; messages: MessageWish },
  who: "public" | "staff" = "public",
): Promise<{ receiptCode: string; number: string }> => {
  const { countyCode, timeZone } = ctx.county;
  const scope = who === "public" ? everywhere(countyCode) : scopeOf(ctx);
  return inScope(ctx.db, scope, async (trx) => {
    const row = await trx
      .selectFrom("cases")
      .select(["state", "reported_at", "case_number"])
      .where("county_code", "=", countyCode)
      .where("case_id", "=", caseId)
      .executeTakeFirst();
    if (row === undefined) throw new ProblemError(notificationProblems.caseNotOpen);
    const number = caseNumber(row.reported_at, row.case_number, timeZone);
    const known = await selectFollower(trx, countyCode, followerId);
    if (known?.caseId === caseId && known.receiptCode !== null) {
      return { receiptCode: known.receiptCode, number };
    }
    if (known !== undefined) throw new ProblemError(notificationProblems.followerIdTaken);
    if (!isJoinable(row.state as CaseState, who)) {
      throw new ProblemError(notificationProblems.caseNotOpen);
    }
    const address = addressOf(ctx, config, followerId, messages);
    const receiptCode = newReceiptCode();
    const line = { followerId, caseId, origin: "joined", receiptCode } as const;
    const isEntered = await insertFollower(trx, countyCode, line, address);
    // Sent twice at the same moment: the other one was first, and asking again finds it.
    if (!isEntered) throw new ProblemError(notificationProblems.followerIdTaken);
    if (address !== null) {
      const options = { key: `greet:${followerId}` };
      await ctx.jobs.add(trx, "notifications.greet", { countyCode, followerId }, options);
    }
    return { receiptCode, number };
  });
};
