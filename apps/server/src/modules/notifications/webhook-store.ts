import type { CaseEventKind } from "@onegrid/contract";
import { sql } from "kysely";
import type { Trx } from "../../platform/database.ts";
import type { Jobs } from "../../platform/jobs.ts";
import type { ToldCase } from "../cases/index.ts";
import { derivedId } from "./derived-id.ts";

export type StoredWebhook = {
  webhookId: string;
  url: string;
  sealedSecret: { keyId: string; ciphertext: Buffer };
  eventKinds: CaseEventKind[];
  active: boolean;
  createdAt: Date;
};

/** A county's webhooks, oldest first. */
export const selectWebhooks = async (trx: Trx, countyCode: string): Promise<StoredWebhook[]> => {
  const rows = await trx
    .selectFrom("webhook")
    .selectAll()
    .where("county_code", "=", countyCode)
    .orderBy("created_at")
    .orderBy("webhook_id")
    .execute();
  return rows.map((row) => ({
    webhookId: row.webhook_id,
    url: row.url,
    sealedSecret: { keyId: row.key_id, ciphertext: row.secret },
    eventKinds: row.event_kinds as CaseEventKind[],
    active: row.active,
    createdAt: row.created_at,
  }));
};

/** Queues a call to each webhook that wants a step; keyed by webhook and step. */
export const queueWebhooks = async (
  jobs: Jobs,
  trx: Trx,
  countyCode: string,
  steps: ToldCase["steps"],
): Promise<void> => {
  for (const webhook of await selectWebhooks(trx, countyCode)) {
    if (!webhook.active) continue;
    for (const { kind, seq, event } of steps) {
      if (webhook.eventKinds.length > 0 && !webhook.eventKinds.includes(kind)) continue;
      const deliveryId = derivedId("webhook", webhook.webhookId, event.caseId, seq);
      const { numAffectedRows } = await sql`
        INSERT INTO webhook_delivery (county_code, delivery_id, webhook_id, case_id, seq)
        VALUES (${countyCode}, ${deliveryId}::uuid, ${webhook.webhookId}::uuid,
          ${event.caseId}::uuid, ${seq}) ON CONFLICT DO NOTHING`.execute(trx);
      if (numAffectedRows === 0n) continue;
      const payload = { countyCode, deliveryId };
      await jobs.add(trx, "notifications.webhook", payload, { key: `webhook:${deliveryId}` });
    }
  }
};

export type WebhookCall = {
  webhookId: string;
  caseId: string;
  seq: number;
  attempts: number;
};

/** Counts a try and hands out the call; undefined when it is settled. */
export const claimCall = async (
  trx: Trx,
  countyCode: string,
  deliveryId: string,
): Promise<WebhookCall | undefined> => {
  const row = await trx
    .updateTable("webhook_delivery")
    .set((eb) => ({ attempts: eb("attempts", "+", 1) }))
    .where("county_code", "=", countyCode)
    .where("delivery_id", "=", deliveryId)
    .where("state", "=", "queued")
    .returning(["webhook_id", "case_id", "seq", "attempts"])
    .executeTakeFirst();
  return (
    row && {
      webhookId: row.webhook_id,
      caseId: row.case_id,
      seq: row.seq,
      attempts: row.attempts,
    }
  );
};

/** The delivery log's line after a try. */
export const settleCall = async (
  trx: Trx,
  countyCode: string,
  deliveryId: string,
  outcome: {
    state: "queued" | "sent" | "failed" | "dropped";
    status: number | null;
    error: string | null;
    deliveredAt: Date | null;
  },
): Promise<void> => {
  await trx
    .updateTable("webhook_delivery")
    .set({
      state: outcome.state,
      last_status: outcome.status,
      last_error: outcome.error,
      delivered_at: outcome.deliveredAt,
    })
    .where("county_code", "=", countyCode)
    .where("delivery_id", "=", deliveryId)
    .execute();
};
