import type { CaseState, MessageWish, ReceiptFeedback } from "@onegrid/contract";
import { maskedAddress } from "@onegrid/domain";
import type { Config } from "../../platform/config.ts";
import { everywhere, type Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { NO_MESSAGING } from "../../platform/messaging-config.ts";
import { ProblemError } from "../../platform/problems.ts";
import {
  addDays,
  canonicalReceiptCode,
  caseRulesOf,
  countyDay,
  openContact,
  receiptNotFound,
} from "../cases/index.ts";
import {
  addressOf,
  countJoined,
  insertFollower,
  offeredChannels,
  selectFollower,
  setAddress,
} from "../notifications/index.ts";
import { selectHolder, selectRating, type ReceiptHolder } from "./receipt-queries.ts";

/** What feedback needs of the server beside the request. */
export type FeedbackConfig = Pick<Config, "dataKey" | "messaging">;

/** States that somebody worked towards: what is rated and reopened. */
export const RATED_STATES: readonly CaseState[] = ["closed", "self_handled"];

/** Throws `cases.receipt_not_found`. */
export const requireHolder = async (
  trx: Trx,
  ctx: Pick<Ctx, "county">,
  typedCode: string,
): Promise<ReceiptHolder> => {
  const code = canonicalReceiptCode(typedCode);
  const holder = await selectHolder(trx, ctx.county.countyCode, code);
  if (holder === undefined) throw new ProblemError(receiptNotFound());
  return holder;
};

/** Last day on which a case may be reopened; null when it may not. */
const reopenUntil = (holder: ReceiptHolder, ctx: Ctx, reopenDays: number): string | null => {
  const { timeZone } = ctx.county;
  const isOver = holder.reopenings > 0 || !RATED_STATES.includes(holder.state);
  if (holder.origin !== "reporter" || holder.closedAt === null || isOver) return null;
  const last = addDays(countyDay(holder.closedAt, timeZone), reopenDays);
  return countyDay(ctx.clock.now(), timeZone) <= last ? last : null;
};

export const feedbackView = async (
  trx: Trx,
  ctx: Ctx,
  config: FeedbackConfig,
  holder: ReceiptHolder,
  reopenDays: number,
): Promise<ReceiptFeedback> => {
  const { countyCode } = ctx.county;
  const { caseId, followerId, origin } = holder;
  const follower = await selectFollower(trx, countyCode, followerId);
  const rating = await selectRating(trx, countyCode, caseId, followerId);
  const until = reopenUntil(holder, ctx, reopenDays);
  const sealed = follower?.sealed ?? null;
  return {
    caseId,
    origin,
    messages: {
      channel: follower?.channel ?? "page",
      address:
        sealed === null
          ? null
          : maskedAddress(openContact(config.dataKey, countyCode, followerId, sealed)),
      confirmed: follower?.channel !== "email" || follower.confirmedAt !== null,
      deleteAfter: follower?.deleteAfter ?? null,
    },
    offered: offeredChannels(config.messaging ?? NO_MESSAGING),
    rating: rating ?? null,
    mayRate: origin === "reporter" && rating === undefined && RATED_STATES.includes(holder.state),
    mayReopen: until !== null,
    reopenUntil: until,
    followers: await countJoined(trx, countyCode, caseId),
  };
};

/** What the holder of a receipt may say back. Throws `cases.receipt_not_found`. */
export const getFeedback = async (
  ctx: Ctx,
  config: FeedbackConfig,
  typedCode: string,
): Promise<ReceiptFeedback> => {
  const { rules } = await caseRulesOf(ctx.db, ctx.county.countyCode);
  return inScope(ctx.db, everywhere(ctx.county.countyCode), async (trx) => {
    const holder = await requireHolder(trx, ctx, typedCode);
    return feedbackView(trx, ctx, config, holder, rules.reopenDays);
  });
};

/**
 * Changes how a receipt's holder is told; the page alone deletes the address at once. A new address
 * is greeted by a job of the same transaction. Throws `feedback.channel_not_offered`.
 */
export const chooseMessages = async (
  ctx: Ctx,
  config: FeedbackConfig,
  typedCode: string,
  wish: MessageWish,
): Promise<ReceiptFeedback> => {
  const { rules } = await caseRulesOf(ctx.db, ctx.county.countyCode);
  const { countyCode } = ctx.county;
  return inScope(ctx.db, everywhere(ctx.county.countyCode), async (trx) => {
    const holder = await requireHolder(trx, ctx, typedCode);
    const { caseId, followerId, origin } = holder;
    const address = addressOf(ctx, config, followerId, wish);
    const line = { followerId, caseId, origin, receiptCode: null };
    const isNew = origin === "reporter" && (await insertFollower(trx, countyCode, line, address));
    if (!isNew) await setAddress(trx, countyCode, followerId, address);
    if (address !== null) {
      const options = { key: `greet:${followerId}` };
      await ctx.jobs.add(trx, "notifications.greet", { countyCode, followerId }, options);
    }
    return feedbackView(trx, ctx, config, holder, rules.reopenDays);
  });
};
