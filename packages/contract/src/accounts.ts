import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Code, Id, Instant, text } from "./primitives.ts";
import { ACCOUNT_ROLES } from "./words.ts";

export const AccountLine = z.object({
  accountId: Id,
  login: z.string(),
  name: z.string(),
  /** How the name is spoken, and its initials: 张伟 → `zhangwei zw`. */
  nameKeys: z.string(),
  role: z.enum(ACCOUNT_ROLES),
  scopeCode: Code,
  unitCode: Code.nullable(),
  /** By which the county's identity provider knows them; null: it does not. */
  employeeNumber: z.string().nullable(),
  sample: z.boolean(),
  disabledAt: Instant.nullable(),
  lockedUntil: Instant.nullable(),
});
export type AccountLine = z.infer<typeof AccountLine>;

const OfAccount = z.object({ accountId: Id });
/** A random password, shown this once; its owner changes it after signing in. */
const OneTimePassword = z.object({ accountId: Id, password: z.string() });

export const listAccounts = endpoint({
  name: "accounts.list",
  method: "GET",
  path: "/api/v1/accounts",
  permission: "accounts.manage",
  summary: "Every account of the county, by login",
  answer: z.object({ accounts: z.array(AccountLine) }),
});

export const addAccount = endpoint({
  name: "accounts.add",
  method: "POST",
  path: "/api/v1/accounts",
  permission: "accounts.manage",
  summary: "Make an account; answers its first password",
  body: z.strictObject({
    login: text(60, 1),
    name: text(60, 1),
    role: z.enum(ACCOUNT_ROLES),
    scopeCode: Code,
    unitCode: Code.nullable(),
  }),
  status: 201,
  answer: OneTimePassword,
  problems: [
    "identity.login_taken",
    "identity.unknown_scope",
    "identity.wrong_unit",
    "identity.administrators_apart",
  ],
});

export const resetAccountPassword = endpoint({
  name: "accounts.resetPassword",
  method: "POST",
  path: "/api/v1/accounts/{accountId}/password",
  permission: "accounts.manage",
  summary: "Give an account a new password; its sessions end",
  params: OfAccount,
  answer: OneTimePassword,
  problems: ["identity.no_such_account", "identity.administrators_apart"],
});

export const closeAccount = endpoint({
  name: "accounts.close",
  method: "PUT",
  path: "/api/v1/accounts/{accountId}/closed",
  permission: "accounts.manage",
  summary: "Close an account (its sessions end at once) or open it again",
  params: OfAccount,
  body: z.strictObject({ closed: z.boolean() }),
  status: 204,
  answer: z.undefined(),
  problems: ["identity.no_such_account", "identity.administrators_apart"],
});

export const resetAccountFactors = endpoint({
  name: "accounts.resetFactors",
  method: "DELETE",
  path: "/api/v1/accounts/{accountId}/factors",
  permission: "accounts.manage",
  summary: "Take authenticator, passkeys and recovery codes from an account; its sessions end",
  params: OfAccount,
  status: 204,
  answer: z.undefined(),
  problems: ["identity.no_such_account", "identity.administrators_apart"],
});

export const endAccountSessions = endpoint({
  name: "accounts.endSessions",
  method: "DELETE",
  path: "/api/v1/accounts/{accountId}/sessions",
  permission: "accounts.manage",
  summary: "Sign an account out everywhere",
  params: OfAccount,
  status: 204,
  answer: z.undefined(),
  problems: ["identity.no_such_account", "identity.administrators_apart"],
});

export const SignInRules = z.object({
  /** Roles that the county asks for a second factor. */
  factorRequired: z.array(z.enum(ACCOUNT_ROLES)),
  /** Days after which a password has to be changed; null: it does not run out by itself. */
  passwordMaxAgeDays: z.int().min(30).max(730).nullable(),
});
export type SignInRules = z.infer<typeof SignInRules>;

export const getSignInRules = endpoint({
  name: "security.getRules",
  method: "GET",
  path: "/api/v1/security/rules",
  permission: "security.manage",
  summary: "What the county asks of whom at the sign-in",
  answer: SignInRules,
});

export const putSignInRules = endpoint({
  name: "security.putRules",
  method: "PUT",
  path: "/api/v1/security/rules",
  permission: "security.manage",
  summary: "Ask roles for a second factor, set up at the next sign-in; let passwords run out",
  body: z.strictObject({
    factorRequired: z.array(z.enum(ACCOUNT_ROLES)).max(ACCOUNT_ROLES.length),
    passwordMaxAgeDays: SignInRules.shape.passwordMaxAgeDays,
  }),
  answer: SignInRules,
});
