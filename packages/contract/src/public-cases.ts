import { z } from "zod";
import { CaseReport } from "./cases.ts";
import { endpoint } from "./endpoint.ts";
import { CONSENT_VERSION } from "./followers.ts";
import { Code, Cursor, Id, Instant, listOf, QueryNumber, text } from "./primitives.ts";
import { FEEDBACK_RESULTS } from "./side-words.ts";
import { CASE_EVENT_KINDS, CASE_STATES, NETS } from "./words.ts";

/**
 * A resident's report. A way to answer is optional and asked for only to answer this report;
 * it is stored encrypted and deleted when its term ends.
 */
export const ResidentReport = CaseReport.omit({
  selfHandledNote: true,
  capturedAt: true,
  onBehalf: true,
}).extend({
  contact: text(60).nullable(),
  /** Version of the text that was agreed to; without it no contact is taken. */
  contactConsent: z.literal(CONSENT_VERSION).nullable().optional(),
});
export type ResidentReport = z.infer<typeof ResidentReport>;

export const Receipt = z.object({
  /** Secret of the reporter; opens the tracking page. */
  receiptCode: z.string(),
  number: z.string(),
  gridName: z.string(),
  dueAt: Instant.nullable(),
});
export type Receipt = z.infer<typeof Receipt>;

export const reportAsResident = endpoint({
  name: "publicCases.report",
  method: "POST",
  path: "/api/v1/public/cases",
  permission: "public",
  summary: "Report a problem without an account; answers with a receipt",
  body: ResidentReport,
  status: 201,
  answer: Receipt,
  problems: [
    "cases.id_taken",
    "cases.consent_missing",
    "cases.unknown_category",
    "cases.unknown_component",
    "cases.unknown_attachment",
    "cases.place_missing",
    "cases.no_grids",
    "calendar.out_of_range",
  ],
});

/** What everybody may see of a case: the place and the problem, never a person or a photo. */
export const PublicCase = z.object({
  caseId: Id,
  number: z.string(),
  state: z.enum(CASE_STATES),
  net: z.enum(NETS),
  categoryCode: Code,
  categoryName: z.string(),
  gridCode: Code,
  gridName: z.string(),
  holderName: z.string().nullable(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  reportedAt: Instant,
  dueAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  sample: z.boolean(),
});
export type PublicCase = z.infer<typeof PublicCase>;

export const listPublicCases = endpoint({
  name: "publicCases.list",
  method: "GET",
  path: "/api/v1/public/cases",
  permission: "public",
  summary: "Accepted cases everybody may see, newest first",
  query: z.strictObject({
    net: listOf(NETS).optional(),
    grid: Code.optional(),
    cursor: Cursor.optional(),
    limit: QueryNumber(z.number().int().min(1).max(100)).optional(),
  }),
  answer: z.object({ cases: z.array(PublicCase), nextCursor: z.string().nullable() }),
  problems: ["cases.bad_cursor"],
});

export const getReceipt = endpoint({
  name: "publicCases.receipt",
  method: "GET",
  path: "/api/v1/public/receipts/{receiptCode}",
  permission: "public",
  summary: "Where a reported problem stands, for whoever holds the receipt",
  params: z.strictObject({ receiptCode: z.string().regex(/^[0-9A-Za-z-]{8,40}$/) }),
  answer: PublicCase.extend({
    /** The reporter's own words; null for whoever joined a case of somebody else. */
    description: z.string().nullable(),
    address: z.string().nullable(),
    steps: z.array(
      z.object({
        kind: z.enum(CASE_EVENT_KINDS),
        occurredAt: Instant,
        toState: z.enum(CASE_STATES),
        holderName: z.string().nullable(),
        /** Only words meant for the reporter: reasons of refusal and results. */
        note: z.string().nullable(),
        /** How a feedback answered: done, cannot be done, or planned for `nextDay`. */
        result: z.enum(FEEDBACK_RESULTS).nullable(),
        nextDay: z.string().nullable(),
        /** Last day of a suspension that was granted. */
        pausedUntil: z.string().nullable(),
        /** Number of the case that this one went on in. */
        mergedInto: z.string().nullable(),
      }),
    ),
  }),
  problems: ["cases.receipt_not_found"],
});
