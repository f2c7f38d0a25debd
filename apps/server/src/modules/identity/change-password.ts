import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { claimTry, lockCredentials, storePassword } from "./account-store.ts";
import { weaknessOf } from "./password-rules.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { locked, passwordTooCommon, wrongCredentials } from "./problems.ts";
import { rotateAndEndOthers, type LiveSession } from "./session-store.ts";

export type PasswordChange = { currentPassword: string; newPassword: string; address: string };

/**
 * Changes the own password, gives the session a new secret (the answer) and ends every other one.
 * A wrong present password counts like a failed sign-in: a stolen session must not serve to guess.
 * Throws `identity.wrong_credentials`, `identity.locked`, `identity.password_too_common`.
 */
export const changePassword = async (
  ctx: StaffCtx,
  session: LiveSession,
  { currentPassword, newPassword, address }: PasswordChange,
): Promise<string> => {
  const { countyCode } = ctx.county;
  const weakness = weaknessOf(newPassword, session);
  if (weakness !== null) throw new ProblemError(passwordTooCommon(weakness));
  const found = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const row = await lockCredentials(trx, countyCode, session.login);
    const waitMs = (row?.lockedUntil?.getTime() ?? 0) - ctx.clock.now().getTime();
    if (waitMs > 0) throw new ProblemError(locked(waitMs / 1000));
    await claimTry(trx, countyCode, session.accountId, ctx.clock.now());
    return row;
  });
  const isRight = await verifyPassword(found?.passwordHash ?? null, currentPassword);
  if (!isRight) {
    await inScope(ctx.db, scopeOf(ctx), (trx) =>
      audit(trx, ctx, { action: "account.password_change", outcome: "refused", address }),
    );
    throw new ProblemError(wrongCredentials);
  }
  const passwordHash = await hashPassword(newPassword);
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await storePassword(trx, countyCode, session.accountId, passwordHash);
    await audit(trx, ctx, { action: "account.password_change", outcome: "done", address });
    return rotateAndEndOthers(trx, countyCode, session);
  });
};
