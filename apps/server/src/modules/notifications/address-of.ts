import type { MessageWish } from "@onegrid/contract";
import type { Config } from "../../platform/config.ts";
import type { Ctx } from "../../platform/context.ts";
import { NO_MESSAGING } from "../../platform/messaging-config.ts";
import { ProblemError } from "../../platform/problems.ts";
import { addDays, CONTACT_KEPT_DAYS, countyDay, sealContact } from "../cases/index.ts";
import { offeredChannels } from "./channels/channel.ts";
import type { FollowerAddress } from "./follower-store.ts";
import { channelNotOffered } from "./problems.ts";

/**
 * What is stored of a wish to be told: the address sealed for this follower alone, with its term.
 * Null for the page. Throws `feedback.channel_not_offered`.
 */
export const addressOf = (
  ctx: Pick<Ctx, "clock" | "county">,
  config: Pick<Config, "dataKey" | "messaging">,
  followerId: string,
  wish: MessageWish,
): FollowerAddress | null => {
  if (wish.channel === "page") return null;
  if (!offeredChannels(config.messaging ?? NO_MESSAGING).includes(wish.channel)) {
    throw new ProblemError(channelNotOffered);
  }
  const { countyCode, timeZone } = ctx.county;
  const now = ctx.clock.now();
  return {
    channel: wish.channel,
    ...sealContact(config.dataKey, countyCode, followerId, wish.address),
    language: wish.language,
    consentVersion: wish.consentVersion,
    consentedAt: now,
    deleteAfter: addDays(countyDay(now, timeZone), CONTACT_KEPT_DAYS),
  };
};
