import { randomBytes } from "node:crypto";
import { newId } from "../../platform/ids.ts";
import { scopeOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { audit } from "../audit/index.ts";
import { insertAccounts } from "./account-store.ts";
import type { NewAccount } from "./create-account.ts";
import { hashPassword } from "./passwords.ts";

export type DormantAccount = Omit<NewAccount, "password">;

/** An account as it was made. */
export type MadeAccount = DormantAccount & { accountId: string };

/**
 * Creates accounts that nobody can sign in to until an administrator sets a password: people who
 * hold a post and are shown on public pages. All of them or, when a login is taken, none.
 */
export const createDormantAccounts = async (
  ctx: Ctx,
  accounts: readonly DormantAccount[],
): Promise<MadeAccount[]> => {
  // One hash serves all: it is of a password that was never told to anybody.
  const passwordHash = await hashPassword(randomBytes(32).toString("base64url"));
  const made = accounts.map((account) => ({
    ...account,
    login: account.login.trim().toLowerCase(),
    accountId: newId(),
  }));
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    await insertAccounts(
      trx,
      ctx.county.countyCode,
      made.map((account) => ({
        ...account,
        passwordHash,
        sample: account.sample ?? false,
        createdAt: ctx.clock.now(),
      })),
    );
    await audit(trx, ctx, {
      action: "account.create_dormant",
      outcome: "done",
      subject: ctx.county.countyCode,
      detail: { accounts: made.length },
    });
  });
  return made;
};
