import { z } from "zod";
import { AllowedAction, CASE_SORTS, CaseFilters } from "./cases.ts";
import { endpoint } from "./endpoint.ts";
import { Code, Id, Instant, text } from "./primitives.ts";
import { TIERS } from "./words.ts";

/** What may be done with many cases at once; in the order asked, without those not in sight. */
export const getCaseActions = endpoint({
  name: "cases.actions",
  method: "GET",
  path: "/api/v1/case-actions",
  permission: "cases.read",
  summary: "What the signed-in account may do now with up to 100 cases",
  query: z.strictObject({
    /** Ids with commas between. */
    caseIds: z
      .string()
      .max(100 * 37)
      .transform((list) => list.split(",").filter((part) => part !== ""))
      .pipe(z.array(Id).min(1).max(100)),
  }),
  answer: z.object({
    cases: z.array(
      z.object({ caseId: Id, version: z.number().int(), allowed: z.array(AllowedAction) }),
    ),
  }),
});

/** Who has let cases lie unsigned past the limit of signing. */
export const getDuty = endpoint({
  name: "duty.get",
  method: "GET",
  path: "/api/v1/duty",
  permission: "cases.read",
  summary: "Holders in the own scope with cases unsigned past the limit, most cases first",
  answer: z.object({
    silent: z.array(
      z.object({
        tier: z.enum(TIERS),
        holderCode: Code,
        holderName: z.string(),
        unsigned: z.number().int(),
        /** When the oldest of them was sent there. */
        since: Instant,
      }),
    ),
  }),
});

/** A list that an account has named for itself. */
export const SavedFilter = z.strictObject({
  name: text(40, 1),
  /** Filters as they stand in an address; a name that no longer exists is dropped when opened. */
  search: z.partialRecord(z.string().max(40), z.string().max(400)),
});
export type SavedFilter = z.infer<typeof SavedFilter>;

const SavedFilters = z.object({
  filters: z.array(SavedFilter.extend({ filterId: Id })),
});

export const listSavedFilters = endpoint({
  name: "savedFilters.list",
  method: "GET",
  path: "/api/v1/saved-filters",
  permission: "cases.read",
  summary: "The account's own named lists, in the order they were made",
  answer: SavedFilters,
});

export const putSavedFilter = endpoint({
  name: "savedFilters.put",
  method: "PUT",
  path: "/api/v1/saved-filters/{filterId}",
  permission: "cases.read",
  summary: "Name a list, or change one; the client chooses the id",
  params: z.strictObject({ filterId: Id }),
  body: SavedFilter,
  answer: SavedFilters,
  problems: ["saved_filters.too_many", "saved_filters.id_taken"],
});

export const deleteSavedFilter = endpoint({
  name: "savedFilters.delete",
  method: "DELETE",
  path: "/api/v1/saved-filters/{filterId}",
  permission: "cases.read",
  summary: "Forget a named list; one that is not there is forgotten already",
  params: z.strictObject({ filterId: Id }),
  answer: SavedFilters,
});

export const EXPORT_FORMATS = ["csv", "xlsx"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export const EXPORT_STATES = ["waiting", "running", "done", "failed"] as const;
export type ExportState = (typeof EXPORT_STATES)[number];
export const EXPORT_LANGUAGES = ["zh-CN", "en"] as const;

export const CaseExport = z.object({
  exportId: Id,
  format: z.enum(EXPORT_FORMATS),
  state: z.enum(EXPORT_STATES),
  /** Rows written so far. */
  rows: z.number().int(),
  /** Problem code of a failed one. */
  problem: z.string().nullable(),
  createdAt: Instant,
  /** The file is removed then. */
  expiresAt: Instant,
});
export type CaseExport = z.infer<typeof CaseExport>;

export const startExport = endpoint({
  name: "exports.start",
  method: "POST",
  path: "/api/v1/case-exports",
  permission: "cases.read",
  summary: "Write the list under these filters to a file, in the background",
  body: z.strictObject({
    exportId: Id,
    format: z.enum(EXPORT_FORMATS),
    language: z.enum(EXPORT_LANGUAGES),
    /** As in an address: text. */
    filters: CaseFilters.extend({ sort: z.enum(CASE_SORTS).optional() }),
  }),
  status: 201,
  answer: CaseExport,
  problems: ["exports.id_taken", "exports.too_many"],
});

export const getExport = endpoint({
  name: "exports.get",
  method: "GET",
  path: "/api/v1/case-exports/{exportId}",
  permission: "cases.read",
  summary: "How far an export of the own account is",
  params: z.strictObject({ exportId: Id }),
  answer: CaseExport,
  problems: ["exports.not_found"],
});

export const getExportFile = endpoint({
  name: "exports.file",
  method: "GET",
  path: "/api/v1/case-exports/{exportId}/file",
  permission: "cases.read",
  summary: "The file of a finished export of the own account",
  params: z.strictObject({ exportId: Id }),
  answer: z.unknown(),
  problems: ["exports.not_found", "exports.not_ready"],
});

export const getCaseFile = endpoint({
  name: "exports.caseFile",
  method: "GET",
  path: "/api/v1/cases/{caseId}/file",
  permission: "cases.read",
  summary: "The file of one case as a PDF, numbers of people masked; asking is in the audit log",
  params: z.strictObject({ caseId: Id }),
  query: z.strictObject({ language: z.enum(EXPORT_LANGUAGES).default("zh-CN") }),
  answer: z.unknown(),
  problems: ["cases.not_found"],
});
