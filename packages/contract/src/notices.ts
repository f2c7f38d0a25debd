import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { NOTICE_KINDS, NOTICE_STATES, OBJECTION_STATES } from "./organisation-words.ts";
import { Code, Cursor, Id, Instant, QueryNumber, text } from "./primitives.ts";

/** 任前公示: not less than five working days. */
export const NOTICE_TERM_DAYS = 5;

export const Nominee = z.object({
  postCode: Code,
  postName: z.string(),
  gridCode: Code,
  gridName: z.string().nullable(),
  personId: Id,
  name: z.string(),
});
export type Nominee = z.infer<typeof Nominee>;

/** 公示. */
export const Notice = z.object({
  noticeId: Id,
  kind: z.enum(NOTICE_KINDS),
  state: z.enum(NOTICE_STATES),
  version: z.number().int(),
  gridCode: Code,
  gridName: z.string().nullable(),
  title: z.string(),
  body: z.string(),
  termDays: z.number().int(),
  publishedAt: Instant.nullable(),
  termEndsAt: Instant.nullable(),
  /** Hexadecimal; of `publishedText` in UTF-8. */
  sha256: z.string().nullable(),
  publishedText: z.string().nullable(),
  withdrawReason: z.string().nullable(),
  nominees: z.array(Nominee),
  openObjections: z.number().int(),
  sample: z.boolean(),
});
export type Notice = z.infer<typeof Notice>;

/** 异议 as the desk that handles it sees it; the contact stays sealed. */
export const Objection = z.object({
  objectionId: Id,
  postCode: Code.nullable(),
  state: z.enum(OBJECTION_STATES),
  words: z.string(),
  hasContact: z.boolean(),
  receivedAt: Instant,
  answer: z.string().nullable(),
  answeredAt: Instant.nullable(),
});
export type Objection = z.infer<typeof Objection>;

const NoticeId = z.strictObject({ noticeId: Id });

export const listNotices = endpoint({
  name: "notices.list",
  method: "GET",
  path: "/api/v1/notices",
  permission: "organisation.read",
  summary: "Notices in the own grids, newest id first",
  query: z.strictObject({
    state: z.enum(NOTICE_STATES).optional(),
    kind: z.enum(NOTICE_KINDS).optional(),
    cursor: Cursor.optional(),
    limit: QueryNumber(z.number().int().min(1).max(100)).optional(),
  }),
  answer: z.object({ notices: z.array(Notice), nextCursor: Cursor.nullable() }),
  problems: ["notices.bad_cursor"],
});

export const getNotice = endpoint({
  name: "notices.get",
  method: "GET",
  path: "/api/v1/notices/{noticeId}",
  permission: "organisation.read",
  summary: "One notice with the objections against it",
  params: NoticeId,
  answer: z.object({ notice: Notice, objections: z.array(Objection) }),
  problems: ["notices.not_found"],
});

export const putNotice = endpoint({
  name: "notices.put",
  method: "PUT",
  path: "/api/v1/notices/{noticeId}",
  permission: "organisation.write",
  summary: "Write a draft; refused while its words hold an ID number, a private phone or a home",
  params: NoticeId,
  body: z.strictObject({
    baseVersion: z.number().int().min(0).max(2_000_000_000),
    kind: z.enum(NOTICE_KINDS),
    gridCode: Code,
    title: text(80, 2),
    body: text(4000, 2),
    termDays: z.number().int().min(NOTICE_TERM_DAYS).max(60),
    nominees: z.array(z.strictObject({ postCode: Code, personId: Id })).max(200),
  }),
  answer: Notice,
  problems: [
    "notices.version_conflict",
    "notices.not_a_draft",
    "notices.personal_data",
    "notices.unknown_nominee",
    "notices.nominees_missing",
    "notices.unknown_grid",
    "notices.outside_scope",
  ],
});

export const publishNotice = endpoint({
  name: "notices.publish",
  method: "POST",
  path: "/api/v1/notices/{noticeId}/publication",
  permission: "organisation.write",
  summary: "Publish a draft: its text is frozen with its SHA-256 and the term begins",
  params: NoticeId,
  body: z.strictObject({ baseVersion: z.number().int().min(1).max(2_000_000_000) }),
  answer: Notice,
  problems: [
    "notices.not_found",
    "notices.version_conflict",
    "notices.not_a_draft",
    "notices.personal_data",
    "notices.outside_scope",
    "calendar.out_of_range",
  ],
});

export const withdrawNotice = endpoint({
  name: "notices.withdraw",
  method: "POST",
  path: "/api/v1/notices/{noticeId}/withdrawal",
  permission: "organisation.write",
  summary: "Withdraw a published notice; page and text stay, marked",
  params: NoticeId,
  body: z.strictObject({
    baseVersion: z.number().int().min(1).max(2_000_000_000),
    reason: text(200, 2),
  }),
  answer: Notice,
  problems: [
    "notices.not_found",
    "notices.version_conflict",
    "notices.not_published",
    "notices.outside_scope",
  ],
});

export const answerObjection = endpoint({
  name: "notices.answerObjection",
  method: "POST",
  path: "/api/v1/objections/{objectionId}/answer",
  permission: "organisation.write",
  summary: "Answer an objection: upheld blocks what the notice is about, dismissed frees it",
  params: z.strictObject({ objectionId: Id }),
  body: z.strictObject({ outcome: z.enum(["upheld", "dismissed"]), answer: text(1000, 2) }),
  answer: z.object({ notice: Notice, objections: z.array(Objection) }),
  problems: [
    "notices.objection_not_found",
    "notices.objection_answered",
    "notices.personal_data",
    "notices.outside_scope",
  ],
});

/** What everybody may read of a published notice. */
export const PublicNotice = Notice.pick({
  noticeId: true,
  kind: true,
  state: true,
  gridCode: true,
  gridName: true,
  title: true,
  body: true,
  termDays: true,
  publishedAt: true,
  termEndsAt: true,
  sha256: true,
  publishedText: true,
  withdrawReason: true,
  sample: true,
}).extend({
  nominees: z.array(Nominee.omit({ personId: true })),
  /** True while objections are taken. */
  isOpen: z.boolean(),
});
export type PublicNotice = z.infer<typeof PublicNotice>;

export const listPublicNotices = endpoint({
  name: "notices.listPublic",
  method: "GET",
  path: "/api/v1/public/notices",
  permission: "public",
  summary:
    "Published notices, newest first; with grid those of the grid and of all above and below",
  query: z.strictObject({ grid: Code.optional() }),
  answer: z.object({ notices: z.array(PublicNotice) }),
});

export const getPublicNotice = endpoint({
  name: "notices.getPublic",
  method: "GET",
  path: "/api/v1/public/notices/{noticeId}",
  permission: "public",
  summary: "A published notice",
  params: NoticeId,
  answer: PublicNotice,
  problems: ["notices.not_found"],
});

export const objectToNotice = endpoint({
  name: "notices.object",
  method: "POST",
  path: "/api/v1/public/notices/{noticeId}/objections",
  permission: "public",
  summary: "Object to a notice while its term runs; sending the same id again changes nothing",
  params: NoticeId,
  body: z.strictObject({
    objectionId: Id,
    postCode: Code.nullable(),
    words: text(1000, 2),
    /** How to reach whoever objects; sealed. Null: anonymous. */
    contact: text(80).nullable(),
  }),
  answer: z.object({ receiptCode: z.string() }),
  status: 201,
  problems: ["notices.not_found", "notices.term_over", "notices.not_in_notice", "notices.id_taken"],
});

export const getObjection = endpoint({
  name: "notices.getObjection",
  method: "GET",
  path: "/api/v1/public/objections/{receiptCode}",
  permission: "public",
  summary: "What became of an objection, for whoever holds its receipt",
  params: z.strictObject({ receiptCode: z.string().max(60) }),
  answer: z.object({
    noticeId: Id,
    noticeTitle: z.string(),
    state: z.enum(OBJECTION_STATES),
    words: z.string(),
    receivedAt: Instant,
    answer: z.string().nullable(),
    answeredAt: Instant.nullable(),
  }),
  problems: ["notices.objection_not_found"],
});
