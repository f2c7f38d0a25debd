import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { CALLBACK_RESULTS, FOLLOW_CHANNELS, MESSAGE_LANGUAGES } from "./feedback-words.ts";
import { Code, Id, Instant, QueryNumber, text } from "./primitives.ts";
import { REOPEN_REASONS } from "./side-words.ts";
import { CASE_STATES, NETS } from "./words.ts";

/**
 * Text of the consent that a page shows beside the field; a new text gets a new version, and the
 * default of `reporter_contact.consent_version` with it (a test compares). It says that whoever
 * agrees is 14 or older or has a guardian's consent (PIPL art. 31); no age is asked or kept.
 */
export const CONSENT_VERSION = "2026-11-24";

/** An address that a mail server would take; the channel's own refusal follows later. */
export const EmailAddress = z.email().max(120);

/** A mobile number as written by people: digits, perhaps a leading +, spaces and dashes forgiven. */
export const PhoneNumber = z
  .string()
  .max(30)
  .transform((typed) => typed.replaceAll(/[\s-]/g, ""))
  .pipe(z.string().regex(/^\+?\d{7,15}$/));

/** How somebody wants to be told, and that they agreed to the text they saw. */
export const MessageWish = z.discriminatedUnion("channel", [
  z.strictObject({ channel: z.literal("page") }),
  z.strictObject({
    channel: z.literal("email"),
    address: EmailAddress,
    language: z.enum(MESSAGE_LANGUAGES),
    consentVersion: z.literal(CONSENT_VERSION),
  }),
  z.strictObject({
    channel: z.literal("sms"),
    address: PhoneNumber,
    language: z.enum(MESSAGE_LANGUAGES),
    consentVersion: z.literal(CONSENT_VERSION),
  }),
]);
export type MessageWish = z.infer<typeof MessageWish>;

/**
 * An open case near a place, of the same kind: what helps to tell whether it is the same thing,
 * and nothing that a person wrote.
 */
export const NearbyCase = z.object({
  caseId: Id,
  number: z.string(),
  state: z.enum(CASE_STATES),
  net: z.enum(NETS),
  categoryCode: Code,
  categoryName: z.string(),
  gridCode: Code,
  gridName: z.string(),
  lng: z.number(),
  lat: z.number(),
  distanceM: z.number().int(),
  reportedAt: Instant,
  /** Others who met the same thing. */
  followers: z.number().int(),
});
export type NearbyCase = z.infer<typeof NearbyCase>;

const degrees = (most: number) => QueryNumber(z.number().min(-most).max(most));
const NearbyQuery = z.strictObject({
  lng: degrees(180),
  lat: degrees(90),
  categoryCode: Code,
});

export const listPublicNearby = endpoint({
  name: "publicCases.nearby",
  method: "GET",
  path: "/api/v1/public/cases/nearby",
  permission: "public",
  summary: "Open accepted cases of a category near a point: is it the same thing?",
  query: NearbyQuery,
  answer: z.object({ cases: z.array(NearbyCase), withinM: z.number() }),
});

export const listNearby = endpoint({
  name: "cases.nearby",
  method: "GET",
  path: "/api/v1/cases/nearby",
  permission: "cases.read",
  summary: "The same for staff: open cases in the own scope, those not accepted yet too",
  query: NearbyQuery,
  answer: z.object({ cases: z.array(NearbyCase), withinM: z.number() }),
});

export const joinCase = endpoint({
  name: "publicCases.join",
  method: "POST",
  path: "/api/v1/public/cases/{caseId}/followers",
  permission: "public",
  summary: "Me too: follow an open case with a receipt of one's own",
  params: z.strictObject({ caseId: Id }),
  body: z.strictObject({
    /** Chosen by the client: joining twice with one id is one follower. */
    followerId: Id,
    messages: MessageWish,
  }),
  status: 201,
  answer: z.object({ receiptCode: z.string(), number: z.string() }),
  problems: [
    "feedback.case_not_open",
    "feedback.follower_id_taken",
    "feedback.channel_not_offered",
  ],
});

export const joinCaseAsStaff = endpoint({
  name: "cases.join",
  method: "POST",
  path: "/api/v1/cases/{caseId}/followers",
  permission: "cases.report",
  summary: "Me too, for staff: the same thing was met again, so it is not reported a second time",
  params: z.strictObject({ caseId: Id }),
  body: z.strictObject({
    /** Chosen by the client: joining twice with one id is one follower. */
    followerId: Id,
  }),
  status: 201,
  answer: z.object({ number: z.string() }),
  problems: ["feedback.case_not_open", "feedback.follower_id_taken"],
});

const ReceiptCode = z.string().regex(/^[0-9A-Za-z-]{8,40}$/);
const byReceipt = z.strictObject({ receiptCode: ReceiptCode });

/** What the holder of a receipt may say back, and how they are told. */
export const ReceiptFeedback = z.object({
  caseId: Id,
  origin: z.enum(["reporter", "joined"]),
  messages: z.object({
    channel: z.enum(FOLLOW_CHANNELS),
    /** Enough of the address to recognise it: `l***@example.org`. Null on the page alone. */
    address: z.string().nullable(),
    /** False while an e-mail address waits for its owner's yes. */
    confirmed: z.boolean(),
    /** When the address is deleted. */
    deleteAfter: z.string().nullable(),
  }),
  /** Channels this county offers beside the page. */
  offered: z.array(z.enum(["email", "sms"])),
  /** The rating given by this receipt; null before. */
  rating: z.object({ score: z.number().int(), resolved: z.boolean() }).nullable(),
  mayRate: z.boolean(),
  mayReopen: z.boolean(),
  /** Last day on which it may be reopened; null when it may not. */
  reopenUntil: z.string().nullable(),
  followers: z.number().int(),
});
export type ReceiptFeedback = z.infer<typeof ReceiptFeedback>;

export const getReceiptFeedback = endpoint({
  name: "receipts.feedback",
  method: "GET",
  path: "/api/v1/public/receipts/{receiptCode}/feedback",
  permission: "public",
  summary: "What the holder of a receipt may say back, and how they are told",
  params: byReceipt,
  answer: ReceiptFeedback,
  problems: ["cases.receipt_not_found"],
});

export const chooseMessages = endpoint({
  name: "receipts.messages",
  method: "PUT",
  path: "/api/v1/public/receipts/{receiptCode}/messages",
  permission: "public",
  summary: "Choose how to be told; `page` stops messages and deletes the address",
  params: byReceipt,
  body: MessageWish,
  answer: ReceiptFeedback,
  problems: ["cases.receipt_not_found", "feedback.channel_not_offered"],
});

export const rateCase = endpoint({
  name: "receipts.rate",
  method: "POST",
  path: "/api/v1/public/receipts/{receiptCode}/rating",
  permission: "public",
  summary: "Rate how a closed case was handled, once",
  params: byReceipt,
  body: z.strictObject({
    score: z.number().int().min(1).max(5),
    resolved: z.boolean(),
    words: text(500).nullable(),
  }),
  status: 201,
  answer: ReceiptFeedback,
  problems: [
    "cases.receipt_not_found",
    "feedback.not_closed",
    "feedback.already_rated",
    "feedback.not_reporter",
  ],
});

export const reopenCase = endpoint({
  name: "receipts.reopen",
  method: "POST",
  path: "/api/v1/public/receipts/{receiptCode}/reopening",
  permission: "public",
  summary: "The reporter says that it is not solved, with the reason: reopens the case, once",
  params: byReceipt,
  body: z.strictObject({
    /** Chosen by the client: sent twice, it reopens once. */
    commandId: Id,
    reason: z.enum(REOPEN_REASONS),
    words: text(500, 1),
  }),
  answer: ReceiptFeedback,
  problems: ["cases.receipt_not_found", "feedback.not_reporter", "feedback.reopen_not_possible"],
});

/** 回访: one case of the random sample, to be called back by the county centre. */
export const Callback = z.object({
  callbackId: Id,
  caseId: Id,
  number: z.string(),
  categoryName: z.string(),
  gridName: z.string(),
  closedAt: Instant,
  /** Enough to recognise a number by; whoever calls opens it with a reason. Null: none is left. */
  maskedContact: z.string().nullable(),
  attempts: z.number().int(),
});
export type Callback = z.infer<typeof Callback>;

export const listCallbacks = endpoint({
  name: "callbacks.list",
  method: "GET",
  path: "/api/v1/callbacks",
  permission: "callbacks.handle",
  summary: "Reporters of the random sample who wait for a call, longest closed first",
  answer: z.object({ callbacks: z.array(Callback), sharePercent: z.number() }),
});

export const answerCallback = endpoint({
  name: "callbacks.answer",
  method: "POST",
  path: "/api/v1/callbacks/{callbackId}/answers",
  permission: "callbacks.handle",
  summary: "What a call brought; not reached three times ends it, declining is no bad mark",
  params: z.strictObject({ callbackId: Id }),
  body: z.strictObject({
    result: z.enum(CALLBACK_RESULTS),
    /** With `answered` only: as in a rating by receipt. */
    score: z.number().int().min(1).max(5).nullable(),
    resolved: z.boolean().nullable(),
    words: text(500).nullable(),
  }),
  answer: z.object({ done: z.boolean(), attempts: z.number().int() }),
  problems: ["feedback.callback_not_found", "feedback.callback_done", "feedback.answer_incomplete"],
});

const Satisfied = z.object({
  numerator: z.number().int(),
  denominator: z.number().int(),
  value: z.number().nullable(),
});

/** Totals of months that are over; months of few answers are counted together with the next. */
export const Satisfaction = z.object({
  satisfied: Satisfied,
  resolved: Satisfied,
  blocks: z.array(z.object({ fromMonth: z.string(), toMonth: z.string(), satisfied: Satisfied })),
  /** Answers that wait for more, so that no single one shows. */
  fewestAnswers: z.number().int(),
  /** Held cases by department, for the county centre; empty for everybody else. */
  units: z.array(z.object({ unitCode: Code, name: z.string(), satisfied: Satisfied })),
});
export type Satisfaction = z.infer<typeof Satisfaction>;

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const getSatisfaction = endpoint({
  name: "board.satisfaction",
  method: "GET",
  path: "/api/v1/satisfaction",
  permission: "board.read",
  summary: "How residents rated closed cases of the own scope: totals of finished months only",
  query: z.strictObject({ from: Month, to: Month }),
  answer: Satisfaction,
  problems: ["board.period_too_long", "board.period_reversed"],
});
