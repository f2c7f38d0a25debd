import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, Day, Id, text } from "./primitives.ts";
import { ACCOUNT_ROLES } from "./words.ts";

/** 替班 while somebody is on leave, 借调 to another grid. */
export const SUBSTITUTION_KINDS = ["leave", "borrow"] as const;
export type SubstitutionKind = (typeof SUBSTITUTION_KINDS)[number];

export const SUBSTITUTION_STATES = ["planned", "running", "ended"] as const;
export type SubstitutionState = (typeof SUBSTITUTION_STATES)[number];

/** Longest substitution in days; a longer one is a new appointment. */
export const SUBSTITUTION_MOST_DAYS = 183;

/**
 * Request header that names the grid an account acts in, when it stands in for somebody there.
 * Without it an account acts in its own scope.
 */
export const SCOPE_HEADER = "x-onegrid-scope";

export const Substitution = z.object({
  substitutionId: Id,
  kind: z.enum(SUBSTITUTION_KINDS),
  accountName: z.string(),
  scopeCode: Code,
  scopeName: z.string(),
  /** Whom it stands in for; null when borrowed. */
  forName: z.string().nullable(),
  reason: z.string().nullable(),
  startsOn: Day,
  /** Last day, the earlier one when it was ended. */
  endsOn: Day,
  state: z.enum(SUBSTITUTION_STATES),
  /** True: the signed-in account is the one who serves. */
  mine: z.boolean(),
});
export type Substitution = z.infer<typeof Substitution>;

export const listSubstitutions = endpoint({
  name: "substitutions.list",
  method: "GET",
  path: "/api/v1/substitutions",
  permission: "signed_in",
  summary: "Substitutions of the own account and of the own scope: planned, running, lately ended",
  answer: z.object({ today: Day, substitutions: z.array(Substitution) }),
});

export const putSubstitution = endpoint({
  name: "substitutions.put",
  method: "PUT",
  path: "/api/v1/substitutions/{substitutionId}",
  permission: "work.arrange",
  summary: "Let an account serve another grid for some days; sending it again is harmless",
  params: z.strictObject({ substitutionId: Id }),
  body: z.strictObject({
    kind: z.enum(SUBSTITUTION_KINDS),
    /** Who serves. */
    accountId: Id,
    /** Of a leave: who is away; the grid follows from it. */
    forAccountId: Id.nullable(),
    /** Of a borrowing: the grid served for a time. */
    scopeCode: Code.nullable(),
    /** A borrowing says why. */
    reason: text(200, 1).nullable(),
    startsOn: Day,
    endsOn: Day,
  }),
  answer: Substitution,
  problems: [
    "substitutions.id_taken",
    "substitutions.unknown_account",
    "substitutions.outside_scope",
    "substitutions.reason_required",
    "substitutions.role_differs",
    "substitutions.street_borrows",
    "substitutions.days",
  ],
});

export const endSubstitution = endpoint({
  name: "substitutions.end",
  method: "DELETE",
  path: "/api/v1/substitutions/{substitutionId}",
  permission: "work.arrange",
  summary: "End a substitution as of now; what was done under it stays",
  params: z.strictObject({ substitutionId: Id }),
  status: 204,
  answer: z.undefined(),
  problems: ["substitutions.not_found"],
});

/** Who serves where, and how much waits there: what an arrangement is decided by. */
export const listGridStaff = endpoint({
  name: "substitutions.listStaff",
  method: "GET",
  path: "/api/v1/grid-staff",
  permission: "work.arrange",
  summary: "Workers and heads of the own scope with the open cases of their grids",
  answer: z.object({
    staff: z.array(
      z.object({
        accountId: Id,
        name: z.string(),
        role: z.enum(ACCOUNT_ROLES),
        scopeCode: Code,
        scopeName: z.string(),
        openCases: z.number().int(),
      }),
    ),
  }),
});
