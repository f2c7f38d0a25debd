import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { ALERT_KINDS, DELIVERY_STATES } from "./feedback-words.ts";
import { Cursor, Id, Instant, QueryNumber, text } from "./primitives.ts";
import { CASE_EVENT_KINDS } from "./words.ts";

/** 提醒 (the bell): something that one account should see at once. */
export const Alert = z.object({
  alertId: Id,
  kind: z.enum(ALERT_KINDS),
  caseId: Id,
  number: z.string(),
  categoryName: z.string(),
  gridName: z.string(),
  /** Facts that the words of its kind name, e.g. the share of the limit used up. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  raisedAt: Instant,
  readAt: Instant.nullable(),
});
export type Alert = z.infer<typeof Alert>;

export const listAlerts = endpoint({
  name: "alerts.list",
  method: "GET",
  path: "/api/v1/alerts",
  permission: "signed_in",
  summary: "Alerts of the signed-in account, newest first",
  query: z.strictObject({
    cursor: Cursor.optional(),
    limit: QueryNumber(z.number().int().min(1).max(100)).optional(),
  }),
  answer: z.object({
    alerts: z.array(Alert),
    unread: z.number().int(),
    nextCursor: z.string().nullable(),
  }),
  problems: ["alerts.bad_cursor"],
});

export const readAlerts = endpoint({
  name: "alerts.read",
  method: "POST",
  path: "/api/v1/alerts/read",
  permission: "signed_in",
  summary: "Mark alerts as read; `all` marks what was raised up to now",
  body: z.discriminatedUnion("what", [
    z.strictObject({ what: z.literal("some"), alertIds: z.array(Id).min(1).max(100) }),
    z.strictObject({ what: z.literal("all") }),
  ]),
  answer: z.object({ unread: z.number().int() }),
});

/** Sent on `/api/v1/events` as server-sent events named `alert`: the bell has something new. */
export const AlertRaised = z.object({ kind: z.enum(ALERT_KINDS), caseId: Id });
export type AlertRaised = z.infer<typeof AlertRaised>;

/** Another system of the county that is told of each event by a signed POST. */
export const Webhook = z.object({
  webhookId: Id,
  url: z.string(),
  /** Event kinds it wants; empty means all. */
  eventKinds: z.array(z.enum(CASE_EVENT_KINDS)),
  active: z.boolean(),
  createdAt: Instant,
});
export type Webhook = z.infer<typeof Webhook>;

const WebhookUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine(
    (url) => {
      // Refinements also see what the checks before them refused.
      const parsed = URL.parse(url);
      return parsed !== null && parsed.username === "" && parsed.hash === "";
    },
    { message: "without a name, a password or a fragment" },
  );

export const listWebhooks = endpoint({
  name: "webhooks.list",
  method: "GET",
  path: "/api/v1/webhooks",
  permission: "configuration.write",
  summary: "Systems that are told of events",
  answer: z.object({ webhooks: z.array(Webhook) }),
});

export const putWebhook = endpoint({
  name: "webhooks.put",
  method: "PUT",
  path: "/api/v1/webhooks/{webhookId}",
  permission: "configuration.write",
  summary: "Add a webhook or change it; the answer to the first PUT tells its secret, once",
  params: z.strictObject({ webhookId: Id }),
  body: z.strictObject({
    url: WebhookUrl,
    eventKinds: z.array(z.enum(CASE_EVENT_KINDS)).max(CASE_EVENT_KINDS.length),
    active: z.boolean(),
  }),
  answer: Webhook.extend({ secret: z.string().nullable() }),
  problems: ["webhooks.address_not_allowed", "webhooks.too_many"],
});

export const deleteWebhook = endpoint({
  name: "webhooks.delete",
  method: "DELETE",
  path: "/api/v1/webhooks/{webhookId}",
  permission: "configuration.write",
  summary: "Remove a webhook with its secret and its deliveries; answers those that are left",
  params: z.strictObject({ webhookId: Id }),
  answer: z.object({ webhooks: z.array(Webhook) }),
});

export const testWebhook = endpoint({
  name: "webhooks.test",
  method: "POST",
  path: "/api/v1/webhooks/{webhookId}/tests",
  permission: "configuration.write",
  summary: "Call a webhook at once with a signed message of type `ping`, about no case",
  params: z.strictObject({ webhookId: Id }),
  answer: z.object({
    /** True: it answered 2xx. */
    taken: z.boolean(),
    /** HTTP status of the answer; null when there was none. */
    status: z.number().int().nullable(),
    /** Why there was none: a code of the network; null when there was one. */
    error: text(300).nullable(),
  }),
  problems: ["webhooks.not_found"],
});

export const WebhookDelivery = z.object({
  deliveryId: Id,
  caseId: Id,
  kind: z.enum(CASE_EVENT_KINDS),
  state: z.enum(DELIVERY_STATES),
  attempts: z.number().int(),
  /** HTTP status of the last answer; null when there was none. */
  lastStatus: z.number().int().nullable(),
  lastError: text(300).nullable(),
  createdAt: Instant,
  deliveredAt: Instant.nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const listWebhookDeliveries = endpoint({
  name: "webhooks.deliveries",
  method: "GET",
  path: "/api/v1/webhooks/{webhookId}/deliveries",
  permission: "configuration.write",
  summary: "The last 100 deliveries of a webhook, newest first",
  params: z.strictObject({ webhookId: Id }),
  answer: z.object({ deliveries: z.array(WebhookDelivery) }),
  problems: ["webhooks.not_found"],
});
