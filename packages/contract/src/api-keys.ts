import { z } from "zod";
import { endpoint, type Permission } from "./endpoint.ts";
import { Code, Day, Id, Instant, text } from "./primitives.ts";
import type { AccountRole } from "./words.ts";

/** An account belongs to a person, or to a machine that comes with a key. */
export const ACCOUNT_KINDS = ["person", "machine"] as const;

/**
 * What a key can be allowed at all. People's own work is not among it: accounts and rules, contacts
 * of residents, the audit log, the own account.
 */
export const MACHINE_PERMISSIONS = [
  "cases.read",
  "cases.report",
  "cases.act",
  "board.read",
  "configuration.read",
  "organisation.read",
] as const satisfies readonly Permission[];
export type MachinePermission = (typeof MACHINE_PERMISSIONS)[number];

/** As whom a machine acts; it is neither out in the grid nor an administrator. */
export const MACHINE_ROLES = [
  "street",
  "county_centre",
  "department",
] as const satisfies readonly AccountRole[];
export type MachineRole = (typeof MACHINE_ROLES)[number];

/** A key is renewed at least once a year. */
export const LONGEST_KEY_DAYS = 366;

const OfKey = z.object({ keyId: Id });

export const ApiKeyLine = z.object({
  keyId: Id,
  /** Name of the machine, as the case log shows it. */
  name: z.string(),
  role: z.enum(MACHINE_ROLES),
  scopeCode: Code,
  unitCode: Code.nullable(),
  permissions: z.array(z.enum(MACHINE_PERMISSIONS)),
  requestsPerMinute: z.int(),
  createdAt: Instant,
  createdByName: z.string(),
  expiresAt: Instant,
  revokedAt: Instant.nullable(),
  /** The county's day of the last use; null when it was never used. */
  lastUsedOn: Day.nullable(),
});
export type ApiKeyLine = z.infer<typeof ApiKeyLine>;

export const listApiKeys = endpoint({
  name: "apiKeys.list",
  method: "GET",
  path: "/api/v1/api-keys",
  permission: "accounts.manage",
  summary: "Every key for machines, the newest first",
  answer: z.object({ keys: z.array(ApiKeyLine) }),
});

export const addApiKey = endpoint({
  name: "apiKeys.add",
  method: "POST",
  path: "/api/v1/api-keys",
  permission: "accounts.manage",
  summary: "Make a key for a machine; the key is answered this once",
  body: z.strictObject({
    name: text(60, 1),
    role: z.enum(MACHINE_ROLES),
    /** Grid code whose subtree the machine serves; the county code means everywhere. */
    scopeCode: Code,
    unitCode: Code.nullable(),
    permissions: z.array(z.enum(MACHINE_PERMISSIONS)).min(1).max(MACHINE_PERMISSIONS.length),
    requestsPerMinute: z.int().min(1).max(6000),
    /** Last day of the key, of the county's calendar. */
    expiresOn: Day,
  }),
  status: 201,
  answer: z.object({ keyId: Id, key: z.string() }),
  problems: ["identity.unknown_scope", "identity.wrong_unit", "identity.key_term"],
});

export const revokeApiKey = endpoint({
  name: "apiKeys.revoke",
  method: "DELETE",
  path: "/api/v1/api-keys/{keyId}",
  permission: "accounts.manage",
  summary: "Revoke a key at once; what it did stays on record",
  params: OfKey,
  status: 204,
  answer: z.undefined(),
  problems: ["identity.no_such_key"],
});
