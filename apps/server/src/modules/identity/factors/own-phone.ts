import type { MessageLanguage } from "@onegrid/contract";
import { z } from "zod";
import { scopeOf, type StaffCtx } from "../../../platform/context.ts";
import { sealToKeep } from "../../../platform/data-keys/ring.ts";
import { inScope } from "../../../platform/database.ts";
import { ProblemError } from "../../../platform/problems.ts";
import { seal, unseal } from "../../../platform/seal.ts";
import { ACTION, mustKeepOne, record } from "../own-account.ts";
import { smsNotOffered, wrongCode } from "../problems.ts";
import { proveOwner } from "../prove-owner.ts";
import { rotateAndEndOthers, type LiveSession } from "../session-store.ts";
import { countRecoveryCodes, storeRecoveryCodes } from "./factor-store.ts";
import { newRecoveryCodes } from "./recovery-codes.ts";
import {
  claimTryAtCode,
  CODE_MINUTES,
  issueCode,
  isUsed,
  phoneOwner,
  type SendCode,
} from "./sms-codes.ts";
import { deletePhone, storePhone } from "./sms-store.ts";

const Offer = z.object({ phone: z.string(), untilMs: z.number() });

const offerOwner = (countyCode: string, accountId: string): string =>
  `sms offer\0${countyCode}\0${accountId}`;

/** The number of an offer to this account, or null when it is another's or too old. */
const openOffer = (
  dataKey: Uint8Array,
  countyCode: string,
  accountId: string,
  enrolment: string,
  now: Date,
): string | null => {
  try {
    const sealed = Buffer.from(enrolment, "base64url");
    const offer = Offer.parse(
      JSON.parse(unseal(dataKey, offerOwner(countyCode, accountId), sealed)),
    );
    return offer.untilMs > now.getTime() ? offer.phone : null;
  } catch {
    return null;
  }
};

/**
 * Sends a code to a number, for whoever knows the password. The number is not stored: it comes back
 * sealed with the code. Throws `identity.sms_not_offered`, `.sms_too_many`, `.sms_not_sent` and what
 * `proveOwner` throws.
 */
export const offerOwnPhone = async (
  ctx: StaffCtx,
  session: LiveSession,
  wish: { currentPassword: string; phone: string; language: MessageLanguage },
  address: string,
  { dataKey, send }: { dataKey: Uint8Array; send: SendCode | null },
): Promise<{ enrolment: string }> => {
  if (send === null) throw new ProblemError(smsNotOffered);
  await proveOwner(ctx, session, wish.currentPassword, { action: ACTION, address });
  const { countyCode } = ctx.county;
  const { accountId } = session;
  const { phone, language } = wish;
  await issueCode(
    ctx,
    dataKey,
    { accountId, phone, purpose: "set_up" },
    { send, language, note: (trx) => record(trx, ctx, address, "sms_code_sent") },
  );
  const untilMs = ctx.clock.now().getTime() + CODE_MINUTES * 60_000;
  const offer = JSON.stringify({ phone, untilMs });
  return {
    enrolment: seal(dataKey, offerOwner(countyCode, accountId), offer).toString("base64url"),
  };
};

/**
 * Makes the offered number the account's by the code that came to it; gives the session a new secret
 * and ends every other one. Recovery codes are made where there were none. Throws
 * `identity.wrong_code`.
 */
export const setOwnPhone = async (
  ctx: StaffCtx,
  session: LiveSession,
  { enrolment, code }: { enrolment: string; code: string },
  address: string,
  dataKey: Uint8Array,
): Promise<{ secret: string; recoveryCodes: string[] }> => {
  const { countyCode } = ctx.county;
  const { accountId } = session;
  const now = ctx.clock.now();
  const phone = openOffer(dataKey, countyCode, accountId, enrolment, now);
  if (phone === null) throw new ProblemError(wrongCode);
  const claimed = await claimTryAtCode(ctx, accountId);
  const codeFor = { accountId, phone, purpose: "set_up" } as const;
  const done = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    if (!(await isUsed(ctx, trx, dataKey, codeFor, { claimed, code }))) return null;
    const { ciphertext } = sealToKeep(dataKey, phoneOwner(countyCode, accountId), phone);
    await storePhone(trx, countyCode, accountId, { ciphertext, createdAt: now });
    const isFirst = (await countRecoveryCodes(trx, countyCode, accountId)) === 0;
    const recoveryCodes = isFirst ? newRecoveryCodes() : [];
    if (isFirst) await storeRecoveryCodes(trx, countyCode, accountId, recoveryCodes);
    await record(trx, ctx, address, "sms_set");
    return { secret: await rotateAndEndOthers(trx, countyCode, session), recoveryCodes };
  });
  if (done !== null) return done;
  await inScope(ctx.db, scopeOf(ctx), (trx) => record(trx, ctx, address, "sms_set", "refused"));
  throw new ProblemError(wrongCode);
};

/**
 * Forgets the number; the session's new secret is answered, every other session ends. Throws
 * `identity.factor_required` and what `proveOwner` throws.
 */
export const removeOwnPhone = async (
  ctx: StaffCtx,
  session: LiveSession,
  password: string,
  address: string,
): Promise<string> => {
  await proveOwner(ctx, session, password, { action: ACTION, address });
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    await deletePhone(trx, countyCode, session.accountId);
    await mustKeepOne(ctx, trx, session, false);
    await record(trx, ctx, address, "sms_removed");
    return rotateAndEndOthers(trx, countyCode, session);
  });
};
