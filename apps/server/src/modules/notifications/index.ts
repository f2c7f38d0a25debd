import type { Tasks } from "../../platform/jobs.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { mountAlerts } from "./alert-routes.ts";
import { callWebhook } from "./call-webhook.ts";
import { removeExpired } from "./remove-expired.ts";
import { sendMessage } from "./send-message.ts";
import { tellOfMilestone } from "./tell-of-milestone.ts";
import { greet, tell } from "./tell.ts";
import { mountWebhooks } from "./webhook-routes.ts";

export { offeredChannels, openChannels } from "./channels/channel.ts";
export { AddressRefused } from "./channels/letter.ts";
export { addressOf } from "./address-of.ts";
export { derivedId } from "./derived-id.ts";
export {
  countJoined,
  insertFollower,
  selectFollower,
  setAddress,
  type Follower,
} from "./follower-store.ts";
export { confirmByLink, readLink, stopByLink, type LinkState } from "./message-link.ts";
export * as notificationProblems from "./problems.ts";
export { signInCodeSender } from "./send-sign-in-code.ts";
export { wordsIn } from "./words.ts";

/** Mounts the bell and the configuration of webhooks. */
export const mountNotifications: MountRoutes = async (app, services) => {
  await mountAlerts(app, services);
  await mountWebhooks(app, services);
};

export const notificationTasks = {
  "notifications.tell": tell,
  "notifications.greet": greet,
  "notifications.send": sendMessage,
  "notifications.webhook": callWebhook,
  "notifications.milestone": tellOfMilestone,
  "notifications.remove_expired": removeExpired,
} satisfies Tasks;
