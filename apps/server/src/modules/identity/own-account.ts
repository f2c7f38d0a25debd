import type { OwnPasskey, Security } from "@onegrid/contract";
import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { sealToKeep } from "../../platform/data-keys/ring.ts";
import { audit } from "../audit/index.ts";
import { offerEnrolment, openEnrolment, type EnrolmentOffer } from "./factors/enrolment.ts";
import {
  countRecoveryCodes,
  deletePasskeys,
  deleteTotp,
  insertPasskey,
  isFactorRequired,
  lockTotp,
  readPasskeys,
  storeRecoveryCodes,
  storeTotp,
} from "./factors/factor-store.ts";
import {
  offerRegistration,
  registered,
  type Offer,
  type Place,
  type UsedChallenges,
} from "./factors/passkeys.ts";
import { newRecoveryCodes } from "./factors/recovery-codes.ts";
import { maskedPhone, openPhone } from "./factors/sms-codes.ts";
import { readPhone } from "./factors/sms-store.ts";
import { stepOfCode, totpOwner } from "./factors/totp.ts";
import { factorIsRequired, noSuchSession, passkeyRefused, wrongCode } from "./problems.ts";
import { proveOwner } from "./prove-owner.ts";
import {
  endSessionById,
  readSessionsOf,
  rotateAndEndOthers,
  type LiveSession,
} from "./session-store.ts";

export const ACTION = "account.second_factor";

/** Notes a change of the own factors in the audit log. */
export const record = (
  trx: Trx,
  ctx: StaffCtx,
  address: string,
  change: string,
  outcome: "done" | "refused" = "done",
) =>
  audit(trx, ctx, {
    action: ACTION,
    outcome,
    subject: ctx.actor.accountId,
    address,
    detail: { change },
  });

/** What is set up for the own account and where it is signed in. */
export const readSecurity = (
  ctx: StaffCtx,
  session: LiveSession,
  { dataKey, isSmsOffered }: { dataKey: Uint8Array; isSmsOffered: boolean },
): Promise<Security> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const { accountId, role, secret } = session;
    const totp = await lockTotp(trx, countyCode, accountId);
    const passkeys = await readPasskeys(trx, countyCode, accountId);
    const phone = await readPhone(trx, countyCode, accountId);
    const sessions = await readSessionsOf(trx, countyCode, accountId, secret, ctx.clock.now());
    return {
      factorRequired: await isFactorRequired(trx, countyCode, role),
      totpSince: totp?.createdAt.toISOString() ?? null,
      sms: {
        isOffered: isSmsOffered,
        phone: phone && maskedPhone(openPhone(dataKey, countyCode, accountId, phone.ciphertext)),
        since: phone?.createdAt.toISOString() ?? null,
      },
      recoveryCodesLeft: await countRecoveryCodes(trx, countyCode, accountId),
      passkeys: passkeys.map(({ credentialId, name, createdAt, lastUsedAt }) => ({
        credentialId,
        name,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      })),
      sessions: sessions.map((line) => ({
        ...line,
        createdAt: line.createdAt.toISOString(),
        lastSeenAt: line.lastSeenAt.toISOString(),
      })),
    };
  });

/** Ends one of the own sessions. Throws `identity.no_such_session`. */
export const endOneOwnSession = (
  ctx: StaffCtx,
  sessionId: string,
  address: string,
): Promise<void> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const { accountId } = ctx.actor;
    if (!(await endSessionById(trx, countyCode, accountId, sessionId))) {
      throw new ProblemError(noSuchSession);
    }
    await audit(trx, ctx, { action: "session.end", outcome: "done", subject: sessionId, address });
  });

/** A secret for an authenticator app, for whoever knows the password. Nothing is stored yet. */
export const offerOwnTotp = async (
  ctx: StaffCtx,
  session: LiveSession,
  password: string,
  address: string,
  dataKey: Uint8Array,
): Promise<EnrolmentOffer> => {
  await proveOwner(ctx, session, password, { action: ACTION, address });
  return offerEnrolment(dataKey, ctx.county, session.accountId, session.login, ctx.clock.now());
};

/**
 * Sets up the offered secret by its first code, gives the session a new secret (the answer), ends
 * every other session and answers fresh recovery codes. Throws `identity.wrong_code`.
 */
export const setOwnTotp = async (
  ctx: StaffCtx,
  session: LiveSession,
  { enrolment, code }: { enrolment: string; code: string },
  address: string,
  dataKey: Uint8Array,
): Promise<{ secret: string; recoveryCodes: string[] }> => {
  const { countyCode } = ctx.county;
  const { accountId } = session;
  const now = ctx.clock.now();
  const secret = openEnrolment(dataKey, countyCode, accountId, enrolment, now);
  const lastStep = secret === null ? null : await stepOfCode(secret, code, now);
  if (secret === null || lastStep === null) throw new ProblemError(wrongCode);
  const { ciphertext } = sealToKeep(dataKey, totpOwner(countyCode, accountId), secret);
  const recoveryCodes = newRecoveryCodes();
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await storeTotp(trx, countyCode, accountId, { ciphertext, lastStep, createdAt: now });
    await storeRecoveryCodes(trx, countyCode, accountId, recoveryCodes);
    await record(trx, ctx, address, "totp_set");
    return { secret: await rotateAndEndOthers(trx, countyCode, session), recoveryCodes };
  });
};

/** Throws `identity.factor_required` when the account would be left without what it must have. */
export const mustKeepOne = async (
  ctx: StaffCtx,
  trx: Trx,
  { accountId, role }: LiveSession,
  isSmsOffered: boolean,
) => {
  const { countyCode } = ctx.county;
  if (!(await isFactorRequired(trx, countyCode, role))) return;
  const totp = await lockTotp(trx, countyCode, accountId);
  const passkeys = await readPasskeys(trx, countyCode, accountId);
  // A phone that no code can be sent to would leave the account shut.
  const phone = isSmsOffered ? await readPhone(trx, countyCode, accountId) : null;
  if (totp === null && passkeys.length === 0 && phone === null) {
    throw new ProblemError(factorIsRequired);
  }
};

/** Takes the authenticator away. Throws `identity.factor_required` and what `proveOwner` throws. */
export const removeOwnTotp = async (
  ctx: StaffCtx,
  session: LiveSession,
  password: string,
  address: string,
  isSmsOffered: boolean,
): Promise<void> => {
  await proveOwner(ctx, session, password, { action: ACTION, address });
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await deleteTotp(trx, ctx.county.countyCode, session.accountId);
    await mustKeepOne(ctx, trx, session, isSmsOffered);
    await record(trx, ctx, address, "totp_removed");
  });
};

/** Ten new recovery codes; earlier ones open nothing any more. */
export const renewOwnRecoveryCodes = async (
  ctx: StaffCtx,
  session: LiveSession,
  password: string,
  address: string,
): Promise<string[]> => {
  await proveOwner(ctx, session, password, { action: ACTION, address });
  const codes = newRecoveryCodes();
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await storeRecoveryCodes(trx, ctx.county.countyCode, session.accountId, codes);
    await record(trx, ctx, address, "recovery_codes_renewed");
  });
  return codes;
};

/** What the browser needs to make a passkey, for whoever knows the password. */
export const offerOwnPasskey = async (
  ctx: StaffCtx,
  session: LiveSession,
  password: string,
  address: string,
  dataKey: Uint8Array,
  place: Place,
): Promise<Offer> => {
  await proveOwner(ctx, session, password, { action: ACTION, address });
  const known = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    readPasskeys(trx, ctx.county.countyCode, session.accountId),
  );
  return offerRegistration(dataKey, place, ctx.county, session, known, ctx.clock.now());
};

/** Stores the passkey that the browser made. Throws `identity.passkey_refused`. */
export const addOwnPasskey = async (
  ctx: StaffCtx,
  answer: { challenge: string; name: string; response: Record<string, unknown> },
  address: string,
  { dataKey, place, used }: { dataKey: Uint8Array; place: Place; used: UsedChallenges },
): Promise<OwnPasskey> => {
  const { countyCode } = ctx.county;
  const { accountId } = ctx.actor;
  const now = ctx.clock.now();
  const made = await registered(dataKey, place, countyCode, accountId, answer, used, now);
  if (made === null) throw new ProblemError(passkeyRefused);
  const { name } = answer;
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await insertPasskey(trx, countyCode, { ...made, accountId, name, createdAt: now });
    await record(trx, ctx, address, "passkey_added");
  });
  const { credentialId } = made;
  return { credentialId, name, createdAt: now.toISOString(), lastUsedAt: null };
};

/** Removes a passkey. Throws `identity.factor_required` and what `proveOwner` throws. */
export const removeOwnPasskey = async (
  ctx: StaffCtx,
  session: LiveSession,
  { currentPassword, credentialId }: { currentPassword: string; credentialId: string },
  address: string,
  isSmsOffered: boolean,
): Promise<void> => {
  await proveOwner(ctx, session, currentPassword, { action: ACTION, address });
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await deletePasskeys(trx, ctx.county.countyCode, session.accountId, credentialId);
    await mustKeepOne(ctx, trx, session, isSmsOffered);
    await record(trx, ctx, address, "passkey_removed");
  });
};
