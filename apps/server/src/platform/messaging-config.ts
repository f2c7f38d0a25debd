import { z } from "zod";
import { OperatorError } from "./operator-error.ts";

/** How the installation reaches people and other systems. */
export type MessagingConfig = {
  /** Origin that links in messages begin with, e.g. `https://grid.example.gov.cn`; null: no links. */
  publicUrl: string | null;
  /** `smtp://user:password@host:587` or `smtps://…`, and the sender's address. Null: no e-mail. */
  email: { smtpUrl: string; from: string } | null;
  /** An HTTP gateway, or `log`: messages go to the log instead of a phone, for development. */
  sms: { kind: "gateway"; url: string; token: string } | { kind: "log" } | null;
  /** Hosts that webhooks may reach although their addresses are private: the county's own network. */
  privateHosts: readonly string[];
};

export const NO_MESSAGING: MessagingConfig = {
  publicUrl: null,
  email: null,
  sms: null,
  privateHosts: [],
};

const Environment = z
  .object({
    ONEGRID_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    ONEGRID_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    ONEGRID_MAIL_FROM: z.string().min(3).max(200).optional(),
    ONEGRID_SMS_GATEWAY_URL: z.url({ protocol: /^https?$/ }).optional(),
    ONEGRID_SMS_GATEWAY_TOKEN: z.string().min(1).optional(),
    ONEGRID_SMS: z.enum(["log"]).optional(),
    ONEGRID_WEBHOOK_PRIVATE_HOSTS: z.string().default(""),
    NODE_ENV: z.string().optional(),
  })
  .refine((e) => (e.ONEGRID_SMTP_URL === undefined) === (e.ONEGRID_MAIL_FROM === undefined), {
    message: "belong together",
    path: ["ONEGRID_SMTP_URL, ONEGRID_MAIL_FROM"],
  })
  .refine(
    (e) =>
      (e.ONEGRID_SMS_GATEWAY_URL === undefined) === (e.ONEGRID_SMS_GATEWAY_TOKEN === undefined),
    { message: "belong together", path: ["ONEGRID_SMS_GATEWAY_URL, ONEGRID_SMS_GATEWAY_TOKEN"] },
  );

/**
 * Reads the channels from the environment, the same for `./onegrid start` and a server by itself.
 * `production` (TLS in front, or NODE_ENV) refuses to put residents' messages into a log.
 * Throws `messaging.bad_environment` naming each variable that is wrong, never its value.
 */
export const messagingFromEnvironment = (
  env: Record<string, string | undefined>,
  production: boolean,
): MessagingConfig => {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new OperatorError(
      "messaging.bad_environment",
      `The environment for messages is not right:\n  ${wrong.join("\n  ")}`,
      "docs/operations.md says what each variable holds.",
    );
  }
  const e = parsed.data;
  if (e.ONEGRID_SMS === "log" && (production || e.NODE_ENV === "production")) {
    throw new OperatorError(
      "messaging.log_in_production",
      "ONEGRID_SMS=log writes residents' messages into the log: for development only.",
      "Set ONEGRID_SMS_GATEWAY_URL and ONEGRID_SMS_GATEWAY_TOKEN, or unset ONEGRID_SMS.",
    );
  }
  const gateway =
    e.ONEGRID_SMS_GATEWAY_URL !== undefined && e.ONEGRID_SMS_GATEWAY_TOKEN !== undefined
      ? {
          kind: "gateway" as const,
          url: e.ONEGRID_SMS_GATEWAY_URL,
          token: e.ONEGRID_SMS_GATEWAY_TOKEN,
        }
      : null;
  return {
    publicUrl: e.ONEGRID_PUBLIC_URL === undefined ? null : new URL(e.ONEGRID_PUBLIC_URL).origin,
    email:
      e.ONEGRID_SMTP_URL !== undefined && e.ONEGRID_MAIL_FROM !== undefined
        ? { smtpUrl: e.ONEGRID_SMTP_URL, from: e.ONEGRID_MAIL_FROM }
        : null,
    sms: gateway ?? (e.ONEGRID_SMS === "log" ? { kind: "log" } : null),
    privateHosts: e.ONEGRID_WEBHOOK_PRIVATE_HOSTS.split(",")
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ""),
  };
};
