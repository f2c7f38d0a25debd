import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { CookieSerializeOptions } from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../../platform/config.ts";

/** 256 bits: beyond guessing. */
const SECRET_BYTES = 32;
const COOKIE = /^([0-9A-Za-z-]{1,32})\.([A-Za-z0-9_-]{43})$/;

export const newSecret = (): string => randomBytes(SECRET_BYTES).toString("base64url");

/** What the table keeps of a secret. A fast hash serves: the secret is random, not chosen. */
export const secretHash = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** Compares two secrets without telling by the time it takes how much of them is equal. */
export const isSameSecret = (left: string, right: string): boolean =>
  timingSafeEqual(secretHash(left), secretHash(right));

/** `__Host-` binds the cookie to this very host and to TLS; without TLS browsers refuse it. */
export const cookieName = (config: Pick<Config, "secureCookies">, name: string): string =>
  `${config.secureCookies ? "__Host-" : ""}onegrid_${name}`;

/** Strict: no request that another site causes carries it. The fronts call from the same site. */
export const cookieOptions = (config: Pick<Config, "secureCookies">): CookieSerializeOptions => ({
  path: "/",
  httpOnly: true,
  sameSite: "strict",
  secure: config.secureCookies,
});

/** The secret of a request's session cookie when it is one of this county's; else null. */
export const secretFrom = (
  config: Pick<Config, "secureCookies">,
  request: FastifyRequest,
  countyCode: string,
): string | null => {
  const [, county, secret] =
    COOKIE.exec(request.cookies[cookieName(config, "session")] ?? "") ?? [];
  return county === countyCode && secret !== undefined ? secret : null;
};

export const setSessionCookie = (
  config: Pick<Config, "secureCookies">,
  reply: FastifyReply,
  countyCode: string,
  secret: string,
  expiresAt: Date,
): void => {
  void reply.setCookie(cookieName(config, "session"), `${countyCode}.${secret}`, {
    ...cookieOptions(config),
    expires: expiresAt,
  });
};

export const clearSessionCookie = (
  config: Pick<Config, "secureCookies">,
  reply: FastifyReply,
): void => {
  void reply.clearCookie(cookieName(config, "session"), cookieOptions(config));
};
