import type { MessageLanguage } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import type { Config } from "../../platform/config.ts";
import { channelsOf } from "./send-message.ts";
import { wordsIn } from "./words.ts";

type SignInCode = {
  to: string;
  countyName: string;
  code: string;
  minutes: number;
  language: MessageLanguage;
};

/**
 * Sends codes for signing in by the installation's way of text messages; null when there is none.
 * Sent at once and once: the code is stored nowhere that a later try could read it from.
 */
export const signInCodeSender = (
  config: Config,
): ((message: SignInCode) => Promise<void>) | null => {
  if (!config.messaging?.sms) return null;
  return async ({ to, countyName, code, minutes, language }) => {
    const { t } = wordsIn(language);
    await channelsOf(config).sms?.send({
      deliveryId: newId(),
      to,
      subject: "",
      text: t("letter>signInCode", { county: countyName, code, minutes }),
      stopUrl: null,
    });
  };
};
