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
import { openTotp, stepOfCode, totpOwner } from "./totp.ts";

/** What came with the password. */
export type FactorInput = {
  /** Six digits of the authenticator, or a recovery code. */
  code?: string | undefined;
  /** Of an earlier `identity.enrolment_required`: the code is then the first of a new secret. */
  enrolment?: string | undefined;
};

type Owner = { accountId: string; login: string; role: AccountRole };

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
 * Judges what comes beside a right password. Accounts with an authenticator give its code or a
 * recovery code, each once; accounts that must have one and have none set it up on the way in.
 * Throws `identity.code_required`, `.wrong_code`, `.enrolment_required`, `.passkey_required`.
 */
export const judgeFactor = async (
  ctx: Ctx,
  trx: Trx,
  dataKey: Uint8Array,
  owner: Owner,
  input: FactorInput,
): Promise<"password" | "totp" | "recovery_code" | "enrolled"> => {
  const { countyCode } = ctx.county;
  const { accountId, role } = owner;
  const totp = await lockTotp(trx, countyCode, accountId);
  if (totp !== null) {
    if (input.code === undefined) throw new ProblemError(codeRequired);
    const secret = openTotp(dataKey, countyCode, accountId, totp.ciphertext);
    const step = await stepOfCode(secret, input.code, ctx.clock.now(), totp.lastStep);
    if (step !== null) {
      await useStep(trx, countyCode, accountId, step);
      return "totp";
    }
    if (await useRecoveryCode(trx, countyCode, accountId, input.code)) return "recovery_code";
    throw new ProblemError(wrongCode);
  }
  const hasPasskey = (await readPasskeys(trx, countyCode, accountId)).length > 0;
  if (!hasPasskey && !(await isFactorRequired(trx, countyCode, role))) return "password";
  if (hasPasskey) {
    // A password alone would make the passkey worth nothing; a recovery code opens all the same.
    if (input.code !== undefined && (await useRecoveryCode(trx, countyCode, accountId, input.code)))
      return "recovery_code";
    throw new ProblemError(input.code === undefined ? codeRequired : wrongCode);
  }
  await enrol(ctx, trx, dataKey, owner, input);
  return "enrolled";
};
