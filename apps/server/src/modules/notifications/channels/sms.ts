import type { MessagingConfig } from "../../../platform/messaging-config.ts";
import { AddressRefused, type Channel } from "./letter.ts";
import { safePost } from "./safe-request.ts";

/**
 * Text messages through an HTTP gateway: POST of `{ id, to, text }` as JSON with a bearer token;
 * 2xx takes it, 422 refuses the number for good, everything else is tried again. `id` is the same
 * at every try. The county's provider stands behind the gateway; each has an interface of its own.
 */
const gateway = (url: string, token: string, privateHosts: readonly string[]): Channel => ({
  send: async ({ deliveryId, to, text }) => {
    const { status } = await safePost(
      url,
      JSON.stringify({ id: deliveryId, to, text }),
      {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "idempotency-key": deliveryId,
      },
      // Who configured the gateway's address runs this server; it may be a neighbour.
      [...privateHosts, new URL(url).hostname.toLowerCase()],
    );
    if (status === 422) throw new AddressRefused("the gateway refused the number");
    if (status < 200 || status > 299) throw new Error(`the gateway answered ${status}`);
  },
  close: () => {},
});

/** For development: the words go to the log. `messagingFromEnvironment` refuses it in production. */
const toLog = (log: (line: string) => void): Channel => ({
  send: async ({ to, text }) => log(`text message to ${to}: ${text}`),
  close: () => {},
});

export const smsChannel = (
  config: NonNullable<MessagingConfig["sms"]>,
  privateHosts: readonly string[],
  log: (line: string) => void,
): Channel =>
  config.kind === "log" ? toLog(log) : gateway(config.url, config.token, privateHosts);
