import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { FOLLOW_CHANNELS, FOLLOW_ORIGINS } from "./feedback-words.ts";
import { Day, Instant } from "./primitives.ts";
import { CONTACT_REASONS } from "./reporter-contact.ts";
import { ACCOUNT_ROLES } from "./words.ts";

const byReceipt = z.strictObject({ receiptCode: z.string().regex(/^[0-9A-Za-z-]{8,40}$/) });

/** A way to be reached as it is kept: whole, for its owner alone. */
const KeptAddress = z.object({
  value: z.string(),
  /** Version of the text that was agreed to, and when. */
  consentVersion: z.string(),
  consentedAt: Instant,
  deleteAfter: Day,
});

/** Everything that is kept about whoever holds a receipt (PIPL art. 45). */
export const OwnData = z.object({
  toldAt: Instant,
  number: z.string(),
  origin: z.enum(FOLLOW_ORIGINS),
  /** What the reporter wrote; null for whoever joined somebody else's case. */
  report: z
    .object({ description: z.string().nullable(), address: z.string().nullable(), at: Instant })
    .nullable(),
  contact: KeptAddress.nullable(),
  messages: KeptAddress.extend({ channel: z.enum(FOLLOW_CHANNELS) }).nullable(),
  rating: z
    .object({
      score: z.int(),
      resolved: z.boolean(),
      words: z.string().nullable(),
      at: Instant,
    })
    .nullable(),
  /** When which kind of staff opened the contact, and why. */
  looks: z.array(
    z.object({
      at: Instant,
      role: z.enum(ACCOUNT_ROLES).nullable(),
      reason: z.enum(CONTACT_REASONS).nullable(),
    }),
  ),
});
export type OwnData = z.infer<typeof OwnData>;

export const exportOwnData = endpoint({
  name: "receipts.ownData",
  // Not GET: handing personal data out is on record and counted like a change.
  method: "POST",
  path: "/api/v1/public/receipts/{receiptCode}/data",
  permission: "public",
  summary: "Everything that is kept about the receipt's holder",
  params: byReceipt,
  answer: OwnData,
  problems: ["cases.receipt_not_found"],
});

export const removeOwnData = endpoint({
  name: "receipts.removeOwnData",
  method: "POST",
  path: "/api/v1/public/receipts/{receiptCode}/data/removal",
  permission: "public",
  summary: "Delete contact, address for messages and words of the rating; the case stays",
  params: byReceipt,
  body: z.strictObject({ confirmed: z.literal(true) }),
  status: 204,
  answer: z.undefined(),
  problems: ["cases.receipt_not_found"],
});
