import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, Cursor, Day, Id, Instant, QueryBoolean, QueryNumber, text } from "./primitives.ts";

/** A day that PostgreSQL and people's records can hold. */
const AnyDay = Day.refine(
  (day) => day >= "1900-01-01" && day <= "2199-12-31",
  "a day from 1900 to 2199",
);
const Limit = QueryNumber(z.number().int().min(1).max(200));

/** Roles that a post gives its holder's account. */
export const POST_ROLES = ["worker", "head", "street"] as const;

/** 岗位模板 with the duty list 职责清单 in force. */
export const PostTemplate = z.object({
  templateCode: Code,
  name: z.string(),
  gridLevel: z.number().int().min(1).max(3),
  accountRole: z.enum(POST_ROLES),
  dutyVersion: z.number().int(),
  duties: z.array(z.string()),
  publishedAt: Instant.nullable(),
  /** True: the shipped sample text 示例, not the county's own. */
  sampleDuties: z.boolean(),
});
export type PostTemplate = z.infer<typeof PostTemplate>;

export const listPostTemplates = endpoint({
  name: "posts.templates",
  method: "GET",
  path: "/api/v1/post-templates",
  permission: "public",
  summary: "Kinds of posts with the duties in force",
  answer: z.object({ templates: z.array(PostTemplate) }),
});

export const putDuties = endpoint({
  name: "posts.putDuties",
  method: "PUT",
  path: "/api/v1/post-templates/{templateCode}/duties",
  permission: "configuration.write",
  summary: "Publish the next version of a duty list; holders acknowledge it anew",
  params: z.strictObject({ templateCode: Code }),
  body: z.strictObject({
    baseVersion: z.number().int().min(0).max(2_000_000_000),
    duties: z.array(text(200, 1)).min(1).max(30),
  }),
  answer: PostTemplate,
  problems: ["posts.unknown_template", "posts.version_conflict"],
});

/** How many posts one person may hold at once. */
export const StaffingRule = z.strictObject({ maxPostsPerPerson: z.number().int().min(1).max(10) });

export const getStaffingRule = endpoint({
  name: "posts.rule",
  method: "GET",
  path: "/api/v1/staffing-rule",
  permission: "organisation.read",
  summary: "How many posts one person may hold at once in the county",
  answer: StaffingRule,
});

export const putStaffingRule = endpoint({
  name: "posts.putRule",
  method: "PUT",
  path: "/api/v1/staffing-rule",
  permission: "configuration.write",
  summary: "Set how many posts one person may hold; appointments that stand are not touched",
  body: StaffingRule,
  answer: StaffingRule,
});

export const Post = z.object({
  postCode: Code,
  templateCode: Code,
  templateName: z.string(),
  gridCode: Code,
  gridName: z.string().nullable(),
  dutyPhone: z.string().nullable(),
  serviceHours: z.string().nullable(),
  openedOn: Day,
  closedOn: Day.nullable(),
  /** Who held it on the day that was asked for; null: vacant. */
  holder: z
    .object({
      appointmentId: Id,
      personId: Id,
      name: z.string(),
      beginsOn: Day,
      /** Version of the duty list the holder acknowledged; null: not yet. */
      dutyVersion: z.number().int().nullable(),
    })
    .nullable(),
  dutyVersion: z.number().int(),
  sample: z.boolean(),
});
export type Post = z.infer<typeof Post>;

export const listPosts = endpoint({
  name: "posts.list",
  method: "GET",
  path: "/api/v1/posts",
  permission: "organisation.read",
  summary: "Posts of a day (today unless told) with who held them, by code",
  query: z.strictObject({
    on: AnyDay.optional(),
    grid: Code.optional(),
    template: Code.optional(),
    vacant: QueryBoolean.optional(),
    q: text(60).optional(),
    cursor: Cursor.optional(),
    limit: Limit.optional(),
  }),
  answer: z.object({ on: Day, posts: z.array(Post), nextCursor: Cursor.nullable() }),
  problems: ["posts.bad_cursor"],
});

export const openPost = endpoint({
  name: "posts.open",
  method: "POST",
  path: "/api/v1/posts",
  permission: "organisation.write",
  summary: "Open a post of a template in a grid",
  body: z.strictObject({
    postCode: Code,
    templateCode: Code,
    gridCode: Code,
    dutyPhone: text(30).nullable(),
    serviceHours: text(60).nullable(),
    openedOn: AnyDay,
  }),
  answer: z.object({ postCode: Code }),
  status: 201,
  problems: [
    "posts.code_taken",
    "posts.unknown_template",
    "posts.unknown_grid",
    "posts.wrong_grid_level",
    "posts.outside_scope",
  ],
});

/** 人员. Phone and ID number are masked here; opening them is an act that is logged. */
export const Person = z.object({
  personId: Id,
  name: z.string(),
  gridCode: Code,
  gridName: z.string().nullable(),
  maskedPhone: z.string().nullable(),
  maskedIdNumber: z.string().nullable(),
  login: z.string().nullable(),
  leftOn: Day.nullable(),
  /** Posts held today. */
  posts: z.array(z.object({ appointmentId: Id, postCode: Code, name: z.string(), beginsOn: Day })),
  sample: z.boolean(),
});
export type Person = z.infer<typeof Person>;

export const listPeople = endpoint({
  name: "people.list",
  method: "GET",
  path: "/api/v1/people",
  permission: "organisation.write",
  summary: "People who serve in the own grids, by id; personal data is masked",
  query: z.strictObject({
    grid: Code.optional(),
    q: text(60).optional(),
    cursor: Cursor.optional(),
    limit: Limit.optional(),
  }),
  answer: z.object({ people: z.array(Person), nextCursor: Cursor.nullable() }),
  problems: ["posts.bad_cursor"],
});

export const addPerson = endpoint({
  name: "people.add",
  method: "POST",
  path: "/api/v1/people",
  permission: "organisation.write",
  summary: "Add somebody who serves; sending the same id again changes nothing",
  body: z.strictObject({
    personId: Id,
    name: text(40, 1),
    gridCode: Code,
    phone: z
      .string()
      .regex(/^1\d{10}$/)
      .nullable(),
    idNumber: z
      .string()
      .regex(/^\d{17}[\dX]$/)
      .nullable(),
    /** Login of the account that follows this person's appointments; null: none yet. */
    login: text(60, 1).nullable(),
  }),
  answer: z.object({ personId: Id }),
  status: 201,
  problems: [
    "people.id_number_wrong",
    "people.already_there",
    "people.unknown_login",
    "people.login_taken",
    "posts.unknown_grid",
    "posts.outside_scope",
  ],
});

export const openPersonData = endpoint({
  name: "people.openData",
  method: "POST",
  path: "/api/v1/people/{personId}/data",
  permission: "organisation.write",
  summary: "Open somebody's phone and ID number; who looked and why is logged",
  params: z.strictObject({ personId: Id }),
  body: z.strictObject({ reason: text(200, 2) }),
  answer: z.object({ phone: z.string().nullable(), idNumber: z.string().nullable() }),
  problems: ["people.not_found"],
});

/** Open work of somebody who leaves a post, to be handed over. */
export const OpenWork = z.object({
  caseId: Id,
  number: z.string(),
  gridCode: Code,
  dueAt: Instant.nullable(),
});
export type OpenWork = z.infer<typeof OpenWork>;

export const appoint = endpoint({
  name: "appointments.appoint",
  method: "POST",
  path: "/api/v1/appointments",
  permission: "organisation.write",
  summary: "Appoint somebody to a post; from that day the account has its role and scope",
  body: z.strictObject({
    appointmentId: Id,
    postCode: Code,
    personId: Id,
    beginsOn: AnyDay,
  }),
  answer: z.object({ appointmentId: Id }),
  status: 201,
  problems: [
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

export const endAppointment = endpoint({
  name: "appointments.end",
  method: "POST",
  path: "/api/v1/appointments/{appointmentId}/end",
  permission: "organisation.write",
  summary: "End an appointment; access goes in the same transaction, open work is listed",
  params: z.strictObject({ appointmentId: Id }),
  body: z.strictObject({ endsOn: AnyDay, reason: text(200, 1) }),
  answer: z.object({ openWork: z.array(OpenWork) }),
  problems: [
    "posts.no_such_appointment",
    "posts.already_ended",
    "posts.ends_before_it_begins",
    "posts.outside_scope",
  ],
});

export const leave = endpoint({
  name: "people.leave",
  method: "POST",
  path: "/api/v1/people/{personId}/leave",
  permission: "organisation.write",
  summary: "Somebody leaves today: every post ends, access is gone at once, open work is listed",
  params: z.strictObject({ personId: Id }),
  body: z.strictObject({ reason: text(200, 1) }),
  answer: z.object({ openWork: z.array(OpenWork) }),
  problems: ["people.not_found", "posts.outside_scope"],
});

/** What one is to do in a post, and whether one has said so. */
export const MyDuty = z.object({
  appointmentId: Id,
  postCode: Code,
  postName: z.string(),
  gridName: z.string().nullable(),
  version: z.number().int(),
  duties: z.array(z.string()),
  acknowledgedVersion: z.number().int().nullable(),
  sampleDuties: z.boolean(),
});
export type MyDuty = z.infer<typeof MyDuty>;

export const listMyDuties = endpoint({
  name: "posts.myDuties",
  method: "GET",
  path: "/api/v1/my/duties",
  permission: "signed_in",
  summary: "The duties of the posts one holds",
  answer: z.object({ duties: z.array(MyDuty) }),
});

export const acknowledgeDuties = endpoint({
  name: "posts.acknowledge",
  method: "POST",
  path: "/api/v1/my/duties/{appointmentId}/acknowledgement",
  permission: "signed_in",
  summary: "Acknowledge the duties of an own post in the version in force",
  params: z.strictObject({ appointmentId: Id }),
  body: z.strictObject({ version: z.number().int().min(1).max(2_000_000_000) }),
  answer: z.object({ duties: z.array(MyDuty) }),
  problems: ["posts.no_such_appointment", "posts.version_conflict"],
});
