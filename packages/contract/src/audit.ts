import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Cursor, Day, Id, Instant } from "./primitives.ts";

/** One line of the audit log: who, when, from where, what, with what result. */
export const AuditLine = z.object({
  /** Place in the county's chain: 1, 2, 3 … without a gap. */
  seq: z.string(),
  occurredAt: Instant,
  accountId: Id.nullable(),
  /** Of the account; null for the software itself and for logins that nobody has. */
  login: z.string().nullable(),
  action: z.string(),
  outcome: z.enum(["done", "refused"]),
  /** What it was done to: an id or a code, never a name. */
  subject: z.string().nullable(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type AuditLine = z.infer<typeof AuditLine>;

export const AuditFilter = z.strictObject({
  /** Days of the county, both included. */
  from: Day.optional(),
  to: Day.optional(),
  action: z
    .string()
    .max(60)
    .regex(/^[a-z_.]+$/)
    .optional(),
  login: z.string().min(1).max(60).optional(),
  outcome: z.enum(["done", "refused"]).optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

export const listAuditLines = endpoint({
  name: "audit.list",
  method: "GET",
  path: "/api/v1/audit",
  permission: "audit.read",
  summary: "The audit log, newest first",
  query: AuditFilter.extend({ cursor: Cursor.optional() }),
  answer: z.object({ lines: z.array(AuditLine), nextCursor: Cursor.nullable() }),
  problems: ["request.invalid"],
});

export const exportAudit = endpoint({
  name: "audit.export",
  method: "GET",
  path: "/api/v1/audit/export",
  permission: "audit.read",
  summary: "The audit log as CSV, oldest first; the export is recorded itself",
  query: AuditFilter,
  answer: z.undefined(),
  problems: ["request.invalid"],
});
