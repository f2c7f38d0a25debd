import type { SendingChannel } from "@onegrid/contract";
import type { MessagingConfig } from "../../../platform/messaging-config.ts";
import { emailChannel } from "./email.ts";
import type { Channel } from "./letter.ts";
import { smsChannel } from "./sms.ts";

/** The channels an installation has; the page is always there and sends nothing. */
export const openChannels = (
  config: MessagingConfig,
  log: (line: string) => void,
): Partial<Record<SendingChannel, Channel>> => ({
  ...(config.email !== null && { email: emailChannel(config.email) }),
  ...(config.sms !== null && { sms: smsChannel(config.sms, config.privateHosts, log) }),
});

export const offeredChannels = (config: MessagingConfig): SendingChannel[] => [
  ...(config.email === null ? [] : (["email"] as const)),
  ...(config.sms === null ? [] : (["sms"] as const)),
];
