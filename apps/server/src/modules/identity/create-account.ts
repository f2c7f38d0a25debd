import type { AccountRole } from "@onegrid/contract";
import { newId } from "../../platform/ids.ts";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope, violatedConstraint } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { checkPlace } from "./account-queries.ts";
import { insertAccounts } from "./account-store.ts";
import { weaknessOf } from "./password-rules.ts";
import { hashPassword } from "./passwords.ts";
import { loginTaken, passwordTooCommon, unknownScope, wrongUnit } from "./problems.ts";

export type NewAccount = {
  /** 1 to 60 characters; stored and compared in lower case. */
  login: string;
  name: string;
  role: AccountRole;
  /** The county's code or a present grid's. */
  scopeCode: string;
  /** The department of a department account; null for every other role. */
  unitCode: string | null;
  password: string;
  sample?: boolean;
};

/**
 * Creates an account and answers its id; its owner changes the password at the first sign-in. Throws `identity.login_taken`, `.unknown_scope`,
 * `.wrong_unit`, `.password_too_common`; then nothing was stored.
 */
export const createAccount = async (ctx: Ctx, account: NewAccount): Promise<string> => {
  const { countyCode } = ctx.county;
  const login = account.login.trim().toLowerCase();
  const weakness = weaknessOf(account.password, { login, name: account.name });
  if (weakness !== null) throw new ProblemError(passwordTooCommon(weakness));
  if ((account.role === "department") !== (account.unitCode !== null)) {
    throw new ProblemError(wrongUnit);
  }
  const passwordHash = await hashPassword(account.password);
  const accountId = newId();
  try {
    await inScope(ctx.db, scopeOf(ctx), async (trx) => {
      const place = await checkPlace(trx, countyCode, account.scopeCode, account.unitCode);
      if (!place.scopeExists) throw new ProblemError(unknownScope(account.scopeCode));
      if (!place.unitExists) throw new ProblemError(wrongUnit);
      await insertAccounts(trx, countyCode, [
        {
          accountId,
          login,
          name: account.name,
          role: account.role,
          scopeCode: account.scopeCode,
          unitCode: account.unitCode,
          passwordHash,
          // The sample county's are for trying, by whoever started it.
          passwordGiven: account.sample !== true,
          sample: account.sample ?? false,
          createdAt: ctx.clock.now(),
        },
      ]);
      await audit(trx, ctx, {
        action: "account.create",
        outcome: "done",
        subject: accountId,
        detail: { role: account.role, scopeCode: account.scopeCode },
      });
    });
  } catch (error) {
    if (violatedConstraint(error) !== "account_county_code_login_key") throw error;
    throw new ProblemError(loginTaken(login));
  }
  return accountId;
};
