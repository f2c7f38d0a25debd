import {
  CONSENT_VERSION,
  MessageWish,
  type MessageLanguage,
  type PortalFormProblem,
  type PortalReportForm,
  type SendingChannel,
} from "@onegrid/contract";

const wrong = (code: string): { problem: PortalFormProblem } => ({
  problem: { field: "updates", code },
});

/**
 * How whoever filled a form wants to be told: an address with an @ is e-mail, anything else a
 * number. An address without the tick beside the consent is asked about, never used.
 */
export const readUpdatesWish = (
  { updatesTo, updatesAgreed }: Pick<PortalReportForm, "updatesTo" | "updatesAgreed">,
  language: MessageLanguage,
  offered: readonly SendingChannel[],
): { wish: MessageWish } | { problem: PortalFormProblem } => {
  const address = updatesTo.trim();
  if (address === "") return { wish: { channel: "page" } };
  const channel = address.includes("@") ? "email" : "sms";
  if (!offered.includes(channel)) return wrong("feedback.channel_not_offered");
  if (updatesAgreed !== "yes") return wrong("form.consent_missing");
  const parsed = MessageWish.safeParse({
    channel,
    address,
    language,
    consentVersion: CONSENT_VERSION,
  });
  if (parsed.success) return { wish: parsed.data };
  return wrong(channel === "email" ? "form.bad_email" : "form.bad_phone");
};
