import { inScope } from "../../platform/database.ts";
import type { WorkerServices } from "../../platform/jobs.ts";
import { openContact, readToldCase, type ToldCase } from "../cases/index.ts";
import { AddressNotAllowed, safePost } from "./channels/safe-request.ts";
import { everywhere } from "../../platform/context.ts";
import { countyNamed, MOST_ATTEMPTS } from "./send-message.ts";
import { signWebhook } from "./webhook-signature.ts";
import { claimCall, selectWebhooks, settleCall } from "./webhook-store.ts";

declare module "../../platform/jobs.ts" {
  interface JobPayloads {
    /** Calls one webhook about one event; keyed by the delivery. */
    "notifications.webhook": { countyCode: string; deliveryId: string };
  }
}

/**
 * What another system is told: the event's kind and the case as everybody may see it, with its
 * version. No words that people wrote, no person; who may see more reads it through the API.
 */
const bodyOf = (deliveryId: string, countyCode: string, told: ToldCase, seq: number): string => {
  const step = told.steps.find((each) => each.seq === seq);
  return JSON.stringify({
    id: deliveryId,
    type: `case.${step?.kind ?? "unknown"}`,
    countyCode,
    occurredAt: step?.event.occurredAt.toISOString() ?? null,
    version: seq,
    state: step?.toState ?? told.view.state,
    case: told.view,
  });
};

/** 2xx took it; 410 says that nobody listens there any more. */
const isTaken = (status: number) => status >= 200 && status <= 299;

/**
 * POSTs one event to one webhook, signed. Refused or unanswered calls are tried again with growing
 * pauses, twelve times in all; a private address and 410 end it at once.
 */
export const callWebhook = async (
  { config, database, clock }: WorkerServices,
  { countyCode, deliveryId }: { countyCode: string; deliveryId: string },
): Promise<void> => {
  const { db } = database;
  const scope = everywhere(countyCode);
  const { timeZone } = await countyNamed(db, countyCode);
  const claimed = await inScope(db, scope, async (trx) => {
    const call = await claimCall(trx, countyCode, deliveryId);
    if (call === undefined) return null;
    const webhook = (await selectWebhooks(trx, countyCode)).find(
      ({ webhookId }) => webhookId === call.webhookId,
    );
    return { call, webhook, told: await readToldCase(trx, countyCode, call.caseId, timeZone) };
  });
  if (claimed === null) return;
  const { call, webhook, told } = claimed;
  const settle = (
    state: "queued" | "sent" | "failed" | "dropped",
    status: number | null,
    error: string | null,
  ) =>
    inScope(db, scope, (trx) =>
      settleCall(trx, countyCode, deliveryId, {
        state,
        status,
        error,
        deliveredAt: state === "sent" ? clock.now() : null,
      }),
    );
  if (webhook?.active !== true || told === undefined) return settle("dropped", null, null);
  const body = bodyOf(deliveryId, countyCode, told, call.seq);
  const secret = openContact(config.dataKey, countyCode, webhook.webhookId, webhook.sealedSecret);
  let status: number | null = null;
  let error: string;
  try {
    const answer = await safePost(
      webhook.url,
      body,
      {
        "content-type": "application/json",
        "user-agent": "OneGrid",
        "onegrid-delivery": deliveryId,
        "onegrid-signature": signWebhook(secret, clock.now(), body),
      },
      config.messaging?.privateHosts ?? [],
    );
    status = answer.status;
    if (isTaken(status)) return settle("sent", status, null);
    error = `answered ${status}`;
    if (status === 410) return settle("failed", status, error);
  } catch (thrown) {
    if (thrown instanceof AddressNotAllowed) return settle("failed", null, thrown.message);
    const { code, name } = thrown as { code?: string; name?: string };
    error = `no answer: ${code ?? name ?? "unknown"}`;
  }
  const isOver = call.attempts >= MOST_ATTEMPTS;
  await settle(isOver ? "failed" : "queued", status, error);
  if (!isOver) throw new Error(`webhook ${webhook.webhookId}: ${error}`);
};
