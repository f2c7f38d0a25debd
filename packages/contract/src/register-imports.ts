import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Id, Instant, text } from "./primitives.ts";
import { ORGANISATION_BASES, ORGANISATION_LEVELS } from "./organisation-words.ts";
import { REGISTER_COLUMNS, REGISTERS, type RegisterColumn } from "./registers.ts";
import { COMPONENT_CONDITIONS, NETS } from "./words.ts";

/** What can be brought in and taken out as a table: the registers and the lists beside them. */
export const IMPORT_KINDS = [
  ...REGISTERS,
  "organisations",
  "posts",
  "people",
  "former_posts",
  "components",
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Largest table file in bytes, and most rows of one file. */
export const IMPORT_MAX_BYTES = 20 * 1024 * 1024;
export const IMPORT_MAX_ROWS = 100_000;

const CODE = { key: "code", kind: "code", required: true } as const;
const GRID = { key: "gridCode", kind: "code", required: true } as const;

/** The columns of each kind's table; `code` is what makes bringing it in again change nothing. */
export const IMPORT_COLUMNS: Record<ImportKind, readonly RegisterColumn[]> = {
  ...REGISTER_COLUMNS,
  organisations: [
    CODE,
    { key: "name", kind: "text", required: true, max: 80 },
    { key: "level", kind: "choice", required: true, values: ORGANISATION_LEVELS },
    GRID,
    { key: "base", kind: "choice", values: ORGANISATION_BASES },
    { key: "baseCode", kind: "code" },
    { key: "parentCode", kind: "code" },
    { key: "foundedOn", kind: "day", required: true },
    { key: "renewedOn", kind: "day" },
    { key: "termYears", kind: "integer", max: 10 },
  ],
  posts: [
    CODE,
    /** Code or name of the kind of post. */
    { key: "template", kind: "text", required: true, max: 60 },
    GRID,
    { key: "dutyPhone", kind: "text", max: 30 },
    { key: "serviceHours", kind: "text", max: 60 },
    { key: "openedOn", kind: "day" },
    { key: "closedOn", kind: "day" },
  ],
  people: [
    CODE,
    { key: "personName", kind: "text", required: true, max: 40 },
    GRID,
    { key: "phone", kind: "text", max: 11 },
    { key: "idNumber", kind: "text", max: 18 },
    { key: "login", kind: "text", max: 60 },
    /** The post to be held from `beginsOn` on. */
    { key: "postCode", kind: "code" },
    { key: "beginsOn", kind: "day" },
  ],
  /** 原岗位 of the old four networks: who served, and as what. */
  former_posts: [
    CODE,
    { key: "personName", kind: "text", required: true, max: 40 },
    { key: "net", kind: "choice", required: true, values: NETS },
    { key: "formerRole", kind: "text", required: true, max: 60 },
    GRID,
  ],
  components: [
    CODE,
    { key: "name", kind: "text", required: true, max: 60 },
    { key: "lng", kind: "decimal", required: true, min: -180, max: 180 },
    { key: "lat", kind: "decimal", required: true, min: -90, max: 90 },
    { key: "categoryCode", kind: "code" },
    { key: "ownerUnitCode", kind: "code" },
    { key: "condition", kind: "choice", values: COMPONENT_CONDITIONS },
    { key: "address", kind: "text", max: 200 },
    { key: "recordedOn", kind: "day" },
    { key: "restricted", kind: "choice", values: ["no", "yes"] },
  ],
};

export const IMPORT_STATES = [
  "waiting",
  "checking",
  "checked",
  "applying",
  "applied",
  "failed",
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What happens to a file with faulty rows: nothing is stored, or the others are. */
export const FAULTY_ROWS = ["refuse", "skip"] as const;
export type FaultyRows = (typeof FAULTY_ROWS)[number];

/** One fault: `row` as the spreadsheet counts, null for the file as a whole. */
export const ImportIssue = z.object({
  row: z.number().int().nullable(),
  /** Key of the column; null for the whole row. */
  column: z.string().nullable(),
  /** Problem code with its words. */
  code: z.string(),
  params: z.record(z.string(), z.unknown()),
  /** What stands there, cut; null for what is personal. */
  found: z.string().nullable(),
});
export type ImportIssue = z.infer<typeof ImportIssue>;

export const ImportReport = z.object({
  /** Sheet the table was found in; null in a CSV file. */
  sheet: z.string().nullable(),
  /** Columns that were recognised, with the heading as it stands. */
  columns: z.array(z.object({ key: z.string(), heading: z.string() })),
  /** Headings that belong to no column: they are left out. */
  ignored: z.array(z.string()),
  read: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  faulty: z.number().int(),
  /** The first faults; the marked file has all of them. */
  issues: z.array(ImportIssue),
  issueCount: z.number().int(),
});
export type ImportReport = z.infer<typeof ImportReport>;

export const RegisterImport = z.object({
  importId: Id,
  kind: z.enum(IMPORT_KINDS),
  fileName: z.string(),
  state: z.enum(IMPORT_STATES),
  rowsDone: z.number().int(),
  rowsTotal: z.number().int(),
  /** Problem code of a failed one. */
  problem: z.string().nullable(),
  report: ImportReport.nullable(),
  createdAt: Instant,
  /** The file is removed then. */
  expiresAt: Instant,
});
export type RegisterImport = z.infer<typeof RegisterImport>;

const LANGUAGES = ["zh-CN", "en"] as const;
const ImportParams = z.strictObject({ importId: Id });

export const getImportTemplate = endpoint({
  name: "registerImports.template",
  method: "GET",
  path: "/api/v1/register-templates/{kind}",
  permission: "organisation.write",
  summary: "An empty XLSX table of a kind with its explanation and allowed values",
  params: z.strictObject({ kind: z.enum(IMPORT_KINDS) }),
  query: z.strictObject({ language: z.enum(LANGUAGES).optional() }),
  answer: z.undefined(),
});

/** The body is the file itself (XLSX or CSV), whatever its content type. */
export const putImport = endpoint({
  name: "registerImports.put",
  method: "PUT",
  path: "/api/v1/register-imports/{importId}",
  permission: "organisation.write",
  summary: "Upload a table to be checked in the background; nothing is stored of it yet",
  params: ImportParams,
  query: z.strictObject({
    kind: z.enum(IMPORT_KINDS),
    fileName: text(200, 1),
    language: z.enum(LANGUAGES).optional(),
  }),
  status: 201,
  answer: RegisterImport,
  problems: [
    "imports.id_taken",
    "imports.too_large",
    "imports.empty_file",
    "imports.too_many",
    "imports.not_allowed",
  ],
});

export const getImport = endpoint({
  name: "registerImports.get",
  method: "GET",
  path: "/api/v1/register-imports/{importId}",
  permission: "organisation.write",
  summary: "How far an import of the own account is, and what it would do or did",
  params: ImportParams,
  answer: RegisterImport,
  problems: ["imports.not_found"],
});

export const applyImport = endpoint({
  name: "registerImports.apply",
  method: "POST",
  path: "/api/v1/register-imports/{importId}/application",
  permission: "organisation.write",
  summary: "Store a checked table: all of it, or what has no fault, by choice",
  params: ImportParams,
  body: z.strictObject({ faultyRows: z.enum(FAULTY_ROWS) }),
  answer: RegisterImport,
  problems: ["imports.not_found", "imports.not_checked", "imports.has_faults"],
});

export const getMarkedFile = endpoint({
  name: "registerImports.marked",
  method: "GET",
  path: "/api/v1/register-imports/{importId}/marked",
  permission: "organisation.write",
  summary: "The uploaded table as XLSX with each fault marked in its row",
  params: ImportParams,
  answer: z.undefined(),
  problems: ["imports.not_found", "imports.not_checked"],
});

export const exportRegister = endpoint({
  name: "registerImports.export",
  method: "GET",
  path: "/api/v1/register-exports/{kind}",
  permission: "organisation.write",
  summary: "A register in the columns of its template, so that it can be brought in again",
  params: z.strictObject({ kind: z.enum(IMPORT_KINDS) }),
  query: z.strictObject({
    format: z.enum(["xlsx", "csv"]),
    language: z.enum(LANGUAGES).optional(),
  }),
  answer: z.undefined(),
  problems: ["imports.too_many_rows"],
});
