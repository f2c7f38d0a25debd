import { EmailAddress, PhoneNumber, type SendingChannel } from "@onegrid/contract";
import { v7 as uuidv7 } from "uuid";
import { AddressRefused, openChannels, wordsIn } from "../modules/notifications/index.ts";
import { messagingFromEnvironment } from "../platform/messaging-config.ts";
import { messageOf, OperatorError } from "../platform/operator-error.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";

const usage = `Usage: ./onegrid notify test --to ADDRESS [--language zh-CN|en]

Sends one test message by the channel that the address belongs to, with the settings of the
environment (docs/operations.md), and says what the other side answered. Needs no database.

  --to ADDRESS          an e-mail address, or a mobile number
  --language LANGUAGE   zh-CN or en (default: zh-CN)`;

const OPTIONS = {
  to: { type: "string" },
  language: { type: "string", default: "zh-CN" },
} as const;

/** The channel of an address and its stored form. Throws `cli.bad_address`. */
function addressFrom(text: string | undefined): { channel: SendingChannel; to: string } {
  const email = EmailAddress.safeParse(text);
  if (email.success) return { channel: "email", to: email.data };
  const phone = PhoneNumber.safeParse(text);
  if (phone.success) return { channel: "sms", to: phone.data };
  throw new OperatorError(
    "cli.bad_address",
    "Say where to: --to with an e-mail address or a mobile number.",
    "See: ./onegrid notify test --help",
  );
}

async function run(argv: string[]): Promise<number> {
  const { values } = readArguments("notify test", argv, OPTIONS);
  const { channel, to } = addressFrom(values.to);
  const channels = openChannels(messagingFromEnvironment(process.env, false), console.log);
  const chosen = channels[channel];
  if (chosen === undefined) {
    throw new OperatorError(
      "notify.not_configured",
      `No channel for ${channel === "email" ? "e-mail" : "text messages"} is set up.`,
      channel === "email"
        ? "Set ONEGRID_SMTP_URL and ONEGRID_MAIL_FROM; docs/operations.md says how."
        : "Set ONEGRID_SMS_GATEWAY_URL and ONEGRID_SMS_GATEWAY_TOKEN; docs/operations.md says how.",
    );
  }
  const { t } = wordsIn(values.language === "en" ? "en" : "zh-CN");
  const letter = {
    deliveryId: uuidv7(),
    to,
    subject: t("letter>testSubject"),
    text: t("letter>test"),
    stopUrl: null,
  };
  try {
    await chosen.send(letter);
  } catch (cause) {
    const hint =
      cause instanceof AddressRefused
        ? "The address itself was refused."
        : "Look at the host, the port, the name and the password.";
    throw new OperatorError("notify.failed", `Not sent: ${messageOf(cause)}`, hint, { cause });
  } finally {
    chosen.close();
  }
  console.log(
    `Taken by the ${channel === "email" ? "mail server" : "gateway"} as ${letter.deliveryId}.`,
  );
  return 0;
}

export const command: Command = { usage, run };
