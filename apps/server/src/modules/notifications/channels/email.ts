import { createTransport } from "nodemailer";
import type { MessagingConfig } from "../../../platform/messaging-config.ts";
import { AddressRefused, type Channel } from "./letter.ts";

/** 5xx to the recipient: no such mailbox. Other refusals may pass. */
const isForGood = (error: unknown): boolean =>
  error instanceof Error &&
  "responseCode" in error &&
  typeof error.responseCode === "number" &&
  error.responseCode >= 550 &&
  error.responseCode <= 553;

/**
 * E-mail by SMTP. The Message-ID follows from the delivery, so that a letter sent again after a
 * crash is the same letter to every mail server and program that looks.
 */
export const emailChannel = ({ smtpUrl, from }: NonNullable<MessagingConfig["email"]>): Channel => {
  const transport = createTransport(smtpUrl, {
    from,
    // A letter is text of our own: nothing in it may make the server fetch a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^\s>]+)>?$/.exec(from)?.[1] ?? "onegrid.invalid";
  return {
    send: async ({ deliveryId, to, subject, text, stopUrl }) => {
      try {
        await transport.sendMail({
          to: { name: "", address: to },
          subject,
          text,
          messageId: `<${deliveryId}@${domain}>`,
          headers: {
            "Auto-Submitted": "auto-generated",
            ...(stopUrl !== null && {
              "List-Unsubscribe": `<${stopUrl}>`,
              "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }),
          },
        });
      } catch (error) {
        if (isForGood(error)) throw new AddressRefused("the mail server refused the address");
        throw error;
      }
    },
    close: () => transport.close(),
  };
};
