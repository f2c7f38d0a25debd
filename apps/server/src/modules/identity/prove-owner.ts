import { scopeOf, type StaffCtx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit, type AuditAction } from "../audit/index.ts";
import { claimTry, clearTries, lockCredentials, type Credentials } from "./account-store.ts";
import { verifyPassword } from "./passwords.ts";
import { locked, wrongCredentials } from "./problems.ts";
import type { LiveSession } from "./session-store.ts";

/**
 * Asks for the present password once more before something that decides who gets in. A wrong one
 * counts like a failed sign-in: a stolen session must not serve to guess. Throws
 * `identity.wrong_credentials`, `identity.locked`; the refusal is recorded under `action`.
 */
export const proveOwner = async (
  ctx: StaffCtx,
  session: LiveSession,
  password: string,
  { action, address }: { action: AuditAction; address: string },
): Promise<Credentials> => {
  const { countyCode } = ctx.county;
  const found = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const row = await lockCredentials(trx, countyCode, session.login);
    const waitMs = (row?.lockedUntil?.getTime() ?? 0) - ctx.clock.now().getTime();
    if (waitMs > 0) throw new ProblemError(locked(waitMs / 1000));
    await claimTry(trx, countyCode, session.accountId, ctx.clock.now());
    return row;
  });
  const isRight = await verifyPassword(found?.passwordHash ?? null, password);
  if (found === null || !isRight) {
    await inScope(ctx.db, scopeOf(ctx), (trx) =>
      audit(trx, ctx, { action, outcome: "refused", address }),
    );
    throw new ProblemError(wrongCredentials);
  }
  await inScope(ctx.db, scopeOf(ctx), (trx) => clearTries(trx, countyCode, session.accountId));
  return found;
};
