import {
  addPasskey,
  endOwnSession,
  getSecurity,
  offerPasskey,
  offerTotp,
  offerPhone,
  removePasskey,
  removePhone,
  removeTotp,
  renewRecoveryCodes,
  setPhone,
  setTotp,
} from "@onegrid/contract";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Config } from "../../platform/config.ts";
import { mount, type Gate } from "../../platform/http.ts";
import { offerOwnPhone, removeOwnPhone, setOwnPhone } from "./factors/own-phone.ts";
import { placeOf, type UsedChallenges } from "./factors/passkeys.ts";
import type { SendCode } from "./factors/sms-codes.ts";
import { sessionOf } from "./gate.ts";
import {
  addOwnPasskey,
  endOneOwnSession,
  offerOwnPasskey,
  offerOwnTotp,
  readSecurity,
  removeOwnPasskey,
  removeOwnTotp,
  renewOwnRecoveryCodes,
  setOwnTotp,
} from "./own-account.ts";
import { setSessionCookie } from "./session-cookie.ts";

type Parts = { config: Config; gate: Gate; used: UsedChallenges; send: SendCode | null };

const keepPrivate = (reply: FastifyReply) => void reply.header("cache-control", "no-store");

/** The phone that codes for signing in go to. */
const mountOwnPhone = (app: FastifyInstance, { config, gate, send }: Parts): void => {
  const { dataKey } = config;

  mount(app, gate, offerPhone, async (ctx, { body }, { request, reply }) => {
    keepPrivate(reply);
    return offerOwnPhone(ctx, sessionOf(request), body, request.ip, { dataKey, send });
  });
  mount(app, gate, setPhone, async (ctx, { body }, { request, reply }) => {
    keepPrivate(reply);
    const session = sessionOf(request);
    const { secret, recoveryCodes } = await setOwnPhone(ctx, session, body, request.ip, dataKey);
    setSessionCookie(config, reply, ctx.county.countyCode, secret, session.expiresAt);
    return { recoveryCodes };
  });
  mount(app, gate, removePhone, async (ctx, { body }, { request, reply }) => {
    const session = sessionOf(request);
    const secret = await removeOwnPhone(ctx, session, body.currentPassword, request.ip);
    setSessionCookie(config, reply, ctx.county.countyCode, secret, session.expiresAt);
    return undefined;
  });
};

/** How one's own account is signed in to: authenticator, phone, passkeys, recovery codes, sessions. */
export const mountOwnAccount = (app: FastifyInstance, parts: Parts): void => {
  const { config, gate, used } = parts;
  const { dataKey } = config;
  const isSmsOffered = parts.send !== null;
  mountOwnPhone(app, parts);

  mount(app, gate, getSecurity, async (ctx, _input, { request, reply }) => {
    keepPrivate(reply);
    return readSecurity(ctx, sessionOf(request), { dataKey, isSmsOffered });
  });
  mount(app, gate, endOwnSession, async (ctx, { params }, { request }) => {
    await endOneOwnSession(ctx, params.sessionId, request.ip);
    return undefined;
  });
  mount(app, gate, offerTotp, async (ctx, { body }, { request, reply }) => {
    keepPrivate(reply);
    return offerOwnTotp(ctx, sessionOf(request), body.currentPassword, request.ip, dataKey);
  });
  mount(app, gate, setTotp, async (ctx, { body }, { request, reply }) => {
    keepPrivate(reply);
    const session = sessionOf(request);
    const { secret, recoveryCodes } = await setOwnTotp(ctx, session, body, request.ip, dataKey);
    setSessionCookie(config, reply, ctx.county.countyCode, secret, session.expiresAt);
    return { recoveryCodes };
  });
  mount(app, gate, removeTotp, async (ctx, { body }, { request }) => {
    const session = sessionOf(request);
    await removeOwnTotp(ctx, session, body.currentPassword, request.ip, isSmsOffered);
    return undefined;
  });
  mount(app, gate, renewRecoveryCodes, async (ctx, { body }, { request, reply }) => {
    keepPrivate(reply);
    const session = sessionOf(request);
    return {
      recoveryCodes: await renewOwnRecoveryCodes(ctx, session, body.currentPassword, request.ip),
    };
  });
  mount(app, gate, offerPasskey, async (ctx, { body }, { request, reply }) => {
    keepPrivate(reply);
    const place = placeOf(config, request);
    const session = sessionOf(request);
    return offerOwnPasskey(ctx, session, body.currentPassword, request.ip, dataKey, place);
  });
  mount(app, gate, addPasskey, (ctx, { body }, { request }) =>
    addOwnPasskey(ctx, body, request.ip, { dataKey, place: placeOf(config, request), used }),
  );
  mount(app, gate, removePasskey, async (ctx, { body }, { request }) => {
    await removeOwnPasskey(ctx, sessionOf(request), body, request.ip, isSmsOffered);
    return undefined;
  });
};
