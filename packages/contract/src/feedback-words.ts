/*
 * What residents and units hear, and what residents say back: closed lists. Declared here once;
 * CHECK constraints repeat them and the schema test compares.
 */

/** How a follower is told. `page` is the receipt page alone; the others also bring it to them. */
export const FOLLOW_CHANNELS = ["page", "email", "sms"] as const;
export type FollowChannel = (typeof FOLLOW_CHANNELS)[number];

/** Channels that send something. */
export type SendingChannel = Exclude<FollowChannel, "page">;

/** `reporter` reported the case; `joined` has met the same thing 我也遇到. */
export const FOLLOW_ORIGINS = ["reporter", "joined"] as const;
export type FollowOrigin = (typeof FOLLOW_ORIGINS)[number];

export const MESSAGE_LANGUAGES = ["zh-CN", "en"] as const;
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];

/** `greet`: the first message (of an e-mail: asks to confirm). `progress`: the case moved. */
export const MESSAGE_PURPOSES = ["greet", "progress"] as const;
export type MessagePurpose = (typeof MESSAGE_PURPOSES)[number];

/** `dropped`: nobody wanted it any more when its turn came. */
export const DELIVERY_STATES = ["queued", "sent", "failed", "dropped"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What a follower is told, in plain words. */
export const MESSAGE_KINDS = [
  "received",
  "accepted",
  "not_accepted",
  "given_to",
  "work_done",
  "cannot_be_done",
  "scheduled",
  "redo",
  "paused",
  "closed",
  "reopened",
  "merged",
  "voided",
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Why staff are alerted (the bell). */
export const ALERT_KINDS = [
  "emergency",
  "milestone",
  "overdue",
  "whistle",
  "supervision",
  "reopened",
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** 回访 results. Not reaching somebody three times is a normal result; refusing is no bad mark. */
export const CALLBACK_RESULTS = ["answered", "not_reached", "declined"] as const;
export type CallbackResult = (typeof CALLBACK_RESULTS)[number];
export const CALLBACK_STATES = ["waiting", "done"] as const;
export type CallbackState = (typeof CALLBACK_STATES)[number];

/** Where a rating came from. */
export const RATING_SOURCES = ["receipt", "callback"] as const;
export type RatingSource = (typeof RATING_SOURCES)[number];
