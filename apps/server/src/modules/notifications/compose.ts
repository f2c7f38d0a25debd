import type {
  MessageLanguage,
  MessagePurpose,
  PublicCase,
  SendingChannel,
} from "@onegrid/contract";
import { lettersOf, TEXTED, type Message, type ToldEvent } from "@onegrid/domain";
import type { Letter } from "./channels/letter.ts";
import { wordsIn } from "./words.ts";

/** Everything a letter is made of; the same facts always make the same letter. */
export type LetterFacts = {
  deliveryId: string;
  channel: SendingChannel;
  purpose: MessagePurpose;
  language: MessageLanguage;
  to: string;
  countyName: string;
  view: PublicCase;
  steps: readonly ToldEvent[];
  /** Origin of links; null: the letter has none. */
  publicUrl: string | null;
  receiptCode: string | null;
  /** Lets the receiver confirm or stop. */
  token: string;
};

/** What a follower hears of some steps by a channel; empty when it is not worth a message. */
export const newsFor = (channel: SendingChannel, steps: readonly ToldEvent[]): Message[] => {
  const all = lettersOf(steps);
  return channel === "email" ? all : all.filter(({ kind }) => TEXTED.has(kind));
};

/** Characters of a text message about a result: providers cut or charge by 70. */
const TEXT_LONGEST = 140;

const shortened = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

/** The letter about some steps of a case, in the follower's language. */
export const composeLetter = (facts: LetterFacts): Letter => {
  const { t } = wordsIn(facts.language);
  const { channel, purpose, view, publicUrl, token, deliveryId, to } = facts;
  const base = {
    county: facts.countyName,
    category: view.categoryName,
    number: view.number,
    grid: view.gridName,
  };
  const isGreeting = purpose === "greet";
  const steps = isGreeting ? facts.steps.slice(0, 1) : facts.steps;
  const news = newsFor(channel, steps).map(({ kind, params }) => t(`message>${kind}`, params));
  const page =
    publicUrl === null || facts.receiptCode === null
      ? null
      : `${publicUrl}/receipts/${facts.receiptCode}`;
  const stopUrl = publicUrl === null ? null : `${publicUrl}/messages/${token}`;
  if (channel === "sms") {
    const said = shortened(news.join(" "), TEXT_LONGEST);
    const link = page === null ? "" : t("letter>smsLink", { url: page });
    return {
      deliveryId,
      to,
      subject: "",
      text: t("letter>sms", { ...base, news: said }) + link,
      stopUrl,
    };
  }
  const lines = isGreeting
    ? [t("letter>greetLead", base), "", t("letter>confirm"), stopUrl ?? ""]
    : [t("letter>lead", base), "", ...news];
  const links = [
    ...(page === null || isGreeting ? [] : [`${t("letter>see")}${page}`]),
    ...(stopUrl === null || isGreeting ? [] : [`${t("letter>stop")}${stopUrl}`]),
  ];
  return {
    deliveryId,
    to,
    subject: t(isGreeting ? "letter>greetSubject" : "letter>subject", base),
    text: [...lines, "", ...links, "", t("letter>automatic"), ""].join("\n"),
    stopUrl: isGreeting || stopUrl === null ? null : `${stopUrl}/stop`,
  };
};
