import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { readAccounts, type AccountLine } from "./account-queries.ts";
import { findAccount, setDisabled, storePassword } from "./account-store.ts";
import { weaknessOf } from "./password-rules.ts";
import { hashPassword } from "./passwords.ts";
import { noSuchLogin, passwordTooCommon } from "./problems.ts";
import { endSessionsOf } from "./session-store.ts";

/** Every account of the county, by login. */
export const listAccounts = (ctx: Ctx): Promise<AccountLine[]> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => readAccounts(trx, ctx.county.countyCode));

const accountOf = async (trx: Trx, ctx: Ctx, login: string) => {
  const found = await findAccount(trx, ctx.county.countyCode, login);
  if (found === null) throw new ProblemError(noSuchLogin(login));
  return found;
};

/**
 * Sets another person's password, which they change at the next sign-in, forgets failed tries and
 * ends every session of the account.
 * Throws `identity.no_such_login` or `identity.password_too_common`; then nothing was changed.
 */
export const resetPassword = async (ctx: Ctx, login: string, password: string): Promise<void> => {
  const { countyCode } = ctx.county;
  const key = login.trim().toLowerCase();
  const passwordHash = await hashPassword(password);
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { accountId, name } = await accountOf(trx, ctx, key);
    const weakness = weaknessOf(password, { login: key, name });
    if (weakness !== null) throw new ProblemError(passwordTooCommon(weakness));
    await storePassword(trx, countyCode, accountId, passwordHash, {
      isGiven: true,
      now: ctx.clock.now(),
    });
    await endSessionsOf(trx, countyCode, accountId);
    await audit(trx, ctx, {
      action: "account.password_reset",
      outcome: "done",
      subject: accountId,
    });
  });
};

/**
 * Closes an account (its sessions end at once) or opens it again; what it did stays on record.
 * Throws `identity.no_such_login`.
 */
export const setAccountClosed = async (
  ctx: Ctx,
  login: string,
  isClosed: boolean,
): Promise<void> => {
  const { countyCode } = ctx.county;
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { accountId } = await accountOf(trx, ctx, login.trim().toLowerCase());
    await setDisabled(trx, countyCode, accountId, isClosed ? ctx.clock.now() : null);
    if (isClosed) await endSessionsOf(trx, countyCode, accountId);
    await audit(trx, ctx, {
      action: isClosed ? "account.disable" : "account.enable",
      outcome: "done",
      subject: accountId,
    });
  });
};
