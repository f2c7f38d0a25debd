import type { Permission } from "@onegrid/contract";
import type { Actor } from "@onegrid/domain";
import type { FastifyRequest } from "fastify";
import { residentActor } from "../../platform/context.ts";
import type { Gate } from "../../platform/http.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import { notPermitted, permits } from "../access/index.ts";
import { countyFor } from "../county/index.ts";
import { actingScope } from "./acting-scope.ts";
import { refuseCrossSite } from "./cross-site.ts";
import { admitKey, RecordedFailures } from "./keys/admit-key.ts";
import { bearerOf } from "./keys/api-key.ts";
import { notSignedIn, passwordDue, wrongCsrfToken } from "./problems.ts";
import { takeTurn } from "./request-limits.ts";
import { isSameSecret, secretFrom } from "./session-cookie.ts";
import { IDLE_MINUTES, useSession, type LiveSession } from "./session-store.ts";

/** All that a session opens whose password has to be changed first: itself. */
const OWN_SESSION = new Set(["/api/v1/session", "/api/v1/session/password"]);

export const CSRF_HEADER = "x-csrf-token";

const sessions = new WeakMap<FastifyRequest, LiveSession>();

/** The session that the gate found; throws `identity.not_signed_in` for a request without one. */
export const sessionOf = (request: FastifyRequest): LiveSession => {
  const session = sessions.get(request);
  if (session === undefined) throw new ProblemError(notSignedIn);
  return session;
};

/** Only what the rules need: the session's secrets stay here. */
const actorOf = (
  { role, accountId, unitCode }: Pick<LiveSession, "role" | "accountId" | "unitCode">,
  scopeCode: string,
): Actor => ({ role, accountId, scopeCode, unitCode });

const bringsToken = (request: FastifyRequest, session: LiveSession): boolean => {
  const token = request.headers[CSRF_HEADER];
  return typeof token === "string" && isSameSecret(token, session.csrfToken);
};

/**
 * Who asks, and whether they may. A public endpoint that only reads is the same for everybody and
 * looks nobody up. A public one that changes something knows a signed-in account by its cookie and
 * CSRF token together; with less it is anybody's act, so a forged request gains nothing.
 *
 * A machine's key in `Authorization` is judged alone: no cookie beside it counts, and no token is
 * needed, as no browser sends that header by itself.
 */
export const createGate = (base: Omit<Services, "gate">): Gate => {
  const { config, database, clock, jobs } = base;
  const failures = new RecordedFailures();

  const find = async (request: FastifyRequest, countyCode: string): Promise<LiveSession | null> => {
    const secret = secretFrom(config, request, countyCode);
    if (secret === null) return null;
    const idleMinutes = config.sessionIdleMinutes ?? IDLE_MINUTES;
    return useSession(database.db, countyCode, secret, clock.now(), idleMinutes);
  };

  const admit = async (
    request: FastifyRequest,
    permission: Permission,
    changes: boolean,
    countyCode: string,
  ): Promise<LiveSession | null> => {
    if (permission === "public") {
      if (!changes) {
        await takeTurn(config, request, { kind: "anonymous read" });
        return null;
      }
      const session = await find(request, countyCode);
      if (session !== null && !session.passwordIsDue && bringsToken(request, session)) {
        await takeTurn(config, request, { kind: "account", accountId: session.accountId });
        return session;
      }
      await takeTurn(config, request, { kind: "anonymous change" });
      return null;
    }
    const session = await find(request, countyCode);
    if (session === null) throw new ProblemError(notSignedIn);
    if (session.passwordIsDue && !OWN_SESSION.has(request.routeOptions.url ?? "")) {
      throw new ProblemError(passwordDue);
    }
    await takeTurn(config, request, { kind: "account", accountId: session.accountId });
    if (changes && !bringsToken(request, session)) throw new ProblemError(wrongCsrfToken);
    if (!permits(session.role, permission)) throw new ProblemError(notPermitted(permission));
    return session;
  };

  return async (request, permission, changes) => {
    if (changes) refuseCrossSite(request);
    const county = await countyFor(base, request);
    const ctx = { db: database.db, clock, jobs, county, requestId: request.id };
    const bearer = permission === "public" && !changes ? null : bearerOf(request);
    if (bearer !== null) {
      const key = await admitKey({ ...base, failures }, request, county, bearer, permission);
      return { ...ctx, actor: actorOf({ ...key, accountId: key.keyId }, key.scopeCode) };
    }
    const session = await admit(request, permission, changes, county.countyCode);
    if (session === null) return { ...ctx, actor: residentActor(county.countyCode) };
    sessions.set(request, session);
    const scopeCode = await actingScope(base, request, county, session);
    return { ...ctx, actor: actorOf(session, scopeCode) };
  };
};
