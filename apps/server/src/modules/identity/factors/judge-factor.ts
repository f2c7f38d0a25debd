import type { AccountRole } from "@onegrid/contract";
import type { Ctx } from "../../../platform/context.ts";
import type { Trx } from "../../../platform/database.ts";
import { ProblemError } from "../../../platform/problems.ts";
import { sealToKeep } from "../../../platform/data-keys/ring.ts";
import { codeRequired, enrolmentRequired, wrongCode } from "../problems.ts";
import { offerEnrolment, openEnrolment } from "./enrolment.ts";
import {
  isFactorRequired,
  lockTotp,
  readPasskeys,
  storeTotp,
  useRecoveryCode,
  useStep,
} from "./factor-store.ts";
import { isUsed, maskedPhone, openPhone } from "./sms-codes.ts";
import { readPhone } from "./sms-store.ts";
import { openTotp, stepOfCode, totpOwner } from "./totp.ts";

/** What came with the password. */
export type FactorInput = {
  /** Six digits of the authenticator, or a recovery code. */
  code?: string | undefined;
  /** Of an earlier `identity.enrolment_required`: the code is then the first of a new secret. */
  enrolment?: string | undefined;
};

type Owner = { accountId: string; login: string; role: AccountRole };
type Parts = {
  dataKey: Uint8Array;
  isSmsOffered: boolean;
  /** From `claimTryAtCode`, committed before: the code by SMS that is under way. */
  claimed: Buffer | null;
};

const enrol = async (
  ctx: Ctx,
  trx: Trx,
  dataKey: Uint8Array,
  { accountId, login }: Owner,
  { code, enrolment }: FactorInput,
): Promise<void> => {
  const { countyCode } = ctx.county;
  const now = ctx.clock.now();
  const secret =
    enrolment === undefined ? null : openEnrolment(dataKey, countyCode, accountId, enrolment, now);
  if (secret === null || code === undefined) {
    throw new ProblemError(
      enrolmentRequired(offerEnrolment(dataKey, ctx.county, accountId, login, now)),
    );
  }
  const lastStep = await stepOfCode(secret, code, now);
  if (lastStep === null) throw new ProblemError(wrongCode);
  const { ciphertext } = sealToKeep(dataKey, totpOwner(countyCode, accountId), secret);
  await storeTotp(trx, countyCode, accountId, { ciphertext, lastStep, createdAt: now });
};

/**
 * Judges what comes beside a right password. Accounts with an authenticator or a phone give its code
 * or a recovery code, each once; accounts that must have a factor and have none set up an
 * authenticator on the way in.
 * Throws `identity.code_required`, `.wrong_code`, `.enrolment_required`.
 */
export const judgeFactor = async (
  ctx: Ctx,
  trx: Trx,
  { dataKey, isSmsOffered, claimed }: Parts,
  owner: Owner,
  input: FactorInput,
): Promise<"password" | "totp" | "sms" | "recovery_code" | "enrolled"> => {
  const { countyCode } = ctx.county;
  const { accountId, role } = owner;
  const { code } = input;
  const totp = await lockTotp(trx, countyCode, accountId);
  const stored = await readPhone(trx, countyCode, accountId);
  const hasPasskey = (await readPasskeys(trx, countyCode, accountId)).length > 0;
  if (totp === null && stored === null && !hasPasskey) {
    if (!(await isFactorRequired(trx, countyCode, role))) return "password";
    await enrol(ctx, trx, dataKey, owner, input);
    return "enrolled";
  }
  const phone = stored && openPhone(dataKey, countyCode, accountId, stored.ciphertext);
  // A password alone would make a passkey worth nothing; a recovery code opens all the same.
  if (code === undefined) {
    const sms = phone !== null && isSmsOffered ? maskedPhone(phone) : null;
    throw new ProblemError(codeRequired({ totp: totp !== null, sms }));
  }
  if (totp !== null) {
    const secret = openTotp(dataKey, countyCode, accountId, totp.ciphertext);
    const step = await stepOfCode(secret, code, ctx.clock.now(), totp.lastStep);
    if (step !== null) {
      await useStep(trx, countyCode, accountId, step);
      return "totp";
    }
  }
  if (phone !== null) {
    const codeFor = { accountId, phone, purpose: "sign_in" } as const;
    if (await isUsed(ctx, trx, dataKey, codeFor, { claimed, code })) return "sms";
  }
  if (await useRecoveryCode(trx, countyCode, accountId, code)) return "recovery_code";
  throw new ProblemError(wrongCode);
};
