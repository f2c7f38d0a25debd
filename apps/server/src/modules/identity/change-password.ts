import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { storePassword } from "./account-store.ts";
import { readEarlierPasswords, rememberPassword } from "./password-history.ts";
import { weaknessOf } from "./password-rules.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { passwordTooCommon, passwordUsedBefore } from "./problems.ts";
import { proveOwner } from "./prove-owner.ts";
import { rotateAndEndOthers, type LiveSession } from "./session-store.ts";

export type PasswordChange = { currentPassword: string; newPassword: string; address: string };

/**
 * Changes the own password, gives the session a new secret (the answer) and ends every other one.
 * A wrong present password counts like a failed sign-in: a stolen session must not serve to guess.
 * Throws `identity.wrong_credentials`, `identity.locked`, `identity.password_too_common`,
 * `identity.password_used_before`.
 */
export const changePassword = async (
  ctx: StaffCtx,
  session: LiveSession,
  { currentPassword, newPassword, address }: PasswordChange,
): Promise<string> => {
  const { countyCode } = ctx.county;
  const weakness = weaknessOf(newPassword, session);
  if (weakness !== null) throw new ProblemError(passwordTooCommon(weakness));
  const found = await proveOwner(ctx, session, currentPassword, {
    action: "account.password_change",
    address,
  });
  const earlier = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    readEarlierPasswords(trx, countyCode, session.accountId),
  );
  // The present one counts as well: a change that changes nothing is none.
  for (const hash of [found.passwordHash, ...earlier]) {
    if (await verifyPassword(hash, newPassword)) throw new ProblemError(passwordUsedBefore);
  }
  const passwordHash = await hashPassword(newPassword);
  return inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await rememberPassword(trx, countyCode, session.accountId, ctx.clock.now());
    await storePassword(trx, countyCode, session.accountId, passwordHash, {
      isGiven: false,
      now: ctx.clock.now(),
    });
    await audit(trx, ctx, { action: "account.password_change", outcome: "done", address });
    return rotateAndEndOthers(trx, countyCode, session);
  });
};
