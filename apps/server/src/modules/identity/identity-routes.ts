import rateLimit from "@fastify/rate-limit";
import {
  askPasskey,
  changePassword as changePasswordEndpoint,
  getSession,
  sendSignInCode as sendSignInCodeEndpoint,
  signIn as signInEndpoint,
  signInWithPasskey,
  signOut as signOutEndpoint,
  type Session,
} from "@onegrid/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { scopeOf } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { readNamedAccount, type LastSignIn, type NamedAccount } from "./account-queries.ts";
import { mountAccounts } from "./accounts-routes.ts";
import { changePassword } from "./change-password.ts";
import { signInByPasskey } from "./factors/passkey-sign-in.ts";
import { offerAuthentication, placeOf, UsedChallenges } from "./factors/passkeys.ts";
import { sendSignInCode } from "./factors/send-sign-in-code.ts";
import type { SendCode } from "./factors/sms-codes.ts";
import { sessionOf } from "./gate.ts";
import { mountOidc } from "./oidc/oidc-routes.ts";
import { mountApiKeys } from "./keys/keys-routes.ts";
import { DEVICE_DAYS, newDeviceProof } from "./known-device.ts";
import { mountOwnAccount } from "./own-account-routes.ts";
import {
  clearSessionCookie,
  cookieName,
  cookieOptions,
  secretFrom,
  setSessionCookie,
} from "./session-cookie.ts";
import type { LiveSession } from "./session-store.ts";
import { signIn, signInMemory } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

const sessionView = (
  countyCode: string,
  {
    csrfToken,
    expiresAt,
    passwordIsDue,
  }: Pick<LiveSession, "csrfToken" | "expiresAt" | "passwordIsDue">,
  account: NamedAccount,
  previousSignIn: LastSignIn | null,
): Session => ({
  account,
  countyCode,
  csrfToken,
  expiresAt: expiresAt.toISOString(),
  passwordIsDue,
  previousSignIn: previousSignIn && { ...previousSignIn, at: previousSignIn.at.toISOString() },
});

/** What is said about a session is nobody else's; no cache on the way may keep it. */
const keepPrivate = (reply: FastifyReply): void => {
  void reply.header("cache-control", "no-store");
};

/** `send` hands codes to the installation's way of text messages; null where there is none. */
export const mountIdentity =
  (send: SendCode | null): MountRoutes =>
  async (app, { config, gate }) => {
    // The gate counts anonymous changes with it; nothing is limited by route.
    await app.register(rateLimit, { global: false });
    const memory = signInMemory();
    const used = new UsedChallenges();
    const { dataKey } = config;
    const from = (request: FastifyRequest, countyCode: string) => ({
      address: request.ip,
      userAgent: request.headers["user-agent"] ?? null,
      presentSecret: secretFrom(config, request, countyCode),
    });
    const deviceCookie = cookieName(config, "device");

    mount(app, gate, signInEndpoint, async (ctx, { body }, { request, reply }) => {
      keepPrivate(reply);
      const { countyCode } = ctx.county;
      const input = {
        ...body,
        ...from(request, countyCode),
        deviceProof: request.cookies[deviceCookie] ?? null,
      };
      const signedIn = await signIn(ctx, input, { memory, dataKey, isSmsOffered: send !== null });
      const { account, secret, expiresAt } = signedIn;
      setSessionCookie(config, reply, countyCode, secret, expiresAt);
      void reply.setCookie(
        deviceCookie,
        newDeviceProof(config.dataKey, countyCode, account.accountId),
        { ...cookieOptions(config), maxAge: DEVICE_DAYS * 86_400 },
      );
      return sessionView(countyCode, signedIn, account, signedIn.previousSignIn);
    });

    mount(app, gate, sendSignInCodeEndpoint, async (ctx, { body }, { request, reply }) => {
      keepPrivate(reply);
      const deviceProof = request.cookies[deviceCookie] ?? null;
      const typed = { ...body, address: request.ip, deviceProof };
      return sendSignInCode(ctx, typed, { memory, dataKey, send });
    });

    mount(app, gate, askPasskey, async (ctx, _input, { request, reply }) => {
      keepPrivate(reply);
      const place = placeOf(config, request);
      return offerAuthentication(dataKey, place, ctx.county.countyCode, ctx.clock.now());
    });

    mount(app, gate, signInWithPasskey, async (ctx, { body }, { request, reply }) => {
      keepPrivate(reply);
      const { countyCode } = ctx.county;
      const deps = { memory, used, dataKey, place: placeOf(config, request) };
      const signedIn = await signInByPasskey(ctx, { ...body, ...from(request, countyCode) }, deps);
      setSessionCookie(config, reply, countyCode, signedIn.secret, signedIn.expiresAt);
      return sessionView(countyCode, signedIn, signedIn.account, signedIn.previousSignIn);
    });

    mountOwnAccount(app, { config, gate, used, send });
    mountAccounts(app, gate);
    mountApiKeys(app, gate);
    mountOidc(app, { config, gate });

    mount(app, gate, getSession, async (ctx, _input, { request, reply }) => {
      keepPrivate(reply);
      const session = sessionOf(request);
      const { countyCode } = ctx.county;
      const account = await inScope(ctx.db, scopeOf(ctx), (trx) =>
        readNamedAccount(trx, countyCode, session.accountId),
      );
      return sessionView(countyCode, session, account, null);
    });

    mount(app, gate, signOutEndpoint, async (ctx, _input, { request, reply }) => {
      await signOut(ctx, sessionOf(request).secret, request.ip);
      clearSessionCookie(config, reply);
      return undefined;
    });

    mount(app, gate, changePasswordEndpoint, async (ctx, { body }, { request, reply }) => {
      const session = sessionOf(request);
      const secret = await changePassword(ctx, session, { ...body, address: request.ip });
      setSessionCookie(config, reply, ctx.county.countyCode, secret, session.expiresAt);
      return undefined;
    });
  };
