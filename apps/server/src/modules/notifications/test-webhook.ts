import type { EndpointAnswer, testWebhook as endpoint } from "@onegrid/contract";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import { isTaken, noAnswerCode, postSigned } from "./post-signed.ts";
import { noSuchWebhook } from "./problems.ts";
import { selectWebhooks } from "./webhook-store.ts";

/**
 * Calls a webhook once, at once, about no case: whether address, secret and the way there are
 * right. Paused ones too. Throws `webhooks.not_found`; that nobody answers is an answer.
 */
export const testWebhook = async (
  { config, clock }: Pick<Services, "config" | "clock">,
  ctx: StaffCtx,
  webhookId: string,
): Promise<EndpointAnswer<typeof endpoint>> => {
  const { countyCode } = ctx.county;
  const webhooks = await inScope(ctx.db, scopeOf(ctx), (trx) => selectWebhooks(trx, countyCode));
  const webhook = webhooks.find((each) => each.webhookId === webhookId);
  if (webhook === undefined) throw new ProblemError(noSuchWebhook);
  const deliveryId = newId();
  const occurredAt = clock.now().toISOString();
  const body = JSON.stringify({ id: deliveryId, type: "ping", countyCode, occurredAt });
  try {
    const { status } = await postSigned({ config, clock }, countyCode, webhook, {
      deliveryId,
      body,
    });
    return { taken: isTaken(status), status, error: null };
  } catch (thrown) {
    return { taken: false, status: null, error: noAnswerCode(thrown) };
  }
};
