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
  detail: "too many requests from this address; wait",
  params: { retryAfterSeconds: Math.max(1, Math.ceil(seconds)) },
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
