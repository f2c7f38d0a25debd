import type { WorkerServices } from "../../platform/jobs.ts";
import { openContact } from "../cases/index.ts";
import { safePost, type SafeAnswer } from "./channels/safe-request.ts";
import { signWebhook } from "./webhook-signature.ts";
import type { StoredWebhook } from "./webhook-store.ts";

/**
 * POSTs a body to a webhook, signed with its secret. Throws `AddressNotAllowed` before anything is
 * sent, and what the network says when nobody answers.
 */
export const postSigned = (
  { config, clock }: Pick<WorkerServices, "config" | "clock">,
  countyCode: string,
  webhook: StoredWebhook,
  { deliveryId, body }: { deliveryId: string; body: string },
): Promise<SafeAnswer> => {
  const secret = openContact(config.dataKey, countyCode, webhook.webhookId, webhook.sealedSecret);
  return safePost(
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
};

/** 2xx took it. */
export const isTaken = (status: number): boolean => status >= 200 && status <= 299;

/** Why there was no answer, as a code: nothing of the other side's words. */
export const noAnswerCode = (thrown: unknown): string => {
  const { code, name } = thrown as { code?: string; name?: string };
  return code ?? name ?? "unknown";
};
