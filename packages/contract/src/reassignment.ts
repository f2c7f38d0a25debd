import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { NOTICE_TERM_DAYS } from "./notices.ts";
import { OpenWork } from "./posts.ts";
import { Code, Cursor, Day, Id, Instant, QueryNumber, text } from "./primitives.ts";
import {
  CANDIDACY_STATES,
  CANDIDACY_WAYS,
  OFFERED_POST_STATES,
  REASSIGNMENT_ACTS,
  REASSIGNMENT_EVENT_KINDS,
  REASSIGNMENT_GAPS,
  REASSIGNMENT_MOVES,
  REASSIGNMENT_STATES,
  REASSIGNMENT_STEPS,
} from "./reassignment-words.ts";
import { NETS } from "./words.ts";

/** A day that PostgreSQL and people's records can hold. */
const AnyDay = Day.refine(
  (day) => day >= "1900-01-01" && day <= "2199-12-31",
  "a day from 1900 to 2199",
);

/** Most posts that one reassignment offers. */
export const REASSIGNMENT_MAX_POSTS = 500;

/** 原岗位: who served in one of the old four networks, and as what. Nothing else of a person. */
export const FormerPost = z.object({
  code: Code,
  personName: z.string(),
  net: z.enum(NETS),
  role: z.string(),
  gridCode: Code,
  gridName: z.string().nullable(),
  /** First day on which it was no longer held; null: not ended. */
  endedOn: Day.nullable(),
});
export type FormerPost = z.infer<typeof FormerPost>;

export const Candidacy = z.object({
  candidacyId: Id,
  postCode: Code,
  personId: Id,
  name: z.string(),
  way: z.enum(CANDIDACY_WAYS),
  words: z.string(),
  state: z.enum(CANDIDACY_STATES),
  /** Why it was found eligible or refused. */
  reason: z.string().nullable(),
  /** An objection against this person in this post was upheld. */
  barred: z.boolean(),
});
export type Candidacy = z.infer<typeof Candidacy>;

export const OfferedPost = z.object({
  postCode: Code,
  postName: z.string(),
  gridCode: Code,
  gridName: z.string().nullable(),
  state: z.enum(OFFERED_POST_STATES),
  candidacies: z.array(Candidacy),
  selectedId: Id.nullable(),
  selectionReason: z.string().nullable(),
  notice: z
    .object({
      noticeId: Id,
      termEndsAt: Instant,
      openObjections: z.number().int(),
      upheldObjections: z.number().int(),
    })
    .nullable(),
  appointment: z
    .object({
      appointmentId: Id,
      beginsOn: Day,
      /** Whether the holder acknowledged the duties; null: no account to do it with. */
      acknowledged: z.boolean().nullable(),
    })
    .nullable(),
  /** Open cases whose turn it is of the post's grid. */
  openCases: z.number().int(),
  /** How many there were when they were handed over; null: not yet. */
  handedOverCases: z.number().int().nullable(),
});
export type OfferedPost = z.infer<typeof OfferedPost>;

export const ReassignmentSummary = z.object({
  reassignmentId: Id,
  streetCode: Code,
  streetName: z.string().nullable(),
  state: z.enum(REASSIGNMENT_STATES),
  version: z.number().int(),
  /** First day without the old posts. */
  endsOn: Day.nullable(),
  startedAt: Instant,
});
export type ReassignmentSummary = z.infer<typeof ReassignmentSummary>;

export const Gap = z.object({
  gap: z.enum(REASSIGNMENT_GAPS),
  count: z.number().int(),
  postCodes: z.array(Code),
});

/** 归零整合 of one street with all its posts, and what can be done now. */
export const Reassignment = ReassignmentSummary.extend({
  step: z.enum(REASSIGNMENT_STEPS).nullable(),
  former: z.object({ listed: z.number().int(), ended: z.number().int() }),
  maxPostsPerPerson: z.number().int(),
  posts: z.array(OfferedPost),
  acts: z.array(z.object({ act: z.enum(REASSIGNMENT_ACTS), missing: z.array(Gap) })),
  events: z.array(
    z.object({
      seq: z.number().int(),
      kind: z.enum(REASSIGNMENT_EVENT_KINDS),
      occurredAt: Instant,
      by: z.string().nullable(),
      detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    }),
  ),
});
export type Reassignment = z.infer<typeof Reassignment>;

const Params = z.strictObject({ reassignmentId: Id });
const PostParams = z.strictObject({ reassignmentId: Id, postCode: Code });

/** Every act of a reassignment may answer these. */
const COMMON = [
  "reassignment.not_found",
  "reassignment.outside_scope",
  "reassignment.act_not_allowed",
  "reassignment.step_incomplete",
] as const;

export const listFormerPosts = endpoint({
  name: "reassignments.formerPosts",
  method: "GET",
  path: "/api/v1/former-posts",
  permission: "organisation.write",
  summary: "Who served in the old four networks in the own grids, by code",
  query: z.strictObject({
    grid: Code.optional(),
    net: z.enum(NETS).optional(),
    q: text(60).optional(),
    cursor: Cursor.optional(),
    limit: QueryNumber(z.number().int().min(1).max(200)).optional(),
  }),
  answer: z.object({ formerPosts: z.array(FormerPost), nextCursor: Cursor.nullable() }),
  problems: ["reassignment.bad_cursor"],
});

export const listReassignments = endpoint({
  name: "reassignments.list",
  method: "GET",
  path: "/api/v1/reassignments",
  permission: "organisation.write",
  summary: "Reassignments of the own streets, newest first",
  answer: z.object({ reassignments: z.array(ReassignmentSummary) }),
});

export const startReassignment = endpoint({
  name: "reassignments.start",
  method: "POST",
  path: "/api/v1/reassignments",
  permission: "organisation.write",
  summary: "Begin a street's reassignment; sending the same id again changes nothing",
  body: z.strictObject({ reassignmentId: Id, streetCode: Code }),
  answer: Reassignment,
  status: 201,
  problems: [
    "reassignment.not_a_street",
    "reassignment.outside_scope",
    "reassignment.one_runs",
    "reassignment.id_taken",
  ],
});

export const getReassignment = endpoint({
  name: "reassignments.get",
  method: "GET",
  path: "/api/v1/reassignments/{reassignmentId}",
  permission: "organisation.write",
  summary: "A reassignment with its posts, candidates and what is missing for each next act",
  params: Params,
  answer: Reassignment,
  problems: ["reassignment.not_found"],
});

export const moveReassignment = endpoint({
  name: "reassignments.move",
  method: "POST",
  path: "/api/v1/reassignments/{reassignmentId}/moves",
  permission: "organisation.write",
  summary: "Take a step forward or back; what is missing is named in the refusal",
  params: Params,
  body: z.strictObject({
    move: z.enum(REASSIGNMENT_MOVES),
    baseVersion: z.number().int().min(1).max(2_000_000_000),
    /** For `end_former` out of `listing`: the first day without the old posts. */
    endsOn: AnyDay.optional(),
    reason: text(200, 1).optional(),
  }),
  answer: Reassignment,
  problems: [
    ...COMMON,
    "reassignment.version_conflict",
    "reassignment.day_missing",
    "reassignment.reason_missing",
  ],
});

export const offerPosts = endpoint({
  name: "reassignments.offerPosts",
  method: "POST",
  path: "/api/v1/reassignments/{reassignmentId}/posts",
  permission: "organisation.write",
  summary: "Offer posts of a template in some grids: vacant ones first, then new ones",
  params: Params,
  body: z.strictObject({
    templateCode: Code,
    gridCodes: z.array(Code).min(1).max(REASSIGNMENT_MAX_POSTS),
    perGrid: z.number().int().min(1).max(9),
    dutyPhone: text(30).nullable(),
    serviceHours: text(60).nullable(),
  }),
  answer: Reassignment,
  problems: [
    ...COMMON,
    "reassignment.too_many_posts",
    "posts.unknown_template",
    "posts.unknown_grid",
    "posts.wrong_grid_level",
    "posts.outside_scope",
    "posts.code_taken",
  ],
});

export const removeOfferedPost = endpoint({
  name: "reassignments.removePost",
  method: "POST",
  path: "/api/v1/reassignments/{reassignmentId}/posts/{postCode}/removal",
  permission: "organisation.write",
  summary: "Take a post out that nobody is published for; it stays vacant",
  params: PostParams,
  body: z.strictObject({ reason: text(200, 1) }),
  answer: Reassignment,
  problems: [...COMMON, "reassignment.post_not_offered", "reassignment.post_not_selectable"],
});

export const enterCandidacy = endpoint({
  name: "reassignments.enter",
  method: "POST",
  path: "/api/v1/reassignments/{reassignmentId}/candidacies",
  permission: "organisation.write",
  summary: "Enter an application or a nomination; sending the same id again changes nothing",
  params: Params,
  body: z
    .strictObject({
      candidacyId: Id,
      postCode: Code,
      personId: Id.optional(),
      /** Somebody of the old networks who is not among the people yet: entered with it. */
      formerCode: Code.optional(),
      way: z.enum(CANDIDACY_WAYS),
      words: text(500),
    })
    .refine(
      ({ personId, formerCode }) => (personId === undefined) !== (formerCode === undefined),
      "either a person or somebody of the old networks",
    ),
  answer: Reassignment,
  problems: [
    ...COMMON,
    "reassignment.post_not_offered",
    "reassignment.post_not_selectable",
    "reassignment.unknown_former",
    "reassignment.already_candidate",
    "reassignment.id_taken",
    "people.not_found",
    "posts.person_left",
    "notices.personal_data",
  ],
});

export const reviewCandidacy = endpoint({
  name: "reassignments.review",
  method: "POST",
  path: "/api/v1/reassignments/{reassignmentId}/candidacies/{candidacyId}/review",
  permission: "organisation.write",
  summary: "Find a candidate eligible, or refuse with a reason",
  params: z.strictObject({ reassignmentId: Id, candidacyId: Id }),
  body: z
    .strictObject({ outcome: z.enum(["eligible", "refused"]), reason: text(300) })
    .refine(({ outcome, reason }) => outcome === "eligible" || reason !== "", {
      message: "a refusal has a reason",
      path: ["reason"],
    }),
  answer: Reassignment,
  problems: [...COMMON, "reassignment.no_such_candidacy", "reassignment.post_not_selectable"],
});

export const selectCandidate = endpoint({
  name: "reassignments.select",
  method: "POST",
  path: "/api/v1/reassignments/{reassignmentId}/posts/{postCode}/selection",
  permission: "organisation.write",
  summary: "Select one of the eligible for a post, or nobody",
  params: PostParams,
  body: z.strictObject({ candidacyId: Id.nullable(), reason: text(300) }),
  answer: Reassignment,
  problems: [
    ...COMMON,
    "reassignment.post_not_offered",
    "reassignment.post_not_selectable",
    "reassignment.no_such_candidacy",
    "reassignment.not_eligible",
    "posts.too_many_posts",
  ],
});

export const publishSelected = endpoint({
  name: "reassignments.publish",
  method: "POST",
  path: "/api/v1/reassignments/{reassignmentId}/publication",
  permission: "organisation.write",
  summary: "Publish the notice 公示 of everybody who is selected and not published yet",
  params: Params,
  body: z.strictObject({
    noticeId: Id,
    title: text(80, 2),
    body: text(4000, 2),
    termDays: z.number().int().min(NOTICE_TERM_DAYS).max(60),
  }),
  answer: Reassignment,
  problems: [
    ...COMMON,
    "reassignment.id_taken",
    "notices.version_conflict",
    "notices.not_a_draft",
    "notices.personal_data",
    "notices.unknown_nominee",
    "notices.nominees_missing",
    "notices.unknown_grid",
    "notices.outside_scope",
    "notices.not_found",
    "calendar.out_of_range",
  ],
});

export const appointSelected = endpoint({
  name: "reassignments.appoint",
  method: "POST",
  path: "/api/v1/reassignments/{reassignmentId}/appointments",
  permission: "organisation.write",
  summary: "Appoint everybody whose term is over without an objection that stands",
  params: Params,
  body: z.strictObject({ beginsOn: AnyDay }),
  answer: Reassignment,
  problems: [
    ...COMMON,
    "reassignment.begins_too_early",
    "posts.not_found",
    "people.not_found",
    "posts.outside_scope",
    "posts.post_not_open",
    "posts.post_taken",
    "posts.person_left",
    "posts.too_many_posts",
    "posts.objection_open",
    "posts.id_taken",
  ],
});

export const handOverPosts = endpoint({
  name: "reassignments.handOver",
  method: "POST",
  path: "/api/v1/reassignments/{reassignmentId}/handovers",
  permission: "organisation.write",
  summary: "Record that the open work of these posts' grids was handed to the new holders",
  params: Params,
  body: z.strictObject({ postCodes: z.array(Code).min(1).max(REASSIGNMENT_MAX_POSTS) }),
  answer: Reassignment,
  problems: [...COMMON, "reassignment.post_not_offered", "reassignment.not_appointed"],
});

export const listOpenWork = endpoint({
  name: "reassignments.openWork",
  method: "GET",
  path: "/api/v1/reassignments/{reassignmentId}/open-work",
  permission: "organisation.write",
  summary: "Open cases of the grids whose posts are appointed and not handed over yet",
  params: Params,
  answer: z.object({ openWork: z.array(OpenWork) }),
  problems: ["reassignment.not_found"],
});
