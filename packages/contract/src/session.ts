import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, Id, Instant, text } from "./primitives.ts";
import { ACCOUNT_ROLES } from "./words.ts";

export const Account = z.object({
  accountId: Id,
  login: z.string(),
  name: z.string(),
  role: z.enum(ACCOUNT_ROLES),
  /** Grid code whose subtree the account serves; the county code means everywhere. */
  scopeCode: Code,
  scopeName: z.string(),
  /** Department of a department account, else null. */
  unitCode: Code.nullable(),
  unitName: z.string().nullable(),
});
export type Account = z.infer<typeof Account>;

export const Session = z.object({
  account: Account,
  countyCode: Code,
  /** Send back in the `x-csrf-token` header of every request that changes something. */
  csrfToken: z.string(),
  expiresAt: Instant,
  /** True until the owner has changed a password that was given or has run out; nothing else opens. */
  passwordIsDue: z.boolean(),
  /** The sign-in before this one; null when none is known or the session is asked for again. */
  previousSignIn: z.object({ at: Instant, address: z.string().nullable() }).nullable(),
});
export type Session = z.infer<typeof Session>;

export const SignIn = z.strictObject({
  login: text(60, 1),
  password: z.string().min(1).max(200),
  /** Six digits of an authenticator or by SMS, or a recovery code, after `identity.code_required`. */
  code: text(20, 6).optional(),
  /** From `identity.enrolment_required`, with the first code of the secret it told. */
  enrolment: z
    .string()
    .max(600)
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional(),
});

export const signIn = endpoint({
  name: "session.signIn",
  method: "POST",
  path: "/api/v1/session",
  permission: "public",
  summary: "Sign in; sets the session cookie",
  body: SignIn,
  answer: Session,
  problems: [
    "identity.wrong_credentials",
    "identity.locked",
    "identity.code_required",
    "identity.wrong_code",
    "identity.enrolment_required",
  ],
});

export const getSession = endpoint({
  name: "session.get",
  method: "GET",
  path: "/api/v1/session",
  permission: "signed_in",
  summary: "Who is signed in",
  answer: Session,
});

export const signOut = endpoint({
  name: "session.signOut",
  method: "DELETE",
  path: "/api/v1/session",
  permission: "signed_in",
  summary: "Sign out; the session ends on the server",
  status: 204,
  answer: z.undefined(),
});

export const changePassword = endpoint({
  name: "session.changePassword",
  method: "POST",
  path: "/api/v1/session/password",
  permission: "signed_in",
  summary: "Change the own password; every other session of the account ends",
  body: z.strictObject({
    currentPassword: z.string().min(1).max(200),
    newPassword: z.string().min(10).max(200),
  }),
  status: 204,
  answer: z.undefined(),
  problems: [
    "identity.wrong_credentials",
    "identity.locked",
    "identity.password_too_common",
    "identity.password_used_before",
  ],
});
