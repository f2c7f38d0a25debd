import { inScope } from "../../platform/database.ts";
import type { WorkerServices } from "../../platform/jobs.ts";
import { readToldCase, type ToldCase } from "../cases/index.ts";
import { AddressNotAllowed } from "./channels/safe-request.ts";
import { everywhere } from "../../platform/context.ts";
import { isTaken, noAnswerCode, postSigned } from "./post-signed.ts";
import { countyNamed, MOST_ATTEMPTS } from "./send-message.ts";
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
  let status: number | null = null;
  let error: string;
  try {
    const message = { deliveryId, body };
    ({ status } = await postSigned({ config, clock }, countyCode, webhook, message));
    if (isTaken(status)) return settle("sent", status, null);
    error = `answered ${status}`;
    // Nobody listens there any more.
    if (status === 410) return settle("failed", status, error);
  } catch (thrown) {
    if (thrown instanceof AddressNotAllowed) return settle("failed", null, thrown.message);
    error = `no answer: ${noAnswerCode(thrown)}`;
  }
  const isOver = call.attempts >= MOST_ATTEMPTS;
  await settle(isOver ? "failed" : "queued", status, error);
  if (!isOver) throw new Error(`webhook ${webhook.webhookId}: ${error}`);
};
