import type { CaseEventKind, CaseState, FeedbackResult, MessageKind } from "@onegrid/contract";

/** What the words about an event may name; nothing of it is personal. */
export type ToldEvent = {
  kind: CaseEventKind;
  /** Where the case stood after it. */
  toState: CaseState;
  holderName: string | null;
  /** Reason or result in the words of whoever acted. */
  note: string | null;
  /** How a feedback answered; null for other events. */
  result: FeedbackResult | null;
  /** Day for which the work is planned, `YYYY-MM-DD`. */
  nextDay: string | null;
  /** Last day of a suspension that was granted. */
  pausedUntil: string | null;
  /** Number of the case that this one was merged into. */
  mergedInto: string | null;
};

/** A message kind with what its words name: templates live in the catalogues. */
export type Message = {
  kind: MessageKind;
  params: { holder?: string; reason?: string; day?: string; number?: string };
};

const withReason = (kind: MessageKind, { note }: ToldEvent): Message => ({
  kind,
  params: note === null ? {} : { reason: note },
});

const ofFeedback = (event: ToldEvent): Message => {
  switch (event.result) {
    case "cannot_be_done":
      return withReason("cannot_be_done", event);
    case "scheduled": {
      const { params } = withReason("scheduled", event);
      return { kind: "scheduled", params: { ...params, day: event.nextDay ?? "" } };
    }
    default:
      return withReason("work_done", event);
  }
};

/**
 * What those who follow a case hear of an event, or null: steps inside the house (a signature, an
 * escalation asked for, a whistle) are on the page and are nobody's news.
 */
export const messageOf = (event: ToldEvent): Message | null => {
  switch (event.kind) {
    case "report":
      return { kind: "received", params: {} };
    case "file":
      return { kind: "accepted", params: {} };
    case "refuse":
      return withReason("not_accepted", event);
    case "dispatch":
      return { kind: "given_to", params: { holder: event.holderName ?? "" } };
    case "feed_back":
    case "self_handle":
      return ofFeedback(event);
    case "rework":
      return { kind: "redo", params: {} };
    case "grant_suspension":
      return { kind: "paused", params: { day: event.pausedUntil ?? "" } };
    case "close":
      return { kind: "closed", params: {} };
    case "reopen":
      return { kind: "reopened", params: {} };
    case "merge":
      return { kind: "merged", params: { number: event.mergedInto ?? "" } };
    case "void":
      return withReason("voided", event);
    default:
      return null;
  }
};

/** Kinds worth a text message, which costs money and disturbs; e-mail carries all of them. */
export const TEXTED: ReadonlySet<MessageKind> = new Set([
  "received",
  "not_accepted",
  "work_done",
  "cannot_be_done",
  "scheduled",
  "closed",
  "reopened",
  "merged",
]);

/**
 * The messages of one command's events, oldest first, as one letter. A step that a later one in the
 * same letter takes back says nothing: what was given to one and then to another went to the other.
 */
export const lettersOf = (events: readonly ToldEvent[]): Message[] => {
  const all = events.flatMap((event) => messageOf(event) ?? []);
  return all.filter((message, at) => all.findLastIndex(({ kind }) => kind === message.kind) === at);
};
