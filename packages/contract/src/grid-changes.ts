import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { NOTICE_TERM_DAYS } from "./notices.ts";
import { NOTICE_STATES } from "./organisation-words.ts";
import { Code, Day, Id, Instant, text } from "./primitives.ts";

/**
 * 网格调整: being drawn, handed in, approved and waiting for its day, refused, in effect, taken
 * back, or overtaken by another change of the same grids before its day came.
 */
export const GRID_CHANGE_STATES = [
  "draft",
  "proposed",
  "approved",
  "refused",
  "in_effect",
  "withdrawn",
  "overtaken",
] as const;
export type GridChangeState = (typeof GRID_CHANGE_STATES)[number];

/** What people do to a change; on its day it takes effect by itself. */
export const GRID_CHANGE_ACTIONS = ["propose", "publish", "approve", "refuse", "withdraw"] as const;
export type GridChangeAction = (typeof GRID_CHANGE_ACTIONS)[number];

/** Actions that are words alone; publishing brings a notice along. */
export const GRID_CHANGE_DECISIONS = ["propose", "approve", "refuse", "withdraw"] as const;
export type GridChangeDecision = (typeof GRID_CHANGE_DECISIONS)[number];

/** What of its notice 公示 keeps a change from being approved. */
export const GRID_CHANGE_HOLDS = [
  "not_published",
  "notice_withdrawn",
  "term_runs",
  "objection_open",
  "objection_upheld",
] as const;
export type GridChangeHold = (typeof GRID_CHANGE_HOLDS)[number];

/** What is wrong with a set of outlines; pieces up to `GRID_TOLERANCE_M2` are forgiven. */
export const GRID_FINDINGS = ["overlap", "gap", "outside", "crossing"] as const;
export type GridFindingKind = (typeof GRID_FINDINGS)[number];

/** As in the import of grids: survey accuracy class A is ±0.5 m. */
export const GRID_TOLERANCE_M2 = 1;

/** What is tied to a grid by its code, and goes along when the grid changes. */
export const GRID_TIES = [
  "post",
  "account",
  "organisation",
  "estate",
  "building",
  "owners_committee",
] as const;
export type GridTieKind = (typeof GRID_TIES)[number];

/**
 * Why something tied to a grid goes where it goes: its grid's code goes on; it lies there; it goes
 * along with what it belongs to; the middle of its grid lies there; its writer chose; it ends that
 * day; nothing says.
 */
export const GRID_TIE_WAYS = [
  "stays",
  "place",
  "along",
  "middle",
  "chosen",
  "ends",
  "open",
] as const;
export type GridTieWay = (typeof GRID_TIE_WAYS)[number];

const MOST_GRIDS = 200;
const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const Ring = z
  .array(Position)
  .min(4)
  .max(20_000)
  .refine((ring) => {
    const [first, last] = [ring[0], ring.at(-1)];
    return first?.[0] === last?.[0] && first?.[1] === last?.[1];
  }, "a ring ends where it begins");
/** Coordinates of a GeoJSON MultiPolygon, WGS-84. */
export const GridOutline = z.array(z.array(Ring).min(1).max(200)).min(1).max(50);
export type GridOutline = z.infer<typeof GridOutline>;

const Version = z.number().int().min(1).max(2_000_000_000);

const PlacedGrid = z.object({
  gridCode: Code,
  version: z.number().int(),
  name: z.string(),
  outline: GridOutline,
  areaM2: z.number(),
});

export const OutlinedGrid = PlacedGrid.extend({
  /** Open cases in it; null on a past day, and outside the own grids. */
  openCases: z.number().int().nullable(),
  /** 户数 of its estates; null as above. */
  households: z.number().int().nullable(),
});
export type OutlinedGrid = z.infer<typeof OutlinedGrid>;

export const listOutlines = endpoint({
  name: "grids.outlines",
  method: "GET",
  path: "/api/v1/grid-outlines",
  permission: "organisation.read",
  summary: "A grid and those directly under it with their outlines, now or on a past day",
  query: z.strictObject({ parent: Code, on: Day.optional() }),
  answer: z.object({ parent: PlacedGrid, grids: z.array(OutlinedGrid) }),
  problems: ["grids.not_found"],
});

const Place = z.object({ lng: z.number(), lat: z.number() });

export const WorkPlaces = z.object({
  /** Open cases. */
  open: z.array(Place),
  /** Cases of the last twelve months that have ended. */
  ended: z.array(Place),
  /** Estates whose place is known. */
  estates: z.array(Place.extend({ households: z.number().int() })),
});
export type WorkPlaces = z.infer<typeof WorkPlaces>;

export const listWorkPlaces = endpoint({
  name: "grids.work_places",
  method: "GET",
  path: "/api/v1/grids/{gridCode}/work-places",
  permission: "work.arrange",
  summary: "Where estates and work of a grid lie, to divide it evenly; no case is named",
  params: z.strictObject({ gridCode: Code }),
  answer: WorkPlaces,
  problems: ["grids.not_found", "grid_changes.outside_scope"],
});

const Replaced = z.strictObject({ gridCode: Code, version: Version });

export const GridChangeGrid = z.object({
  /** Null: a grid of its own, which gets its code when the change takes effect. */
  gridCode: Code.nullable(),
  name: z.string(),
  outline: GridOutline,
});
export type GridChangeGrid = z.infer<typeof GridChangeGrid>;

export const GridFinding = z.object({
  kind: z.enum(GRID_FINDINGS),
  /** Names of the grids it is about. */
  names: z.array(z.string()),
  lng: z.number(),
  lat: z.number(),
  areaM2: z.number(),
});
export type GridFinding = z.infer<typeof GridFinding>;

export const GridTie = z.object({
  kind: z.enum(GRID_TIES),
  code: z.string(),
  name: z.string(),
  gridCode: Code,
  /** Its grid is gone afterwards. */
  vanishing: z.boolean(),
  way: z.enum(GRID_TIE_WAYS),
  /** Place in the change's list of grids of where it goes; null: it ends, or nothing says. */
  to: z.number().int().nullable(),
});
export type GridTie = z.infer<typeof GridTie>;

/** Where the writer sends something; null ends a post or an organisation on the day. */
const TieMove = z.strictObject({
  kind: z.enum(GRID_TIES),
  code: z.string().max(64),
  to: z
    .number()
    .int()
    .min(0)
    .max(MOST_GRIDS - 1)
    .nullable(),
});
export type GridTieMove = z.infer<typeof TieMove>;

const ChangeNotice = z.object({
  noticeId: Id,
  state: z.enum(NOTICE_STATES),
  termEndsAt: Instant.nullable(),
  openObjections: z.number().int(),
  upheldObjections: z.number().int(),
});

const Person = z.object({ accountId: Id, name: z.string() });

export const GridChangeSummary = z.object({
  changeId: Id,
  parentCode: Code,
  parentName: z.string(),
  state: z.enum(GRID_CHANGE_STATES),
  version: z.number().int(),
  effectiveOn: Day,
  note: z.string(),
  gridNames: z.array(z.string()),
  writtenBy: Person,
  updatedAt: Instant,
});
export type GridChangeSummary = z.infer<typeof GridChangeSummary>;

/** 网格调整. */
export const GridChange = GridChangeSummary.extend({
  replaces: z.array(z.object({ gridCode: Code, version: z.number().int(), name: z.string() })),
  grids: z.array(GridChangeGrid),
  proposedBy: Person.nullable(),
  decidedBy: Person.nullable(),
  decidedAt: Instant.nullable(),
  decisionNote: z.string().nullable(),
  inEffectAt: Instant.nullable(),
  /** The notice about it; null: not published yet. */
  notice: ChangeNotice.nullable(),
  /** What keeps it from being approved; null: nothing does, or it is decided. */
  hold: z.enum(GRID_CHANGE_HOLDS).nullable(),
  findings: z.array(GridFinding),
  ties: z.array(GridTie),
  /** Open cases of the grids it replaces: they go where they lie. */
  openCases: z.number().int(),
  /** What whoever asks may do to it now. */
  actions: z.array(z.enum(GRID_CHANGE_ACTIONS)),
});
export type GridChange = z.infer<typeof GridChange>;

const ChangeId = z.strictObject({ changeId: Id });

export const listGridChanges = endpoint({
  name: "grid_changes.list",
  method: "GET",
  path: "/api/v1/grid-changes",
  permission: "work.arrange",
  summary: "The last two hundred changes of grids in the own grids, newest first",
  query: z.strictObject({ parent: Code.optional(), state: z.enum(GRID_CHANGE_STATES).optional() }),
  answer: z.object({ changes: z.array(GridChangeSummary) }),
});

export const getGridChange = endpoint({
  name: "grid_changes.get",
  method: "GET",
  path: "/api/v1/grid-changes/{changeId}",
  permission: "work.arrange",
  summary: "One change with what the check finds and what is tied to its grids",
  params: ChangeId,
  answer: GridChange,
  problems: ["grid_changes.not_found"],
});

export const putGridChange = endpoint({
  name: "grid_changes.put",
  method: "PUT",
  path: "/api/v1/grid-changes/{changeId}",
  permission: "work.arrange",
  summary: "Write a draft: which grids of one community are replaced by which",
  params: ChangeId,
  body: z.strictObject({
    baseVersion: z.number().int().min(0).max(2_000_000_000),
    parentCode: Code,
    effectiveOn: Day,
    note: text(500, 2),
    replaces: z.array(Replaced).max(MOST_GRIDS),
    grids: z
      .array(z.strictObject({ gridCode: Code.nullable(), name: text(60, 1), outline: GridOutline }))
      .min(1)
      .max(MOST_GRIDS),
    /** Whatever is left out follows the rules. */
    moves: z.array(TieMove).max(5000).optional(),
  }),
  answer: GridChange,
  problems: [
    "grid_changes.outside_scope",
    "grid_changes.version_conflict",
    "grid_changes.not_a_draft",
    "grid_changes.not_a_parent",
    "grid_changes.outdated",
    "grid_changes.codes_do_not_match",
    "grid_changes.moves_do_not_match",
  ],
});

export const publishGridChange = endpoint({
  name: "grid_changes.publish",
  method: "POST",
  path: "/api/v1/grid-changes/{changeId}/publication",
  permission: "work.arrange",
  summary: "Publish the notice 公示 about a proposed change; its term ends before the change's day",
  params: ChangeId,
  body: z.strictObject({
    baseVersion: Version,
    noticeId: Id,
    title: text(80, 2),
    body: text(4000, 2),
    termDays: z.number().int().min(NOTICE_TERM_DAYS).max(60),
  }),
  answer: GridChange,
  problems: [
    "grid_changes.not_found",
    "grid_changes.version_conflict",
    "grid_changes.not_possible",
    "grid_changes.not_in_charge",
    "grid_changes.day_is_past",
    "grid_changes.day_in_term",
    "grid_changes.does_not_fit",
    "grid_changes.outdated",
    "notices.version_conflict",
    "notices.personal_data",
    "notices.unknown_grid",
    "notices.outside_scope",
    "calendar.out_of_range",
  ],
});

export const decideGridChange = endpoint({
  name: "grid_changes.decide",
  method: "POST",
  path: "/api/v1/grid-changes/{changeId}/decision",
  permission: "work.arrange",
  summary: "Propose, approve, refuse or withdraw a change; who approves is not who proposed",
  params: ChangeId,
  body: z.strictObject({
    baseVersion: Version,
    action: z.enum(GRID_CHANGE_DECISIONS),
    note: text(500).optional(),
  }),
  answer: GridChange,
  problems: [
    "grid_changes.not_found",
    "grid_changes.version_conflict",
    "grid_changes.not_possible",
    "grid_changes.not_in_charge",
    "grid_changes.four_eyes",
    "grid_changes.note_required",
    "grid_changes.notice_missing",
    "grid_changes.term_runs",
    "grid_changes.objection_stands",
    "grid_changes.day_is_past",
    "grid_changes.day_in_term",
    "calendar.out_of_range",
    "grid_changes.does_not_fit",
    "grid_changes.outdated",
    "grid_changes.to_decide",
    "grid_changes.another_waits",
  ],
});
