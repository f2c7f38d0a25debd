import { getSignInWays, OIDC_CALLBACK, OIDC_START } from "@onegrid/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { mount } from "../../../platform/http.ts";
import { ProblemError } from "../../../platform/problems.ts";
import { seal, unseal } from "../../../platform/seal.ts";
import type { Services } from "../../../platform/services.ts";
import { placeOf } from "../factors/passkeys.ts";
import { noProvider, oidcAway, oidcRefused } from "../problems.ts";
import { cookieName, cookieOptions, setSessionCookie } from "../session-cookie.ts";
import { beginAt, claimedBy } from "./provider.ts";
import { signInByOidc } from "./sign-in-by-oidc.ts";

const MINUTES = 10;

const Kept = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  untilMs: z.number(),
});
type Kept = z.infer<typeof Kept>;

/** Only a path of the console's own: coming back must not lead a fresh session elsewhere. */
const nextOf = (query: unknown): string => {
  const next = (query as { next?: unknown }).next;
  return typeof next === "string" && /^\/(?![/\\])[\u0021-\u007E]{0,500}$/.test(next) ? next : "/";
};

const boundTo = (countyCode: string): string => `oidc attempt\0${countyCode}`;

/** Signing in through the county's own identity provider: out to it, and back with a code. */
export const mountOidc = (
  app: FastifyInstance,
  { config, gate }: Pick<Services, "config" | "gate">,
): void => {
  const cookie = cookieName(config, "oidc");
  // Lax: the browser comes back from another site. It is worth nothing without the code.
  const options = { ...cookieOptions(config), sameSite: "lax", maxAge: MINUTES * 60 } as const;
  const providerOf = (countyCode: string) => config.oidc?.[countyCode];
  const callbackOf = (request: FastifyRequest): string =>
    new URL(OIDC_CALLBACK, placeOf(config, request).origin).href;

  const open = (countyCode: string, sealed: string | undefined, nowMs: number): Kept | null => {
    try {
      const text = unseal(
        config.dataKey,
        boundTo(countyCode),
        Buffer.from(sealed ?? "", "base64url"),
      );
      const kept = Kept.parse(JSON.parse(text));
      return kept.untilMs > nowMs ? kept : null;
    } catch {
      return null;
    }
  };

  const back = (reply: FastifyReply, path: string): FastifyReply =>
    reply
      .clearCookie(cookie, cookieOptions(config))
      .header("cache-control", "no-store")
      .redirect(`/console${path}`, 303);

  mount(app, gate, getSignInWays, async (ctx) => {
    const provider = providerOf(ctx.county.countyCode);
    return { oidc: provider === undefined ? null : { label: provider.label } };
  });

  app.get(OIDC_START, async (request, reply) => {
    const ctx = await gate(request, "public", true);
    const { countyCode } = ctx.county;
    const provider = providerOf(countyCode);
    if (provider === undefined) throw new ProblemError(noProvider);
    const begun = await beginAt(provider, callbackOf(request)).catch((error: unknown) => {
      request.log.error({ err: error }, "the identity provider cannot be reached");
      return null;
    });
    if (begun === null) return back(reply, `/sign-in?problem=${oidcAway.code}`);
    const untilMs = ctx.clock.now().getTime() + MINUTES * 60_000;
    const kept: Kept = { ...begun.attempt, next: nextOf(request.query), untilMs };
    const sealed = seal(config.dataKey, boundTo(countyCode), JSON.stringify(kept));
    return reply
      .setCookie(cookie, sealed.toString("base64url"), options)
      .header("cache-control", "no-store")
      .redirect(begun.address, 303);
  });

  app.get(OIDC_CALLBACK, async (request, reply) => {
    // Not asked as a change: the browser comes from another site, and state and PKCE stand instead.
    const ctx = await gate(request, "public", false);
    const { countyCode } = ctx.county;
    const provider = providerOf(countyCode);
    if (provider === undefined) throw new ProblemError(noProvider);
    const kept = open(countyCode, request.cookies[cookie], ctx.clock.now().getTime());
    if (kept === null) return back(reply, `/sign-in?problem=${oidcRefused.code}`);
    const cameBackTo = new URL(request.url, placeOf(config, request).origin);
    const claimed = await claimedBy(provider, cameBackTo, kept).catch((error: unknown) => {
      request.log.warn(
        { code: (error as { code?: unknown }).code },
        "not signed in by the provider",
      );
      return null;
    });
    if (claimed === null) return back(reply, `/sign-in?problem=${oidcRefused.code}`);
    try {
      const from = { address: request.ip, userAgent: request.headers["user-agent"] ?? null };
      const signedIn = await signInByOidc(ctx, claimed, { ...from, presentSecret: null });
      setSessionCookie(config, reply, countyCode, signedIn.secret, signedIn.expiresAt);
      return back(reply, kept.next);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.refusal.status >= 500) throw error;
      return back(reply, `/sign-in?problem=${error.refusal.code}`);
    }
  });
};
