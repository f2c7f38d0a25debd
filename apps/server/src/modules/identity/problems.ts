import type { Refusal } from "@onegrid/contract";

export const notSignedIn: Refusal = {
  code: "identity.not_signed_in",
  status: 401,
  detail: "sign in first: POST /api/v1/session",
};

/** One answer for an unknown login, a wrong password and a closed account. */
export const wrongCredentials: Refusal = {
  code: "identity.wrong_credentials",
  status: 401,
  detail: "login or password is wrong",
};

export const locked = (seconds: number): Refusal => ({
  code: "identity.locked",
  status: 429,
  detail: "too many failed tries; wait",
  params: { retryAfterSeconds: Math.max(1, Math.ceil(seconds)) },
});

export const passwordTooCommon = (reason: string): Refusal => ({
  code: "identity.password_too_common",
  status: 422,
  detail: `choose another password: ${reason}`,
  params: { reason },
});

export const wrongCsrfToken: Refusal = {
  code: "identity.csrf",
  status: 403,
  detail: "send the session's csrfToken in the header x-csrf-token",
};

export const crossSite: Refusal = {
  code: "identity.cross_site",
  status: 403,
  detail: "a page of another origin may not change anything here",
};

export const scopeNotHeld = (scopeCode: string): Refusal => ({
  code: "identity.scope_not_held",
  status: 403,
  detail: "the account does not stand in for anybody in this grid today",
  params: { scopeCode },
});

export const tooMany = (seconds: number): Refusal => ({
  code: "request.too_many",
  status: 429,
  detail: "too many requests from this address or account; wait",
  params: { retryAfterSeconds: Math.max(1, Math.ceil(seconds)) },
});

export const defaultLogin = (login: string): Refusal => ({
  code: "identity.default_login",
  status: 422,
  detail: `everybody guesses the login ${login}; choose one that names a person`,
});

export const loginTaken = (login: string): Refusal => ({
  code: "identity.login_taken",
  status: 409,
  detail: "an account with this login exists",
  params: { login },
});

export const unknownScope = (scopeCode: string): Refusal => ({
  code: "identity.unknown_scope",
  status: 422,
  detail: "the scope is neither the county nor one of its present grids",
  params: { scopeCode },
});

export const wrongUnit: Refusal = {
  code: "identity.wrong_unit",
  status: 422,
  detail: "a department account names its department, which must exist; no other account does",
};

export const noSuchLogin = (login: string): Refusal => ({
  code: "identity.no_such_login",
  status: 404,
  detail: "no account has this login",
  params: { login },
});

/** What may be sent beside the right password: an authenticator's code, one by SMS to this number. */
export const codeRequired = (ways: { totp: boolean; sms: string | null }): Refusal => ({
  code: "identity.code_required",
  status: 401,
  detail: "the password is right; send the authenticator's code, one by SMS or a recovery code too",
  params: ways,
});

export const smsNotOffered: Refusal = {
  code: "identity.sms_not_offered",
  status: 409,
  detail: "no way of sending text messages is set up here",
};

export const smsNotSetUp: Refusal = {
  code: "identity.sms_not_set_up",
  status: 409,
  detail: "the account has no phone for codes",
};

export const smsTooMany = (seconds: number): Refusal => ({
  code: "identity.sms_too_many",
  status: 429,
  detail: "one message a minute and five an hour for an account; wait",
  params: { retryAfterSeconds: Math.max(1, Math.ceil(seconds)) },
});

export const smsNotSent: Refusal = {
  code: "identity.sms_not_sent",
  status: 503,
  detail: "the gateway for text messages did not take the message, or refused the number",
  params: { retryAfterSeconds: 60 },
};

export const wrongCode: Refusal = {
  code: "identity.wrong_code",
  status: 401,
  detail: "the code is wrong, too old, or has been used",
};

export const enrolmentRequired = (offer: {
  secret: string;
  uri: string;
  enrolment: string;
}): Refusal => ({
  code: "identity.enrolment_required",
  status: 403,
  detail: "the county asks this role for a second factor: set it up and send its first code",
  params: offer,
});

export const passkeyRefused: Refusal = {
  code: "identity.passkey_refused",
  status: 401,
  detail: "the passkey does not belong to this place, or what it signed is not what was asked",
};

export const passwordUsedBefore: Refusal = {
  code: "identity.password_used_before",
  status: 422,
  detail: "the password is one of the last five",
};

export const noSuchSession: Refusal = {
  code: "identity.no_such_session",
  status: 404,
  detail: "the session is not there or has ended",
};

export const noSuchAccount: Refusal = {
  code: "identity.no_such_account",
  status: 404,
  detail: "there is no account with this id",
};

export const factorIsRequired: Refusal = {
  code: "identity.factor_required",
  status: 409,
  detail: "the county asks this role for a second factor; the last one cannot be taken away",
};

export const administratorsApart: Refusal = {
  code: "identity.administrators_apart",
  status: 403,
  detail: "the accounts of the three administrators are made and mended by ./onegrid user alone",
};

export const keyRefused = (reason: "unknown" | "revoked" | "expired"): Refusal => ({
  code: "identity.key_refused",
  status: 401,
  detail: `the key in the header Authorization opens nothing: ${reason}`,
  params: { reason },
});

export const peopleOnly: Refusal = {
  code: "identity.people_only",
  status: 403,
  detail: "this is for people who sign in; no key may do it",
};

export const keyTerm: Refusal = {
  code: "identity.key_term",
  status: 422,
  detail: "a key's last day is today at the earliest and 366 days from now at the latest",
};

export const noSuchKey: Refusal = {
  code: "identity.no_such_key",
  status: 404,
  detail: "there is no living key with this id",
};

export const passwordDue: Refusal = {
  code: "identity.password_due",
  status: 403,
  detail: "change the password first: POST /api/v1/session/password",
};

export const noProvider: Refusal = {
  code: "identity.oidc_not_set_up",
  status: 404,
  detail: "this county has no identity provider of its own",
};

export const oidcAway: Refusal = {
  code: "identity.oidc_away",
  status: 503,
  detail: "the identity provider does not answer",
};

export const oidcRefused: Refusal = {
  code: "identity.oidc_refused",
  status: 401,
  detail: "what came back from the identity provider is not what was asked, or too late",
};

export const oidcNoAccount: Refusal = {
  code: "identity.oidc_no_account",
  status: 403,
  detail: "no open account has the employee number that the identity provider named",
};

export const oidcFactorMissing: Refusal = {
  code: "identity.oidc_factor_missing",
  status: 403,
  detail: "the county asks this role for a second factor, and the identity provider asked for none",
};

export const employeeNumberTaken: Refusal = {
  code: "identity.employee_number_taken",
  status: 409,
  detail: "another account has this employee number",
};
