import { z } from "zod";
import { CaseClock, CaseSide } from "./case-side.ts";
import { Limit } from "./catalogue.ts";
import { CommandDetails } from "./command-details.ts";
import { ComponentCode, NamedComponent } from "./components.ts";
import { endpoint } from "./endpoint.ts";
import { Problem } from "./problem.ts";
import {
  Code,
  Cursor,
  Day,
  Id,
  Instant,
  listOf,
  LngLat,
  QueryBoolean,
  QueryNumber,
  text,
} from "./primitives.ts";
import { FEEDBACK_RESULTS, LIGHTS, SUPERVISION_LEVELS } from "./side-words.ts";
import {
  ACTOR_ROLES,
  BEHALF_SOURCES,
  CASE_ACTIONS,
  CASE_EVENT_KINDS,
  CASE_SOURCES,
  CASE_STATES,
  NETS,
  SOFTWARE_RULES,
  TIERS,
} from "./words.ts";

/** What stands for a version of the text where somebody agreed on the phone or at the counter. */
export const SPOKEN_CONSENT = "spoken";

/** One report. The client chooses `caseId`; sending the same report twice is harmless. */
export const CaseReport = z.strictObject({
  caseId: Id,
  categoryCode: Code,
  description: text(1000, 1),
  /** Where, by the reporter's act. Null when only an address is known: the county's queue sorts it. */
  location: LngLat.nullable(),
  /** GPS accuracy in metres when the place came from a fix, null when it was put by hand. */
  accuracyM: z.number().min(0).max(100_000).nullable(),
  address: text(200).nullable(),
  /** When it was seen; the server's own clock when null. Never in the future. */
  capturedAt: Instant.nullable(),
  attachmentIds: z.array(Id).max(9),
  /** 部件 that the report is about, tapped on the map; its place stands in for a missing one. */
  componentCode: ComponentCode.nullable().default(null),
  /**
   * 代为登记 by a desk: whose report it is, the number it has there (a hotline's), and how the caller
   * may be reached, if they say so: the contact is sealed like a resident's and no part of the log.
   */
  onBehalf: z
    .strictObject({
      source: z.enum(BEHALF_SOURCES),
      number: text(40).nullable(),
      contact: text(60).nullable().optional(),
      /** The caller agreed in words; without it no contact is taken. */
      contactConsent: z.literal(SPOKEN_CONSENT).nullable().optional(),
    })
    .nullable()
    .optional(),
  /** 自行处置: solved on the spot, in these words. Workers and heads only. */
  selfHandledNote: text(500, 1).nullable(),
});
export type CaseReport = z.infer<typeof CaseReport>;

export const CaseListItem = z.object({
  caseId: Id,
  number: z.string(),
  state: z.enum(CASE_STATES),
  tier: z.enum(TIERS),
  /** Present holder in words: a grid's or a department's name; null when closed. */
  holderName: z.string().nullable(),
  gridCode: Code,
  gridName: z.string(),
  net: z.enum(NETS),
  categoryCode: Code,
  categoryName: z.string(),
  emergency: z.boolean(),
  description: z.string(),
  address: z.string().nullable(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  reportedAt: Instant,
  dueAt: Instant.nullable(),
  /** 红黄绿灯 at the moment of the answer; null before filing. */
  light: z.enum(LIGHTS).nullable(),
  /** 挂账 until then; null when its clock runs. */
  suspendedUntil: Instant.nullable(),
  /** 督办 that waits for an answer. */
  supervisionLevel: z.enum(SUPERVISION_LEVELS).nullable(),
  /** Times it was returned, sent to rework and extended. */
  returns: z.number().int(),
  reworks: z.number().int(),
  extensions: z.number().int(),
  /** When it was fed back (or solved on the spot); null while work goes on. */
  disposedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  /** Null until disposed. */
  disposedOnTime: z.boolean().nullable(),
  /** 超时申诉 was granted: overdue all the same, but not counted against anybody. */
  overdueExempt: z.boolean(),
  photoCount: z.number().int(),
  version: z.number().int(),
  sample: z.boolean(),
});
export type CaseListItem = z.infer<typeof CaseListItem>;

export const CaseEvent = z.object({
  seq: z.number().int(),
  kind: z.enum(CASE_EVENT_KINDS),
  occurredAt: Instant,
  recordedAt: Instant,
  actorRole: z.enum(ACTOR_ROLES),
  /** Name of the post-holder for staff, null for residents and the system. */
  actorName: z.string().nullable(),
  note: z.string().nullable(),
  attachmentIds: z.array(Id),
  /** Of a feedback: how it answered. */
  result: z.enum(FEEDBACK_RESULTS).nullable(),
  /** What its action brought beside the note; null for none. */
  details: z.record(z.string(), z.unknown()).nullable(),
  /** Rule of its own by which the software acted; null for people and for the county's rules. */
  rule: z.enum(SOFTWARE_RULES).nullable(),
  /** 派遣规则 of the county that sent it there, by the name it had then; null for none. */
  dispatchRule: z
    .object({
      name: z.string(),
      /** Null in logs of before they were kept. */
      ruleId: Id.nullable(),
      version: z.number().int().nullable(),
    })
    .nullable(),
  toState: z.enum(CASE_STATES),
  toTier: z.enum(TIERS),
  toHolderName: z.string().nullable(),
});
export type CaseEvent = z.infer<typeof CaseEvent>;

/** An action the signed-in account may take on a case now, and what it must bring. */
export const AllowedAction = z.object({
  action: z.enum(CASE_ACTIONS),
  noteRequired: z.boolean(),
  /** Where to: `dispatch`, `assign_sub_task` and `decide_owner` name a target. */
  targetRequired: z.boolean(),
  /** The command brings `details` of this action (CommandDetails). */
  detailsRequired: z.boolean(),
  /** Sub-tasks that the action may be taken on; empty when it concerns the case. */
  subTasks: z.array(z.number().int()),
  /** Units that the action may be taken on, e.g. those to be rated. */
  units: z.array(Code),
});

export const CaseDetail = CaseListItem.extend({
  gridVersion: z.number().int(),
  gridPath: z.array(z.string()),
  holderCode: Code.nullable(),
  accuracyM: z.number().nullable(),
  source: z.enum(CASE_SOURCES),
  /** Number that the source gave it, e.g. the hotline's; null for none. */
  sourceNumber: z.string().nullable(),
  /** 部件 that the report named. */
  component: NamedComponent.nullable(),
  limit: Limit.nullable(),
  filedAt: Instant.nullable(),
  attachmentIds: z.array(Id),
  side: CaseSide,
  clocks: z.array(CaseClock),
  events: z.array(CaseEvent),
  allowed: z.array(AllowedAction),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

export const CaseRefused = z.object({ caseId: z.string(), problem: Problem });
export const CaseAccepted = z.object({
  caseId: Id,
  number: z.string(),
  gridCode: Code,
  state: z.enum(CASE_STATES),
  dueAt: Instant.nullable(),
  version: z.number().int(),
  /** True when this very report had already been taken earlier. */
  repeated: z.boolean(),
  /** 代为登记 of a person: the receipt to be told to them. Others have none. */
  receiptCode: z.string().optional(),
});
export type CaseAccepted = z.infer<typeof CaseAccepted>;

export const reportCases = endpoint({
  name: "cases.report",
  method: "POST",
  path: "/api/v1/cases",
  permission: "cases.report",
  summary: "Report up to 200 cases; each is taken or refused on its own, in the order sent",
  body: z.strictObject({ reports: z.array(z.unknown()).min(1).max(200) }),
  answer: z.object({
    results: z.array(
      z.discriminatedUnion("outcome", [
        CaseAccepted.extend({ outcome: z.literal("accepted") }),
        CaseRefused.extend({ outcome: z.literal("refused") }),
      ]),
    ),
  }),
  problems: [
    "cases.invalid_report",
    "cases.id_taken",
    "cases.unknown_category",
    "cases.unknown_attachment",
    "cases.unknown_component",
    "cases.no_grids",
    "cases.captured_too_early",
    "calendar.out_of_range",
    "cases.captured_in_future",
    "cases.place_missing",
    "cases.self_handling_not_allowed",
    "cases.on_behalf_not_allowed",
    "cases.consent_missing",
  ],
});

/** Where a dispatched case goes: a grid tier (the grid follows from the place) or a department. */
export const DispatchTarget = z.discriminatedUnion("tier", [
  z.strictObject({ tier: z.enum(["level3", "level2", "level1", "county"]) }),
  z.strictObject({ tier: z.literal("department"), unitCode: Code }),
]);
export type DispatchTarget = z.infer<typeof DispatchTarget>;

/** The outbox shape of the phone: id, device sequence, base version. */
export const CaseCommand = z.strictObject({
  commandId: Id,
  caseId: Id,
  action: z.enum(CASE_ACTIONS),
  /** Version of the case the actor looked at; another one answers `cases.version_conflict`. */
  baseVersion: z.number().int().min(1),
  /** Order on the device that made it; commands of one case are applied in this order. */
  deviceSeq: z.number().int().min(0),
  capturedAt: Instant.nullable(),
  note: text(1000).nullable(),
  target: DispatchTarget.nullable(),
  attachmentIds: z.array(Id).max(9),
  /** What some actions need beside; its `action` is the command's own. */
  details: CommandDetails.nullable().optional(),
});
export type CaseCommand = z.infer<typeof CaseCommand>;

export const CommandApplied = z.object({
  commandId: Id,
  caseId: Id,
  version: z.number().int(),
  state: z.enum(CASE_STATES),
  tier: z.enum(TIERS),
  repeated: z.boolean(),
});

export const actOnCases = endpoint({
  name: "cases.act",
  method: "POST",
  path: "/api/v1/case-commands",
  permission: "cases.act",
  summary: "Apply up to 100 commands to cases; each is applied or refused on its own, in order",
  body: z.strictObject({ commands: z.array(z.unknown()).min(1).max(100) }),
  answer: z.object({
    results: z.array(
      z.discriminatedUnion("outcome", [
        CommandApplied.extend({ outcome: z.literal("applied") }),
        z.object({
          outcome: z.literal("refused"),
          commandId: z.string(),
          problem: Problem,
        }),
      ]),
    ),
  }),
  problems: [
    "cases.invalid_command",
    "cases.not_found",
    "cases.command_id_taken",
    "cases.version_conflict",
    "cases.transition_not_allowed",
    "cases.not_in_charge",
    "cases.note_required",
    "cases.target_required",
    "cases.four_eyes",
    "cases.no_grid_at_tier",
    "cases.unknown_unit",
    "cases.details_required",
    "cases.next_day_required",
    "cases.too_late",
    "cases.used_up",
    "cases.suspension_too_long",
    "cases.suspension_ended_already",
    "cases.merge_target",
    "cases.unknown_sub_task",
    "cases.unknown_whistle_unit",
    "cases.captured_in_future",
    "cases.captured_too_early",
    "cases.unknown_attachment",
    "cases.unknown_category",
    "calendar.out_of_range",
  ],
});

export const CASE_SORTS = ["due", "reported_desc"] as const;
export type CaseSort = (typeof CASE_SORTS)[number];

/** Filters of every list of cases; a figure on the board is a link with the same filters. */
export const CaseFilters = z.strictObject({
  state: listOf(CASE_STATES).optional(),
  tier: listOf(TIERS).optional(),
  net: listOf(NETS).optional(),
  category: Code.optional(),
  /** Subtree of grids, by prefix. */
  grid: Code.optional(),
  /** A square of the map, `zoom/column/row` of the Web Mercator pyramid. */
  tile: z
    .string()
    .regex(/^(?:1?[0-9]|2[0-2])\/(?:0|[1-9][0-9]{0,6})\/(?:0|[1-9][0-9]{0,6})$/)
    .optional(),
  /** Cases held by this department. */
  unit: Code.optional(),
  /** true: not ended yet. */
  open: QueryBoolean.optional(),
  /** true: open, not disposed and past its deadline. */
  overdue: QueryBoolean.optional(),
  emergency: QueryBoolean.optional(),
  /** true: 督办 that waits for an answer. */
  supervised: QueryBoolean.optional(),
  /** true: 吹哨 called or approved, and not ended. */
  whistle: QueryBoolean.optional(),
  /** Suspensions 挂账 that end on this day or earlier, and have not ended yet. */
  resumesTo: Day.optional(),
  disposedOnTime: QueryBoolean.optional(),
  disposed: QueryBoolean.optional(),
  dueFrom: Day.optional(),
  dueTo: Day.optional(),
  reportedFrom: Day.optional(),
  reportedTo: Day.optional(),
  closedFrom: Day.optional(),
  closedTo: Day.optional(),
  /** Words in the description or the address, or a case number. */
  q: text(60, 1).optional(),
  /** true: what waits for the signed-in account. */
  mine: QueryBoolean.optional(),
});
export type CaseFilters = z.output<typeof CaseFilters>;

export const listCases = endpoint({
  name: "cases.list",
  method: "GET",
  path: "/api/v1/cases",
  permission: "cases.read",
  summary: "Cases in the own scope, by keyset pages",
  query: CaseFilters.extend({
    sort: z.enum(CASE_SORTS).optional(),
    cursor: Cursor.optional(),
    limit: QueryNumber(z.number().int().min(1).max(100)).optional(),
  }),
  answer: z.object({ cases: z.array(CaseListItem), nextCursor: z.string().nullable() }),
  problems: ["cases.bad_cursor"],
});

export const getCase = endpoint({
  name: "cases.get",
  method: "GET",
  path: "/api/v1/cases/{caseId}",
  permission: "cases.read",
  summary: "One case with its log and what the signed-in account may do",
  params: z.strictObject({ caseId: Id }),
  answer: CaseDetail,
  problems: ["cases.not_found"],
});

/** Sent on `/api/v1/events` as server-sent events named `case`. */
export const CaseChanged = z.object({
  caseId: Id,
  kind: z.enum(CASE_EVENT_KINDS),
  version: z.number().int(),
  gridCode: Code,
});
export type CaseChanged = z.infer<typeof CaseChanged>;
