import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { Id, Instant, text } from "./primitives.ts";
import { Session } from "./session.ts";

/** Where an account is signed in. */
export const OpenSession = z.object({
  sessionId: Id,
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: Instant,
  lastSeenAt: Instant,
  isPresent: z.boolean(),
});
export type OpenSession = z.infer<typeof OpenSession>;

const CredentialId = z
  .string()
  .min(1)
  .max(1400)
  .regex(/^[A-Za-z0-9_-]+$/);

export const OwnPasskey = z.object({
  credentialId: CredentialId,
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
});
export type OwnPasskey = z.infer<typeof OwnPasskey>;

export const Security = z.object({
  /** Whether the county asks the account's role for a second factor. */
  factorRequired: z.boolean(),
  /** Since when an authenticator app is set up; null without one. */
  totpSince: Instant.nullable(),
  /** Codes by text message. */
  sms: z.object({
    /** Whether the installation sends text messages. */
    isOffered: z.boolean(),
    /** The number that codes go to, masked: `138****11`; null without one. */
    phone: z.string().nullable(),
    since: Instant.nullable(),
  }),
  recoveryCodesLeft: z.number().int(),
  passkeys: z.array(OwnPasskey),
  sessions: z.array(OpenSession),
});
export type Security = z.infer<typeof Security>;

const Password = z.string().min(1).max(200);
const PROOF_PROBLEMS = ["identity.wrong_credentials", "identity.locked"] as const;

export const getSecurity = endpoint({
  name: "account.security",
  method: "GET",
  path: "/api/v1/account/security",
  permission: "signed_in",
  summary: "How the own account is signed in to, and where it is signed in",
  answer: Security,
});

export const endOwnSession = endpoint({
  name: "account.endSession",
  method: "DELETE",
  path: "/api/v1/account/sessions/{sessionId}",
  permission: "signed_in",
  summary: "End one of the own sessions",
  params: z.object({ sessionId: Id }),
  status: 204,
  answer: z.undefined(),
  problems: ["identity.no_such_session"],
});

export const offerTotp = endpoint({
  name: "account.offerTotp",
  method: "POST",
  path: "/api/v1/account/totp/offer",
  permission: "signed_in",
  summary: "A new secret for an authenticator app; it counts once its first code was sent",
  body: z.strictObject({ currentPassword: Password }),
  answer: z.object({ secret: z.string(), uri: z.string(), enrolment: z.string() }),
  problems: PROOF_PROBLEMS,
});

export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

export const setTotp = endpoint({
  name: "account.setTotp",
  method: "PUT",
  path: "/api/v1/account/totp",
  permission: "signed_in",
  summary: "Set up the offered secret; answers recovery codes, shown this once",
  body: z.strictObject({
    enrolment: z
      .string()
      .max(600)
      .regex(/^[A-Za-z0-9_-]+$/),
    code: text(6, 6),
  }),
  answer: RecoveryCodes,
  problems: ["identity.wrong_code"],
});

export const removeTotp = endpoint({
  name: "account.removeTotp",
  method: "POST",
  path: "/api/v1/account/totp/remove",
  permission: "signed_in",
  summary: "Stop asking for codes of an authenticator app",
  body: z.strictObject({ currentPassword: Password }),
  status: 204,
  answer: z.undefined(),
  problems: [...PROOF_PROBLEMS, "identity.factor_required"],
});

export const renewRecoveryCodes = endpoint({
  name: "account.renewRecoveryCodes",
  method: "POST",
  path: "/api/v1/account/recovery-codes",
  permission: "signed_in",
  summary: "Ten new recovery codes; the earlier ones open nothing any more",
  body: z.strictObject({ currentPassword: Password }),
  answer: RecoveryCodes,
  problems: PROOF_PROBLEMS,
});

/** What a browser's WebAuthn speaks; checked by the library that verifies it. */
const WebAuthnJson = z.record(z.string().max(60), z.unknown());
const Challenge = z
  .string()
  .max(600)
  .regex(/^[A-Za-z0-9_-]+$/);

export const offerPasskey = endpoint({
  name: "account.offerPasskey",
  method: "POST",
  path: "/api/v1/account/passkeys/offer",
  permission: "signed_in",
  summary: "What the browser needs to make a passkey",
  body: z.strictObject({ currentPassword: Password }),
  answer: z.object({ challenge: Challenge, options: WebAuthnJson }),
  problems: PROOF_PROBLEMS,
});

export const addPasskey = endpoint({
  name: "account.addPasskey",
  method: "POST",
  path: "/api/v1/account/passkeys",
  permission: "signed_in",
  summary: "Store the passkey that the browser made",
  body: z.strictObject({ challenge: Challenge, name: text(60, 1), response: WebAuthnJson }),
  answer: OwnPasskey,
  problems: ["identity.passkey_refused"],
});

export const removePasskey = endpoint({
  name: "account.removePasskey",
  method: "POST",
  path: "/api/v1/account/passkeys/remove",
  permission: "signed_in",
  summary: "Remove one of the own passkeys",
  body: z.strictObject({ currentPassword: Password, credentialId: CredentialId }),
  status: 204,
  answer: z.undefined(),
  problems: [...PROOF_PROBLEMS, "identity.factor_required"],
});

export const askPasskey = endpoint({
  name: "session.askPasskey",
  method: "POST",
  path: "/api/v1/session/passkey/offer",
  permission: "public",
  summary: "What the browser needs to sign in with a passkey",
  answer: z.object({ challenge: Challenge, options: WebAuthnJson }),
});

export const signInWithPasskey = endpoint({
  name: "session.signInWithPasskey",
  method: "POST",
  path: "/api/v1/session/passkey",
  permission: "public",
  summary: "Sign in with a passkey; sets the session cookie",
  body: z.strictObject({ challenge: Challenge, response: WebAuthnJson }),
  answer: Session,
  problems: ["identity.passkey_refused", "identity.locked"],
});
