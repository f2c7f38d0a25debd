import { randomBytes } from "node:crypto";
import {
  deleteWebhook,
  listWebhookDeliveries,
  listWebhooks,
  putWebhook,
  testWebhook as testEndpoint,
  type CaseEventKind,
  type DeliveryState,
  type EndpointAnswer,
  type EndpointParsed,
  type Webhook,
} from "@onegrid/contract";
import { sql } from "kysely";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { mount } from "../../platform/http.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { MountRoutes, Services } from "../../platform/services.ts";
import { audit } from "../audit/index.ts";
import { sealContact } from "../cases/index.ts";
import { AddressNotAllowed, refuseLiteral } from "./channels/safe-request.ts";
import { testWebhook } from "./test-webhook.ts";
import { addressNotAllowed, noSuchWebhook, tooManyWebhooks } from "./problems.ts";
import { selectWebhooks, type StoredWebhook } from "./webhook-store.ts";

const MOST_WEBHOOKS = 20;

const viewOf = (webhook: StoredWebhook): Webhook => ({
  webhookId: webhook.webhookId,
  url: webhook.url,
  eventKinds: webhook.eventKinds,
  active: webhook.active,
  createdAt: webhook.createdAt.toISOString(),
});

const requireAllowed = (url: string, privateHosts: readonly string[]): void => {
  try {
    refuseLiteral(new URL(url), privateHosts);
  } catch (error) {
    if (error instanceof AddressNotAllowed) throw new ProblemError(addressNotAllowed);
    throw error;
  }
};

/** Adds or changes a webhook. The secret is made here, told once and stored encrypted. */
const put = async (
  services: Services,
  ctx: StaffCtx,
  { params: { webhookId }, body }: EndpointParsed<typeof putWebhook>,
): Promise<EndpointAnswer<typeof putWebhook>> => {
  const { dataKey, messaging } = services.config;
  requireAllowed(body.url, messaging?.privateHosts ?? []);
  const { countyCode } = ctx.county;
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const present = await selectWebhooks(trx, countyCode);
    const isNew = !present.some((each) => each.webhookId === webhookId);
    if (isNew && present.length >= MOST_WEBHOOKS) throw new ProblemError(tooManyWebhooks);
    const secret = randomBytes(32).toString("base64url");
    const sealed = sealContact(dataKey, countyCode, webhookId, secret);
    const { rows } = await sql<{ created_at: Date; fresh: boolean }>`
      INSERT INTO webhook (county_code, webhook_id, url, key_id, secret, event_kinds, active,
        created_at)
      VALUES (${countyCode}, ${webhookId}::uuid, ${body.url}, ${sealed.keyId}, ${sealed.ciphertext},
        ${body.eventKinds}::text[], ${body.active}, ${ctx.clock.now()}::timestamptz)
      ON CONFLICT (county_code, webhook_id) DO UPDATE SET url = excluded.url,
        event_kinds = excluded.event_kinds, active = excluded.active
      RETURNING created_at, secret = ${sealed.ciphertext} AS fresh`.execute(trx);
    const [row] = rows;
    await audit(trx, ctx, { action: "webhook.change", outcome: "done", subject: webhookId });
    return {
      webhookId,
      ...body,
      createdAt: (row?.created_at ?? ctx.clock.now()).toISOString(),
      secret: row?.fresh === true ? secret : null,
    };
  });
};

/** Removes a webhook; one that is not there is removed already. */
const remove = (
  ctx: StaffCtx,
  webhookId: string,
): Promise<EndpointAnswer<typeof deleteWebhook>> => {
  const { countyCode } = ctx.county;
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom("webhook")
      .where("county_code", "=", countyCode)
      .where("webhook_id", "=", webhookId)
      .executeTakeFirst();
    if (numDeletedRows > 0n) {
      await audit(trx, ctx, { action: "webhook.remove", outcome: "done", subject: webhookId });
    }
    return { webhooks: (await selectWebhooks(trx, countyCode)).map(viewOf) };
  });
};

type DeliveryRow = {
  delivery_id: string;
  case_id: string;
  kind: CaseEventKind;
  state: DeliveryState;
  attempts: number;
  last_status: number | null;
  last_error: string | null;
  created_at: Date;
  delivered_at: Date | null;
};

const deliveries = (
  ctx: StaffCtx,
  webhookId: string,
): Promise<EndpointAnswer<typeof listWebhookDeliveries>> => {
  const { countyCode } = ctx.county;
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const known = await selectWebhooks(trx, countyCode);
    if (!known.some((each) => each.webhookId === webhookId)) throw new ProblemError(noSuchWebhook);
    const { rows } = await sql<DeliveryRow>`
      SELECT d.delivery_id, d.case_id, e.kind, d.state, d.attempts, d.last_status, d.last_error,
        d.created_at, d.delivered_at
      FROM webhook_delivery d JOIN case_event e USING (county_code, case_id, seq)
      WHERE d.county_code = ${countyCode} AND d.webhook_id = ${webhookId}::uuid
      ORDER BY d.created_at DESC LIMIT 100`.execute(trx);
    return {
      deliveries: rows.map((row) => ({
        deliveryId: row.delivery_id,
        caseId: row.case_id,
        kind: row.kind,
        state: row.state,
        attempts: row.attempts,
        lastStatus: row.last_status,
        lastError: row.last_error,
        createdAt: row.created_at.toISOString(),
        deliveredAt: row.delivered_at?.toISOString() ?? null,
      })),
    };
  });
};

/** Mounts the configuration of webhooks and their delivery log. */
export const mountWebhooks: MountRoutes = (app, services) => {
  const { gate } = services;
  mount(app, gate, listWebhooks, (ctx) =>
    inScope(ctx.db, scopeOf(ctx), async (trx) => ({
      webhooks: (await selectWebhooks(trx, ctx.county.countyCode)).map(viewOf),
    })),
  );
  mount(app, gate, putWebhook, (ctx, input) => put(services, ctx, input));
  mount(app, gate, deleteWebhook, (ctx, { params }) => remove(ctx, params.webhookId));
  mount(app, gate, testEndpoint, (ctx, { params }) => testWebhook(services, ctx, params.webhookId));
  mount(app, gate, listWebhookDeliveries, (ctx, { params }) => deliveries(ctx, params.webhookId));
};
