import type { Refusal } from "@onegrid/contract";

const refusal = (code: string, status: Refusal["status"], detail: string): Refusal => ({
  code,
  status,
  detail,
});

export const badAlertCursor = refusal(
  "alerts.bad_cursor",
  422,
  "the cursor is not one that this list gave out",
);
export const addressNotAllowed = refusal(
  "webhooks.address_not_allowed",
  422,
  "the host is a private address; whoever runs the server may allow it by ONEGRID_WEBHOOK_PRIVATE_HOSTS",
);
export const tooManyWebhooks = refusal(
  "webhooks.too_many",
  409,
  "a county has at most 20 webhooks",
);
export const noSuchWebhook = refusal("webhooks.not_found", 404, "no webhook has this id");
export const channelNotOffered = refusal(
  "feedback.channel_not_offered",
  422,
  "this county sends no messages by this channel",
);
export const followerIdTaken = refusal(
  "feedback.follower_id_taken",
  409,
  "another follower has this id",
);
export const caseNotOpen = refusal(
  "feedback.case_not_open",
  404,
  "no open public case has this id",
);
export const noSuchFollower = refusal(
  "feedback.no_such_follower",
  404,
  "the link belongs to nobody any more",
);
