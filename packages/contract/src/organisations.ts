import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, Cursor, Day, Id, Instant, QueryBoolean, QueryNumber, text } from "./primitives.ts";
import {
  ORGANISATION_BASES,
  ORGANISATION_FACT_KINDS,
  ORGANISATION_LEVELS,
} from "./organisation-words.ts";

/** PostgreSQL has no year 0, and no county has records of a year beyond four digits. */
const AnyDay = Day.refine(
  (day) => day >= "1900-01-01" && day <= "2199-12-31",
  "a day from 1900 to 2199",
);
const OnDay = { on: AnyDay.optional(), grid: Code.optional() };

const TermYears = z.number().int().min(1).max(10);

/** A Party organisation as it stood on the day that was asked for. */
export const Organisation = z.object({
  code: Code,
  name: z.string(),
  level: z.enum(ORGANISATION_LEVELS),
  base: z.enum(ORGANISATION_BASES),
  baseCode: Code,
  /** Name of the estate, building, company or committee; of the grid when built on a grid. */
  baseName: z.string().nullable(),
  gridCode: Code,
  gridName: z.string().nullable(),
  parentCode: Code.nullable(),
  parentName: z.string().nullable(),
  foundedOn: Day,
  renewedOn: Day.nullable(),
  termYears: TermYears.nullable(),
  /** 换届: the day by which its leadership is elected again. */
  termEndsOn: Day.nullable(),
  renewal: z.enum(["overdue", "due", "later"]).nullable(),
  validFrom: Day,
  validTo: Day.nullable(),
  sample: z.boolean(),
});
export type Organisation = z.infer<typeof Organisation>;

export const listOrganisations = endpoint({
  name: "organisations.list",
  method: "GET",
  path: "/api/v1/organisations",
  permission: "organisation.read",
  summary: "Party organisations of a day (today unless told), by code",
  query: z.strictObject({
    ...OnDay,
    level: z.enum(ORGANISATION_LEVELS).optional(),
    base: z.enum(ORGANISATION_BASES).optional(),
    /** Whose term has ended, or ends within the reminder's 90 days. */
    renewal: z.enum(["overdue", "due"]).optional(),
    q: text(60).optional(),
    cursor: Cursor.optional(),
    limit: QueryNumber(z.number().int().min(1).max(200)).optional(),
  }),
  answer: z.object({
    on: Day,
    organisations: z.array(Organisation),
    nextCursor: Cursor.nullable(),
  }),
  problems: ["organisations.bad_cursor"],
});

export const OrganisationFactView = z.object({
  seq: z.number().int(),
  kind: z.enum(ORGANISATION_FACT_KINDS),
  effectiveOn: Day,
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  /** True: a later fact took it back. */
  isVoid: z.boolean(),
  data: z.record(z.string(), z.unknown()),
});
export type OrganisationFactView = z.infer<typeof OrganisationFactView>;

/** 党组织书记 from when to when. */
export const Secretary = z.object({
  personId: Id,
  name: z.string(),
  beginsOn: Day,
  /** First day on which it was somebody else; null: still is. */
  endsOn: Day.nullable(),
});
export type Secretary = z.infer<typeof Secretary>;

export const getOrganisation = endpoint({
  name: "organisations.get",
  method: "GET",
  path: "/api/v1/organisations/{organisationCode}",
  permission: "organisation.read",
  summary: "One organisation: each stretch of its life and the facts they were made from",
  params: z.strictObject({ organisationCode: Code }),
  answer: z.object({
    code: Code,
    sample: z.boolean(),
    spans: z.array(Organisation),
    facts: z.array(OrganisationFactView),
    /** The present one first. */
    secretaries: z.array(Secretary),
  }),
  problems: ["organisations.not_found"],
});

const Place = {
  level: z.enum(ORGANISATION_LEVELS),
  base: z.enum(ORGANISATION_BASES),
  baseCode: Code,
  gridCode: Code,
  parentCode: Code.nullable(),
  name: text(80, 1),
  termYears: TermYears.nullable(),
};

export const OrganisationFactInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("found"), effectiveOn: AnyDay, data: z.strictObject(Place) }),
  z.strictObject({
    kind: z.literal("change"),
    effectiveOn: AnyDay,
    data: z.strictObject(Place).partial(),
  }),
  z.strictObject({
    kind: z.literal("renew"),
    effectiveOn: AnyDay,
    data: z.strictObject({ note: text(200).nullable() }),
  }),
  z.strictObject({
    kind: z.literal("dissolve"),
    effectiveOn: AnyDay,
    data: z.strictObject({ reason: text(200, 1) }),
  }),
  z.strictObject({
    kind: z.literal("void"),
    effectiveOn: AnyDay,
    data: z.strictObject({ seq: z.number().int().min(1).max(10_000), reason: text(200, 1) }),
  }),
]);
export type OrganisationFactInput = z.infer<typeof OrganisationFactInput>;

export const recordOrganisationFact = endpoint({
  name: "organisations.record",
  method: "POST",
  path: "/api/v1/organisations/{organisationCode}/facts",
  permission: "organisation.write",
  summary: "Write down what happened to an organisation, on the day it happened; found begins one",
  params: z.strictObject({ organisationCode: Code }),
  body: z.strictObject({
    /** Number of facts that were read; 0 for a new organisation. */
    baseSeq: z.number().int().min(0).max(10_000),
    fact: OrganisationFactInput,
  }),
  answer: z.object({ spans: z.array(Organisation) }),
  status: 201,
  problems: [
    "organisations.version_conflict",
    "organisations.outside_scope",
    "organisations.day_out_of_range",
    "organisations.before_founding",
    "organisations.already_founded",
    "organisations.dissolved",
    "organisations.no_term",
    "organisations.nothing_to_void",
    "organisations.unknown_grid",
    "organisations.unknown_base",
    "organisations.unknown_parent",
    "organisations.wrong_base",
    "organisations.wrong_grid_level",
    "organisations.wrong_parent",
  ],
});

export const appointSecretary = endpoint({
  name: "organisations.appointSecretary",
  method: "POST",
  path: "/api/v1/organisations/{organisationCode}/secretaries",
  permission: "organisation.write",
  summary: "Write down who leads an organisation from a day on; who led it before ends then",
  params: z.strictObject({ organisationCode: Code }),
  body: z.strictObject({ personId: Id.nullable(), beginsOn: AnyDay }),
  answer: z.object({ secretaries: z.array(Secretary) }),
  status: 201,
  problems: [
    "organisations.not_found",
    "organisations.outside_scope",
    "organisations.secretary_order",
    "organisations.unknown_person",
  ],
});

/** One grid of a day with the organisations of exactly this grid, to walk down the tree. */
export const OrganisationTreeNode = z.object({
  gridCode: Code,
  name: z.string(),
  level: z.number().int(),
  childCount: z.number().int(),
  /** Organisations of this grid and below. */
  organisationCount: z.number().int(),
  organisations: z.array(Organisation),
});
export type OrganisationTreeNode = z.infer<typeof OrganisationTreeNode>;

export const getOrganisationTree = endpoint({
  name: "organisations.tree",
  method: "GET",
  path: "/api/v1/organisation-tree",
  permission: "organisation.read",
  summary: "The grids directly under a parent on a day, each with its organisations",
  query: z.strictObject({ on: AnyDay.optional(), parent: Code.optional() }),
  answer: z.object({ on: Day, nodes: z.array(OrganisationTreeNode) }),
});

/** What a coverage rate is counted over. */
export const COVERAGE_KINDS = [
  "estates",
  "grids",
  "property_companies",
  "owners_committees",
  /** 一肩挑: grids whose grid head is the secretary of their own organisation. */
  "secretary_heads",
] as const;
export type CoverageKind = (typeof COVERAGE_KINDS)[number];

export const CoverageFigure = z.object({
  kind: z.enum(COVERAGE_KINDS),
  covered: z.number().int(),
  all: z.number().int(),
  /** covered ÷ all; null when there is nothing to cover. */
  rate: z.number().nullable(),
});
export type CoverageFigure = z.infer<typeof CoverageFigure>;

export const getCoverage = endpoint({
  name: "organisations.coverage",
  method: "GET",
  path: "/api/v1/organisation-coverage",
  permission: "organisation.read",
  summary: "党组织覆盖率 of a day: estates, grids, property companies and owners' committees",
  query: z.strictObject(OnDay),
  answer: z.object({ on: Day, figures: z.array(CoverageFigure) }),
});

export const CoverageRow = z.object({
  code: Code,
  name: z.string(),
  gridCode: Code.nullable(),
  gridName: z.string().nullable(),
  /** The organisation that covers it; null: an exception. */
  organisationCode: Code.nullable(),
  organisationName: z.string().nullable(),
});
export type CoverageRow = z.infer<typeof CoverageRow>;

export const listCoverageRows = endpoint({
  name: "organisations.coverageRows",
  method: "GET",
  path: "/api/v1/organisation-coverage/{kind}",
  permission: "organisation.read",
  summary: "The rows behind a coverage figure; covered=false: the exceptions by name",
  params: z.strictObject({ kind: z.enum(COVERAGE_KINDS) }),
  query: z.strictObject({
    ...OnDay,
    covered: QueryBoolean.optional(),
    cursor: Cursor.optional(),
    limit: QueryNumber(z.number().int().min(1).max(200)).optional(),
  }),
  answer: z.object({ on: Day, rows: z.array(CoverageRow), nextCursor: Cursor.nullable() }),
  problems: ["organisations.bad_cursor"],
});
